"""The table of occurrences, and its rows."""

from __future__ import annotations

import ast
import copy
import operator
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hpman import (
    DoubleAssignmentException,
    EmptyValue,
    HyperParameterDB,
    HyperParameterManager,
    HyperParameterOccurrence,
    InvalidArgumentError,
    SourceHelper,
)
from hpman.hpm_db import L, P

SOURCE = """
_("lr", 1e-3, scale="log")
_("lr")
_("model.depth", 4, range=[1, 8])
_("model.width")
"""


@pytest.fixture
def db(manager: HyperParameterManager) -> HyperParameterDB:
    return manager.parse_source(SOURCE, "train.py").set_value("lr", 0.5).db


def names(rows: HyperParameterDB) -> list[str]:
    return [row.name for row in rows]


def row(name: str, value: Any, priority: P) -> HyperParameterOccurrence:
    return HyperParameterOccurrence(name=name, value=value, priority=priority)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (lambda row: row.name == "lr", ["lr", "lr", "lr"]),
        (lambda row: row["lineno"] == 4, ["model.depth"]),
        (L.of_name("lr"), ["lr", "lr", "lr"]),
        (L.of_name_prefix("model."), ["model.depth", "model.width"]),
        (L.of_name_suffix("th"), ["model.depth", "model.width"]),
        (L.of_value(4), ["model.depth"]),
        (L.of_priority(P.PRIORITY_SET_FROM_SETTER), ["lr"]),
        (L.has_default_value, ["lr", "model.depth", "lr"]),
        (L.exist_attr("filename"), ["lr", "lr", "model.depth", "model.width"]),
        (L.exist_attr("ast_node"), ["lr", "model.depth"]),
        (L.exist_attr("nothing"), []),
        (L.land(L.of_name("lr"), L.has_default_value), ["lr", "lr"]),
        (L.lor(L.of_value(4), L.of_value(0.5)), ["model.depth", "lr"]),
        (L.lnot(L.of_name("lr")), ["model.depth", "model.width"]),
    ],
)
def test_rows_are_selected_by_what_they_say(
    db: HyperParameterDB, where: Callable[[HyperParameterOccurrence], bool], found: list[str]
) -> None:
    selected = db.select(where)
    assert type(selected) is HyperParameterDB
    assert names(selected) == found
    assert db.count(where) == len(found)
    assert db.any(where) is bool(found)
    assert db.all(where) is (len(found) == len(db))
    assert db.find_first(where) is (selected[0] if found else None)


def test_rows_are_grouped_in_order_of_appearance(db: HyperParameterDB) -> None:
    groups = db.group_by("name")
    assert {name: len(group) for name, group in groups.items()} == {
        "lr": 3,
        "model.depth": 1,
        "model.width": 1,
    }
    assert list(groups) == ["lr", "model.depth", "model.width"]
    assert groups["lr"].sorted(L.value_priority)[0].value == 0.5


def test_rows_without_a_value_are_one_group(db: HyperParameterDB) -> None:
    groups = db.group_by("value")
    assert names(groups[EmptyValue()]) == ["lr", "model.width"]
    assert len(groups) == 4


def test_rows_are_indexed_by_a_number_or_a_list_of_them(db: HyperParameterDB) -> None:
    assert db.indexing(0) is db[0]
    assert db.indexing([2, 0]) == [db[2], db[0]]
    for wrong in ("a", None, (0,)):
        with pytest.raises(IndexError, match="an index is an int or a list of them"):
            db.indexing(wrong)  # type: ignore[arg-type]


def test_columns_are_extracted_and_chosen(db: HyperParameterDB) -> None:
    assert db.extract_column("filename") == ["train.py"] * 4 + [None]
    chosen = db.choose_columns("name", "lineno")
    assert chosen[0] == {"name": "lr", "lineno": 2}
    assert (chosen[0].name, list(chosen[0])) == ("lr", ["name", "lineno"])
    assert chosen.extract_column("lineno") == [2, 3, 4, 5, None]
    with pytest.raises(KeyError):
        chosen.extract_column("value")


def test_rows_are_sorted_and_reduced(db: HyperParameterDB) -> None:
    assert names(db.sorted(L.order_by("name"), reverse=True))[0] == "model.width"
    assert db.sorted(L.order_by("filename"))[0].value == 0.5  # "<unknown>" is a string like the others
    assert db.reduce(lambda found, row: found + row.name[:1], "") == "llmml"
    assert db.reduce(lambda found, row: row) is db[-1]
    assert HyperParameterDB().reduce(operator.add, 7) == 7
    with pytest.raises(ValueError, match="no rows to reduce"):
        HyperParameterDB().reduce(operator.add)


