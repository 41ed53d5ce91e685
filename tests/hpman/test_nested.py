"""Names with parts: which can stand side by side, and what their branches give."""

from __future__ import annotations

from typing import Any

import pytest

from hpman import (
    HpmanError,
    HyperParameterManager,
    HyperParamTree,
    ImpossibleTree,
    InvalidArgumentError,
    InvalidNameError,
)
from hpman.hpm_db import P


class Text(str):
    """A string of another type, that shows itself as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


def state(manager: HyperParameterManager) -> tuple[object, ...]:
    return [dict(row) for row in manager.db], manager.get_values(), manager.get_tree(annotate_dict=True)


def test_a_branch_gives_the_dict_of_its_parts(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a.b", 1); _("a.c.d", 2); _("e", 3); _("a.unset")')
    assert manager("a") == manager.get_value("a") == {"b": 1, "c": {"d": 2}}
    assert manager.get_values() == {"a.b": 1, "a.c.d": 2, "e": 3}
    assert manager.get_tree("a.c") == {"d": 2}
    assert manager.get_tree() == {"a": {"b": 1, "c": {"d": 2}}, "e": 3}
    assert manager.get_tree("not exist") == {}
    assert manager.exists("a")


def test_a_branch_without_any_value_does_not_exist(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a.b")')
    assert not manager.exists("a")
    assert manager.get_tree() == {}
    assert not manager.tree.empty
    assert manager.tree.count() == 0


def test_occurrences_are_those_of_leaves(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a.b", 1)\n_("a.b")')
    occurrence = manager.get_occurrence("a.b")
    assert occurrence is not None
    assert (occurrence.value, occurrence.lineno) == (1, 1)
    assert manager.get_occurrence_of_value("a.b") is occurrence
    assert [manager.get_occurrence(name) for name in ("a", "zz", "", "a.b.c")] == [None] * 4


IMPOSSIBLE = [
    """_('a.b', 1); _('a', 2)""",
    """_('a.b', 1); _('a', {'b': 2})""",
    """_('c', {'d': 2}); _('c.d')""",
    """_('c.d'); _('c', {'d': 2})""",
    """_('c', 1); _('c.d.e', 2)""",
]


@pytest.mark.parametrize("source", IMPOSSIBLE)
def test_a_source_cannot_make_a_name_a_value_and_a_branch(
    manager: HyperParameterManager, source: str
) -> None:
    for text in (source, source.replace("; ", "\n")):
        with pytest.raises(ImpossibleTree, match="would be a value, and a branch that holds") as caught:
            manager.parse_source(text)
        assert isinstance(caught.value, ValueError)
        assert caught.value.problems[0].code == "impossible-tree"
        assert manager.db.empty()


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ({"a.a": 1, "a.b": 2}, lambda m: m.set_value("a", 0.5)),
        ({"a.a": 1}, lambda m: m.set_tree({"a": 2})),
        ({"a.a": 1}, lambda m: m.set_values({"b": 1, "a": 2})),
        ({"a": 1}, lambda m: m.set_value("a.b", 2)),
        ({"a": 1}, lambda m: m("a.b", 2)),
        ({"a.b": 1}, lambda m: m.set_values({"x": 1, "x.y": 2})),
        ({"a": {"b": 1}}, lambda m: m.set_value("a.b", 2)),
        ({"a": 1}, lambda m: m.parse_source("_('x', 1); _('a.b', 2)")),
        ({"a": 1}, lambda m: m.tree.__setitem__("a.b", 2)),
    ],
)
def test_what_would_make_an_impossible_tree_changes_nothing(
    manager: HyperParameterManager, before: dict[str, Any], change: Any
) -> None:
    manager.parse_source('_("seen", 1)').set_values(before)
    held = state(manager)
    with pytest.raises(ImpossibleTree):
        change(manager)
    assert state(manager) == held


@pytest.mark.parametrize(
    "change",
    [
        lambda m, empty: m.set_value("a", empty),
        lambda m, empty: m.set_values({"b": 1, "a": empty}),
        lambda m, empty: m.set_tree({"b": 1, "a": {"c": empty}}),
    ],
)
def test_nothing_can_be_set_to_be_no_value(manager: HyperParameterManager, change: Any) -> None:
    missing = HyperParameterManager("other").get_value("a", raise_exception=False)
    with pytest.raises(InvalidArgumentError, match="cannot be set to an EmptyValue"):
        change(manager, missing)
    assert manager.db.empty()
    assert manager("a", 3) == 3


def test_the_error_says_what_is_in_the_way_and_what_to_do(manager: HyperParameterManager) -> None:
    manager.parse_source("_('a.b', 1)")
    with pytest.raises(ImpossibleTree) as caught:
        manager.set_value("a", 2)
    assert str(caught.value) == (
        "`a` would be a value, and a branch that holds `a.b`: set the one or the other\n"
        "`a.b` is in\n<unknown>:1\n==> 1: _('a.b', 1)"
    )
    assert caught.value.name == "a"
    with pytest.raises(ImpossibleTree, match=r"^<unknown>:1:2: `a` would be .*: rename one of them\n"):
        manager.parse_source("(_('a', 1))")


@pytest.mark.parametrize("define", ["parse", "call"])
def test_two_definitions_cannot_be_a_value_and_a_branch_at_run_time(
    manager: HyperParameterManager, define: str
) -> None:
    manager.parse_source('_("c", {"d": 2})') if define == "parse" else manager("c", {"d": 2})
    with pytest.raises(ImpossibleTree, match=r"`c` would be a value, and a branch that holds `c\.d`"):
        manager("c.d", 3)
    with pytest.raises(KeyError):
        manager("c.d")


@pytest.mark.parametrize(
    "override",
    [
        lambda m: m.set_value("c.d", 3),
        lambda m: m.set_tree({"c": {"d": 3}}),
        lambda m: m.set_values({"c.d": 3}),
    ],
)
def test_parts_that_are_set_override_the_items_of_a_default(
    manager: HyperParameterManager, override: Any
) -> None:
    manager.parse_source("_('a.b',1); _('c',{'d':2})")
    override(manager)
    for _run in range(3):  # the definition may run as often as it likes
        assert manager("c", {"d": 2}) == manager.get_value("c") == {"d": 3}
    assert manager.get_tree() == {"a": {"b": 1}, "c": {"d": 3}}
    assert manager.get_values() == {"a.b": 1, "c": {"d": 3}}
    assert manager("c.d") == 3


def test_what_was_read_before_an_override_is_not_read_after_it(manager: HyperParameterManager) -> None:
    manager.parse_source("_('c.x', {'d': 2}); _('n', None)")
    assert (manager("c.x"), manager("n"), manager("c")) == ({"d": 2}, None, {"x": {"d": 2}})
    manager.set_values({"c.x.d": 3, "n.y": 4})
    assert (manager("c.x"), manager("n"), manager("c")) == ({"d": 3}, {"y": 4}, {"x": {"d": 3}})


def test_what_is_not_overridden_of_a_default_stays(manager: HyperParameterManager) -> None:
    manager.parse_source("_('c', {'d': {'x': 1, 'y': 2}, 'e': 5})").set_value("c.d.x", 9)
    assert manager("c") == {"d": {"x": 9, "y": 2}, "e": 5}
    again = HyperParameterManager("_").parse_source("_('c', {'d': {'x': 1, 'y': 2}, 'e': 5})")
    assert again.set_tree(manager.get_tree(annotate_dict=True)).get_value("c") == manager("c")


def test_an_override_may_come_before_the_definition_is_known(manager: HyperParameterManager) -> None:
    manager.set_value("c.d", 3).parse_source("_('c', {'d': 2, 'e': 5})")
    assert manager("c", {"d": 2, "e": 5}) == {"d": 3, "e": 5}


def test_parts_that_are_set_win_over_a_default_of_none(manager: HyperParameterManager) -> None:
    manager.parse_source("_('optimizer', None)").set_tree({"optimizer": {"type": "sgd"}})
    assert manager("optimizer", None) == {"type": "sgd"}


@pytest.mark.parametrize("name", ["", ".", "x.", ".x", "a..b"])
def test_a_name_with_an_empty_part_is_refused_everywhere(manager: HyperParameterManager, name: str) -> None:
    for change in (
        lambda: manager(name, 1),
        lambda: manager.set_value(name, 1),
        lambda: manager.set_values({"fine": 1, name: 2}),
        lambda: manager.set_tree({"fine": {"b": 1}, "deep": {name: 2}}),
        lambda: manager.parse_source(f"_('fine', 1); _({name!r}, 2)"),
        lambda: manager.parse_source(f"_({name!r})"),
    ):
        with pytest.raises(InvalidNameError) as caught:
            change()
        assert isinstance(caught.value, ValueError)
        assert caught.value.name == name
        assert manager.tree.empty
    assert not manager.exists(name)


@pytest.mark.parametrize("name", [1, None, b"a", ["a"]])
def test_a_name_that_is_no_string_is_a_type_error(manager: HyperParameterManager, name: Any) -> None:
    for ask in (
        manager,
        manager.get_value,
        lambda one: manager.set_value(one, 1),
        lambda one: manager(one, 1),
    ):
        with pytest.raises(TypeError, match="the name of a hyperparameter is a string") as caught:
            ask(name)
        assert isinstance(caught.value, HpmanError)
    assert manager.tree.empty


@pytest.mark.parametrize("values", [None, 1, [("a", 1)], "a"])
def test_values_that_are_not_by_name_are_a_type_error(manager: HyperParameterManager, values: Any) -> None:
    for change in (manager.set_values, manager.set_tree):
        with pytest.raises(TypeError, match="values are given by name, in a dict"):
            change(values)


def test_set_tree_leaves_the_callers_dicts_as_they_are(manager: HyperParameterManager) -> None:
    values = {"a": {"__is_dict__": True, "x": 1}, "b": {"__is_dict__": False, "y": 2}}
    manager.set_tree(values)
    assert values == {"a": {"__is_dict__": True, "x": 1}, "b": {"__is_dict__": False, "y": 2}}
    assert manager.get_values() == {"a": {"x": 1}, "b.y": 2}


def test_a_tree_that_marks_its_dicts_can_be_set_again(manager: HyperParameterManager) -> None:
    values = {"a.b": {"x": {1: 2}}, "a.c": [{}], "d": {}}
    tree = manager.set_values(values).get_tree(annotate_dict=True)
    mark = HyperParamTree.DICT_ANNOTATION
    assert tree == {"a": {"b": {"x": {1: 2}, mark: True}, "c": [{}]}, "d": {mark: True}}
    assert HyperParameterManager("_").set_tree(tree).get_values() == values


def test_a_tree_may_be_set_below_a_branch(manager: HyperParameterManager) -> None:
    assert manager.set_tree({"b": 1, "c.d": 2}, prefix="a.x").get_values() == {"a.x.b": 1, "a.x.c.d": 2}
    with pytest.raises(TypeError, match="the prefix of a tree is a string"):
        manager.set_tree({"b": 1}, prefix=1)  # type: ignore[arg-type]


def test_keys_of_a_tree_are_strings_of_any_type(manager: HyperParameterManager) -> None:
    assert manager.set_tree({Text("a"): {Text("b"): 1}})("a.b") == 1
    assert [type(row.name) for row in manager.db] == [str]
    with pytest.raises(ImpossibleTree, match="the keys of a tree are strings, but one in `c` is 1, a int"):
        manager.set_tree({"b": 2, "c": {1: 2}})
    assert manager.get_values() == {"a.b": 1}


def test_a_value_is_no_tree(manager: HyperParameterManager) -> None:
    with pytest.raises(ImpossibleTree, match="`a` is a value, not a branch"):
        manager.set_value("a", {"b": 1}).get_tree("a")


@pytest.mark.parametrize("separator", ["/", "-", ":"])
def test_the_separator_is_honoured_everywhere(separator: str) -> None:
    manager = HyperParameterManager("_", separator)
    manager.parse_source(f"_('a{separator}b', 1); _('x.y', 2)").set_tree({"a": {"c": 3}, "p": {"q.": 4}})
    assert manager(f"a{separator}d", 5) == 5
    assert manager("a") == {"b": 1, "c": 3, "d": 5}
    assert manager.get_tree("p") == {"q.": 4}
    assert (manager.tree.sep, manager.separator, manager("x.y")) == (separator, separator, 2)
    with pytest.raises(InvalidNameError):
        manager(f"a{separator}", 1)


@pytest.mark.parametrize("separator", ["", "::", None, 1])
def test_a_separator_is_one_character(separator: Any) -> None:
    for make in (lambda: HyperParameterManager("_", separator), lambda: HyperParamTree(separator)):
        with pytest.raises(TypeError, match="a separator is one character"):
            make()


def test_a_set_value_stays_set_whatever_is_defined_later(manager: HyperParameterManager) -> None:
    manager.set_value("a", 1).parse_source('_("a", 2)')
    assert [row.priority for row in manager.tree.children["a"].node.db] == [  # type: ignore[union-attr]
        P.PRIORITY_SET_FROM_SETTER,
        P.PRIORITY_PARSED_FROM_SOURCE_CODE,
    ]
    assert manager("a", 3) == 1
