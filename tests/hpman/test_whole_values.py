"""A dict of which items were set is one value, wherever it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpman import HyperParameterManager, ImpossibleTree, UnsavableError


def test_a_dict_with_items_that_were_set_is_one_whole_value_everywhere(
    manager: HyperParameterManager, tmp_path: Path
) -> None:
    manager.parse_source('_("opt", {"lr": 0.1, "type": "sgd", "deep": {"x": 1, "y": 2}}); _("n", 1)')
    manager.set_value("opt.lr", 0.5).set_value("opt.deep.y", 3).set_value("opt.new", 4)
    whole = {"lr": 0.5, "type": "sgd", "deep": {"x": 1, "y": 3}, "new": 4}
    assert manager.get_values() == {"opt": whole, "n": 1}
    assert list(manager.get_values()["opt"]) == list(whole), "its own order stays"
    assert [(node.name, node.value) for node in manager.tree.flatten()] == [("opt", whole), ("n", 1)]
    assert [node.name for node in manager.get_nodes()] == ["opt", "n"]
    assert manager.tree.count() == 2
    assert manager.get_tree(annotate_dict=True) == {"opt": {**whole, "__is_dict__": True}, "n": 1}
    assert manager.get_occurrence("opt").value["lr"] == 0.1  # type: ignore[union-attr]
    later = HyperParameterManager("_").parse_source(
        '_("opt", {"lr": 1.0, "type": "adam", "gone": 1}); _("n", 2)'
    )
    manager.save_values(tmp_path / "run.json")
    later.load_values(tmp_path / "run.json")
    assert later.get_values() == manager.get_values()


def test_what_was_set_of_a_dict_gives_way_to_the_whole_and_may_be_set_again(
    manager: HyperParameterManager,
) -> None:
    manager.parse_source('_("opt", {"lr": 0.1, "type": "sgd"})').set_value("opt.lr", 0.5)
    manager.set_value("opt", {"lr": 0.2, "type": "adam"})
    assert manager("opt") == {"lr": 0.2, "type": "adam"}
    assert not manager.exists("opt.lr")
    manager.set_value("opt.lr", 0.3)
    assert manager("opt", {"lr": 0.1, "type": "sgd"}) == {"lr": 0.3, "type": "adam"}


def test_a_whole_value_and_an_item_of_it_may_be_set_at_once_where_both_were(
    manager: HyperParameterManager,
) -> None:
    manager.parse_source('_("a", {"x": 1})').set_value("a", {"x": 2}).set_value("a.x", 3)
    assert manager.set_values({"a": {"x": 4, "y": 4}, "a.x": 5}).get_values() == {"a": {"x": 5, "y": 4}}


NO_DICT = ["0.1", "'sgd'", "[1, 2]", "(1,)", "{'value': 1}", "{'value': [1]}", "False"]


@pytest.mark.parametrize("default", NO_DICT)
def test_an_item_of_a_value_that_is_no_dict_cannot_be_set_whatever_comes_first(default: str) -> None:
    item = "a.value.x" if "value" in default else "a.value"
    source = f"_('a', {default})"
    for is_set_first in (False, True):
        one = HyperParameterManager("_")
        one.set_value(item, 3) if is_set_first else one.parse_source(source)
        held = (one.get_values(), len(one.db))
        with pytest.raises(ImpossibleTree, match=f"`a` would be a value, and a branch that holds `{item}`"):
            one.parse_source(source) if is_set_first else one.set_value(item, 3)
        assert (one.get_values(), len(one.db)) == held


def test_a_call_cannot_give_a_value_that_is_no_dict_where_an_item_was_set(
    manager: HyperParameterManager,
) -> None:
    manager.set_value("a.x", 3)
    with pytest.raises(ImpossibleTree):
        manager("a", 1)
    assert manager("a", {"y": 1}) == {"y": 1, "x": 3}
    for _again in range(2):
        with pytest.raises(ImpossibleTree):
            manager("a", 1)
        assert manager("a") == {"y": 1, "x": 3}


def test_a_default_that_only_its_call_knows_may_have_items_set_and_is_whole_once_it_ran(
    manager: HyperParameterManager, tmp_path: Path
) -> None:
    manager.parse_source('_("c", make())').set_value("c.d", 3)
    with pytest.raises(KeyError, match="the call that has it has not run yet"):
        manager("c")
    with pytest.raises(UnsavableError):
        manager.save_values(tmp_path / "half.json")
    assert manager("c", {"d": 1, "e": 2}) == {"d": 3, "e": 2}
    assert manager.get_values() == {"c": {"d": 3, "e": 2}}
