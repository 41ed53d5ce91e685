"""Values from JSON files and to them; for YAML see tests/lsp/value_files, for it needs a package."""

from __future__ import annotations

import json
import math
import os
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman import (
    HyperParameterManager,
    ImpossibleTree,
    UnsavableError,
    UnsupportedFormatError,
    ValueFileError,
)

SOURCE = """
_("lr", 1e-3)
_("epochs", 10)
_("name", "run")
_("optim.betas", (0.9, 0.99))
_("layers", [(1, 2), (3, 4)])
_("kinds", {"a", "b"})
_("options", {"deep": {"x": (1,)}})
_("free", None)
_("debug", False)
_("needed")
"""


def manager(source: str = SOURCE) -> HyperParameterManager:
    return HyperParameterManager("_").parse_source(source)


def loaded(tmp_path: Path, content: object, **allowed: bool) -> HyperParameterManager:
    path = tmp_path / "values.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return manager().load_values(path, **allowed)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("lr", 1, 1.0),
        ("lr", 1e-5, 1e-5),
        ("epochs", 20.0, 20),
        ("optim.betas", [0.5, 1], (0.5, 1)),
        ("layers", [[5, 6], [7, 8], [9, 0]], [(5, 6), (7, 8), (9, 0)]),
        ("kinds", ["c"], {"c"}),
        ("options", {"deep": {"x": [2]}, "new": [1]}, {"deep": {"x": (2,)}, "new": [1]}),
        ("options.deep", {"x": [3]}, {"x": (3,)}),
        ("free", [1], [1]),
        ("needed", "anything", "anything"),
        ("debug", True, True),
    ],
)
def test_a_value_becomes_what_the_default_is(
    name: str, written: object, value: object, tmp_path: Path
) -> None:
    given_value = loaded(tmp_path, {name: written}).get_value(name)
    assert given_value == value
    assert type(given_value) is type(value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"lr": "1e-3"}, "1:8: `lr` takes a float like its default 0.001, not the str `1e-3`"),
        ({"lr": None}, "1:8: `lr` takes a float like its default 0.001, not the NoneType `null`"),
        ({"epochs": 1.5}, "1:12: `epochs` takes an int like its default 10, not the float `1.5`"),
        ({"epochs": True}, "1:12: `epochs` takes an int like its default 10, not the bool `true`"),
        ({"debug": 0}, "1:11: `debug` takes a bool like its default False, not the int `0`"),
        ({"name": 3}, "1:10: `name` takes a str like its default 'run', not the int `3`: put it in quotes"),
        (
            {"options": []},
            "1:13: `options` takes a dict like its default {'deep': {'x': (1,)}}, not the list",
        ),
        ({"kinds": [[]]}, "1:11: `kinds` takes a set"),
        (
            {"epoch": 1},
            "1:2: `epoch`: nothing that was parsed or has run uses this name; did you mean `epochs`?",
        ),
        ({"optim": {"beta": 1}}, "1:12: `optim.beta`: nothing that was parsed or has run uses this name"),
        ('{"lr": 1,\n "lr": 2}', "2:2: `lr` is twice in this mapping"),
        (
            '{"optim.betas": [1, 2],\n "optim": {"betas": [1, 2]}}',
            "2:12: `optim.betas` is in this file twice",
        ),
        (
            {"options": {"a": 1}, "options.deep": {}},
            "`options` is a value in this file, so that it cannot hold",
        ),
        ({"optim..betas": 1}, "1:2: `optim..betas` has an empty part"),
        ({"": 1}, "1:2: a name is text that is not empty"),
        ("[1]", "1:1: a file of values has names at its top"),
        ('{"lr": 1', "1:9: not valid JSON: Expecting ',' delimiter"),
        ("[" * 200 + "]" * 200, "nested more than 100 levels deep"),
        ("[" * 100_000, "nested more than 100 levels deep"),
        ("1" * 5000, "not valid JSON"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content: object, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueFileError) as caught:
        loaded(tmp_path, content)
    assert f"{tmp_path / 'values.json'}:{message}" in str(caught.value) or message in str(caught.value)
    assert caught.value.faults
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_all_faults_are_told_in_the_order_of_the_file_and_nothing_is_set(tmp_path: Path) -> None:
    path = tmp_path / "values.json"
    path.write_text('{"epochs": 20,\r\n "x": 1,\r "lr": "a",\n "y": 2}')
    one = manager()
    with pytest.raises(ValueFileError) as caught:
        one.load_values(path)
    assert [(fault.code, fault.line, fault.name) for fault in caught.value.faults] == [
        ("unknown-name", 2, "x"),
        ("value-not-of-type", 3, "lr"),
        ("unknown-name", 4, "y"),
    ]
    assert one.get_values() == manager().get_values()


def test_unknown_names_and_other_types_are_taken_where_that_is_allowed(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"new": {"a": 1}, "lr": "x"}, allow_unknown=True, allow_any_type=True)
    assert (one.get_value("new.a"), one.get_value("lr")) == (1, "x")