def test_a_copy_is_a_table_of_its_own_with_the_same_rows(db: HyperParameterDB) -> None:
    copied = db.copy()
    assert copied == db
    assert copied[0] is db[0]
    copied.clear()
    assert (copied.empty(), db.empty()) == (True, False)


def test_what_is_applied_to_rows_is_in_force_at_once(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", 1); _("b", 2)')
    assert manager("a") == 1
    db = manager.db
    assert db.apply(L.apply_column("value", lambda value: value * 10)) is db
    assert manager.get_values() == {"a": 10, "b": 20}
    assert manager("a") == 10
    db[0].name, db[1]["value"] = "c.d", EmptyValue()
    assert manager.get_tree() == {"c": {"d": 10}}
    db[0].priority = P.PRIORITY_SET_FROM_SETTER
    assert manager.get_origin("c.d").kind == "set"


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.append(db[0]), lambda db: db.extend(db), lambda db: db.insert(0, db[0]), lambda db: db.pop(),
        lambda db: db.clear(), lambda db: db.remove(db[0]), lambda db: db.sort(key=id), lambda db: db.reverse(),
        lambda db: db.__delitem__(0), lambda db: db.__setitem__(0, db[1]), lambda db: db.__iadd__(db),
        lambda db: db.__imul__(2),
    ],
)  # fmt: skip
def test_a_managers_table_is_changed_through_the_manager_only(db: HyperParameterDB, change: Any) -> None:
    before = list(db)
    with pytest.raises(TypeError, match="use push_occurrence, or copy"):
        change(db)
    assert list(db) == before


def test_a_table_is_live(manager: HyperParameterManager) -> None:
    db = manager.db
    manager.parse_source('_("a", 1)')("b", 2)
    db.push_occurrence(row("c", 3, P.PRIORITY_SET_FROM_SETTER))
    assert names(db) == ["a", "b", "c"]
    assert [one.index for one in db] == [0, 1, 2]
    assert db.index_count == 3
    assert manager("c") == 3


def test_a_call_after_a_pushed_one_counts(manager: HyperParameterManager) -> None:
    assert manager("a", None) is None
    manager.db.push_occurrence(row("a", 2, P.PRIORITY_SET_FROM_CALLABLE))
    assert [manager("a"), manager("a", None), manager("a")] == [2, None, None]


def test_a_table_of_ones_own_takes_rows(manager: HyperParameterManager) -> None:
    db = HyperParameterDB()
    for value, priority in [
        (1, P.PRIORITY_SET_FROM_CALLABLE),
        (EmptyValue(), P.PRIORITY_PARSED_FROM_SOURCE_CODE),
    ]:
        db.push_occurrence(row("a", value, priority))
    db.push_occurrence(row("a", 2, P.PRIORITY_SET_FROM_CALLABLE))
    assert [(one.value, one["index"]) for one in db] == [(2, 0), (EmptyValue(), 1)]
    parsed, again = (row("a", n, P.PRIORITY_PARSED_FROM_SOURCE_CODE) for n in (3, 4))
    db.push_occurrence(parsed, source_helper=SourceHelper("_('a', 3)"))
    assert db.format_occurrence(parsed) == "<unknown>:1\n==> 1: _('a', 3)"
    with pytest.raises(DoubleAssignmentException, match=r"==> 1: _\('a', 3\)") as caught:
        db.push_occurrence(again)
    assert caught.value.name == "a"
    assert len(db) == 3


def test_a_row_that_is_pushed_twice_is_two_rows(manager: HyperParameterManager) -> None:
    use = row("a", EmptyValue(), P.PRIORITY_PARSED_FROM_SOURCE_CODE)
    manager.db.push_occurrence(use)
    HyperParameterManager("other").db.push_occurrence(use)
    manager.db.push_occurrence(use)
    assert [one.index for one in manager.db] == [0, 1]
    use["value"] = 7
    assert manager("a") == 7


def test_a_table_and_its_rows_can_be_copied_and_pickled(db: HyperParameterDB) -> None:
    for made in (pickle.loads(pickle.dumps(db)), copy.deepcopy(db)):
        assert type(made) is HyperParameterDB
        assert made == db
        assert ast.dump(made[0]["ast_node"]) == "Constant(value=0.001)"
        made[0].value = 9
    assert db[0].value == 1e-3


def test_a_row_is_a_mapping_with_attributes(db: HyperParameterDB) -> None:
    first = db[0]
    assert isinstance(first, Mapping)
    assert dict(first) == {key: getattr(first, key) for key in first}
    assert (first["name"], first.value, first["hints"], first.lineno) == ("lr", 1e-3, {"scale": "log"}, 2)
    assert first.priority is first["priority"] is P.PRIORITY_PARSED_FROM_SOURCE_CODE
    assert first.has_default_value
    assert not any(hasattr(first, hint) for hint in ("help", "choices", "required", "scale"))
    with pytest.raises(AttributeError, match="this row has no column 'nmae'"):
        first.nmae  # noqa: B018
    with pytest.raises(KeyError):
        first["nmae"]


def test_hints_of_a_row_can_be_taken_out(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", 1, range=[1, 2], scale="log"); _("b", 1); _("c", 1)')
    first, second, third = manager.db
    assert first["hints"].pop("range") == [1, 2]
    assert manager.db[0].hints == {"scale": "log"}
    second["hints"]["x"] = 1
    assert (len(second.hints), third["hints"], third.hints) == (1, {}, {})


def test_a_run_time_row_says_where_and_with_which_hints_it_was_called(manager: HyperParameterManager) -> None:
    manager("lr", 1e-3, choices=[1, 2])
    called = manager.db[0]
    assert called.hints == called["hints"] == {"choices": [1, 2]}
    assert called.filename == __file__
    line = test_a_run_time_row_says_where_and_with_which_hints_it_was_called.__code__.co_firstlineno + 1
    assert called.lineno == line
    manager("lr", 1e-3)
    assert manager.db[0].hints == {"choices": [1, 2]}
    for hints in ({"choices": [3]}, {"choices": [3], "help": "x"}, {"help": "x"}):
        for _again in range(2):
            assert manager("lr", 1e-3, **hints) == 1e-3
            assert [one.hints for one in manager.db] == [hints]


class Undecided:
    """As an array or a tensor of several numbers, it does not tell whether it is equal to another."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("ambiguous")


def test_hints_need_not_be_comparable(manager: HyperParameterManager) -> None:
    for _again in range(3):
        hint = Undecided()
        assert manager("a", 1, weights=hint) == 1
        assert manager.db[0].hints["weights"] is hint


def test_a_setters_row_has_nothing_by_item_and_something_usable_by_attribute(db: HyperParameterDB) -> None:
    setter = db[-1]
    assert (setter["hints"], setter["filename"], setter["lineno"], setter["ast_node"]) == (None,) * 4
    assert (dict(setter.hints), setter.filename, setter.lineno) == ({}, "<unknown>", None)
    assert "choices" not in setter.hints
    with pytest.raises(TypeError):
        setter.hints["a"] = 1  # type: ignore[index]


def test_a_row_made_by_hand_has_the_columns_it_is_given() -> None:
    made = HyperParameterOccurrence({"name": "a"}, value=1, more=2)
    assert list(made) == ["name", "value", "priority", "filename", "lineno", "ast_node", "hints", "more"]
    assert (made["more"], made.more, made["priority"], made.filename) == (2, 2, None, "<unknown>")
    assert HyperParameterOccurrence(name="a").value is EmptyValue()
    del made["more"], made["lineno"]
    assert "more" not in made
    assert "lineno" not in made
    assert not hasattr(made, "lineno")
    assert repr(HyperParameterOccurrence.of_columns({"name": "a"})) == "HyperParameterOccurrence(name='a')"


def test_a_managers_row_keeps_what_it_needs(db: HyperParameterDB) -> None:
    with pytest.raises(InvalidArgumentError, match="a manager's row needs its name"):
        del db[0]["name"]


@pytest.mark.parametrize(
    "source",
    [
        "_('a', f(1))",
        "\n\n  \n_('a',\n f(x,\ny))",
        "x = 'äö€😀' + _('ä',  (f(1)))",
        "_('a',\n1)",
        "_('a', (b := 2))",
    ],
)
def test_the_node_of_a_default_has_the_positions_of_its_source(
    manager: HyperParameterManager, source: str
) -> None:
    call = next(
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and len(node.args) == 2
        and isinstance(node.func, ast.Name) and node.func.id == "_"
    )  # fmt: skip
    node = manager.parse_source(source).db[0].ast_node
    assert node is not None
    assert ast.dump(node, include_attributes=True) == ast.dump(call.args[1], include_attributes=True)
    assert manager.db[0]["ast_node"] is node


def test_the_node_stays_that_of_its_own_source(manager: HyperParameterManager) -> None:
    changed = manager.parse_source("_('a', f(1))").db[0]
    changed.source_helper = SourceHelper("")
    assert changed.ast_node is not None
    assert changed.ast_node.lineno == 1
    assert manager.parse_source("_('b')").db[1].ast_node is None