def test_a_strict_manager_takes_no_unknown_name(tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text('{"new": 1}')
    one = manager()
    one.strict = True
    with pytest.raises(ValueFileError, match="`new`"):
        one.load_values(tmp_path / "values.json", allow_unknown=True)


def test_a_marked_dict_is_one_value_and_another_is_a_group(tmp_path: Path) -> None:
    content = {"a": {"__is_dict__": True, "b": 1}, "c": {"d": 2}, "options": {"__is_dict__": True, "x": 1}}
    one = loaded(tmp_path, content, allow_unknown=True)
    assert one.get_occurrence("a.b") is None
    assert one.get_value("a") == {"b": 1}
    assert one.get_value("c.d") == 2
    assert one.get_value("options") == {"x": 1}


def test_the_origin_of_a_loaded_value_is_the_file(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"lr": 1}).get_origin("lr").filename == str(tmp_path / "values.json")


def test_what_the_manager_refuses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text('{"free.a": 1}')
    with pytest.raises(ImpossibleTree):
        manager().set_value("free", 1).load_values(tmp_path / "values.json")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"epochs.x": 1}, "`epochs` is a value (by default 10), so that it cannot hold `epochs.x`"),
        ({"options.deep.x.y": 1}, "`options.deep.x` is a value (by default (1,)), so that it cannot hold"),
        ({"optim": 1}, "`optim` is a group (it holds `optim.betas`), so that it cannot have a value"),
        ({"optim": {"__is_dict__": True, "betas": [1]}}, "`optim` is a group"),
    ],
)
def test_a_name_is_a_value_or_a_group(values: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueFileError, match=re.escape(message)) as caught:
        loaded(tmp_path, values)
    assert [one.code for one in caught.value.faults] == ["leaf-and-branch"]


@pytest.mark.parametrize("empty", [None, {}])
def test_a_group_may_be_empty(empty: object, tmp_path: Path) -> None:
    assert loaded(tmp_path, {"optim": empty, "lr": 1}).get_values() == manager().get_values() | {"lr": 1.0}


def test_what_takes_anything_takes_parts(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"free.x": 1}).get_value("free") == {"x": 1}
    with pytest.raises(ValueFileError, match="`epochs` is a value"):
        loaded(tmp_path, {"epochs.x": 1}, allow_any_type=True)


@pytest.mark.parametrize("name", ["values", "values.txt", "values.pkl"])
def test_another_suffix_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.yaml, \.yml, \.json"):
        manager().save_values(tmp_path / name)
    with pytest.raises(UnsupportedFormatError, match=name):
        manager().load_values(tmp_path / name)


def test_a_missing_file_is_the_usual_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        manager().load_values(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (object(), "a value of the type object"),
        (b"x", "a value of the type bytes, which JSON does not have: save as YAML"),
        (1j, "a value of the type complex, which JSON does not have"),
        ((1, 2), "a tuple where the default has none"),
        ({1: 2}, "a dict with the key 1"),
        ({None: 2}, "a dict with the key None"),
        (math.inf, "the number inf, which JSON does not have"),
        ("\udc80", "half a character"),
        (10**5000, "more digits"),
        ({"__is_dict__": 1}, "a mark in files of values"),
        (..., "a value of the type ellipsis"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_json_cannot_hold_is_told_by_name_and_nothing_is_written(
    value: object, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "values.json"
    path.write_text("before")
    with pytest.raises(UnsavableError, match="nothing was written") as caught:
        manager().set_value("free", value).save_values(path)
    assert reason in caught.value.reasons["free"]
    assert (path.read_text(), os.listdir(tmp_path)) == ("before", ["values.json"])


def test_a_value_that_holds_itself_is_told(tmp_path: Path) -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(UnsavableError, match="holds itself"):
        manager("_('a', None)").set_value("a", loop).save_values(tmp_path / "values.json")


def test_a_default_that_is_not_known_yet_can_be_left_out(tmp_path: Path) -> None:
    one = manager("_('date', today())\n_('lr', 1)")
    with pytest.raises(UnsavableError, match=r"`today\(\)` has not run"):
        one.save_values(tmp_path / "values.json")
    one.save_values(tmp_path / "values.json", leave_out=True)
    assert json.loads((tmp_path / "values.json").read_text()) == {"lr": 1}


def test_a_new_file_has_the_usual_permissions_and_a_replaced_one_its_own(tmp_path: Path) -> None:
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.touch()
    old.chmod(0o640)
    for path in (new, old):
        manager("_('a', 1)").save_values(path)
    (tmp_path / "usual").touch()
    assert new.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert old.stat().st_mode & 0o777 == 0o640


part = st.text(min_size=1, max_size=8).filter(lambda text: "." not in text and text.isprintable())
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(part, inner) | st.sets(scalars),
    max_leaves=8,
)
names = st.lists(st.lists(part, min_size=1, max_size=3).map(".".join), max_size=4, unique=True)


@given(st.data())
def test_values_that_are_saved_and_loaded_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.json"
    taken: dict[str, object] = {}
    for name in data.draw(names):
        if not any(f"{one}.".startswith(f"{name}.") or name.startswith(f"{one}.") for one in taken):
            taken[name] = data.draw(values)
    source = "\n".join(f"_({name!r}, {value!r})" for name, value in taken.items())
    try:
        manager(source).save_values(path)
    except UnsavableError as error:
        assert all("half a character" in reason or "a mark" in reason for reason in error.reasons.values())
    else:
        again = manager(source).load_values(path).get_values()
        assert again == taken
        assert repr(sorted(map(repr, again))) == repr(sorted(map(repr, taken)))
