"""Whatever is done to a manager, it agrees with a model that is too simple to be wrong."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman import DoubleAssignmentException, EmptyValue, HpmanError, HyperParameterManager, ImpossibleTree

NAMES = st.sampled_from(["a", "b", "a.b", "a.c", "a.b.c", "b.a", "c"])
VALUES = st.sampled_from([0, 1, None, [1], {"x": 1}, {"b": 2}, {"c": {"d": 1}}])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), NAMES, VALUES),
        st.tuples(st.just("call"), NAMES, VALUES),
        st.tuples(st.just("parse"), NAMES, VALUES),
        st.tuples(st.just("use"), NAMES, st.none()),
        st.tuples(st.just("read"), NAMES, st.none()),
    ),
    max_size=12,
)

Step = tuple[str, str, Any]


def do(manager: HyperParameterManager, step: Step) -> None:
    kind, name, value = step
    if kind == "set":
        manager.set_value(name, value)
    elif kind == "call":
        manager(name, value)
    elif kind == "read":
        manager(name)
    else:
        manager.parse_source(f"_({name!r}, {value!r})" if kind == "parse" else f"_({name!r})")


class Model:
    """Every occurrence that was taken, and every question answered from scratch."""

    def __init__(self) -> None:
        self.parsed: dict[str, Any] = {}
        self.called: dict[str, Any] = {}
        self.set: dict[str, Any] = {}
        self.used: set[str] = set()

    def allows(self, step: Step) -> bool:
        kind, name, value = step
        if kind == "parse" and name in self.parsed:
            return False
        defined, mentioned = {**self.parsed, **self.called}, {*self.parsed, *self.called, *self.used}
        below = [one for one in {*mentioned, *self.set} if one.startswith(name + ".")]
        above = [one for one in {*defined, *self.set} if name.startswith(one + ".")]
        if kind == "use":
            return not above
        if kind == "set":
            fits_above = all(one in defined and takes(self.own(one), name[len(one) + 1 :]) for one in above)
            return (
                fits_above and not any(one in mentioned for one in below) and (name in defined or not below)
            )
        fits_below = all(takes(value, one[len(name) + 1 :]) for one in below)
        return not above and not any(one in mentioned for one in below) and fits_below

    def take(self, step: Step) -> None:
        kind, name, value = step
        if kind == "use":
            self.used.add(name)
        elif kind != "read":
            if kind == "set" and name in {**self.parsed, **self.called}:
                self.set = {one: held for one, held in self.set.items() if not one.startswith(name + ".")}
            {"set": self.set, "call": self.called, "parse": self.parsed}[kind][name] = value

    def own(self, name: str) -> Any:
        return {**self.parsed, **self.called, **self.set}.get(name, EmptyValue())

    def values(self) -> dict[str, Any]:
        """Return the values of their own, with what was set in them."""
        names = {*self.parsed, *self.called, *self.set}
        return {
            name: self.value(name)
            for name in names
            if not any(name.startswith(f"{other}.") for other in names)
        }

    def value(self, name: str) -> Any:
        names = {*self.parsed, *self.called, *self.set}
        above = [one for one in names if name.startswith(f"{one}.")]
        if above and name not in names and any(one.startswith(f"{name}.") for one in names):
            value = self.value(min(above, key=len))
            for part in name[len(min(above, key=len)) + 1 :].split("."):
                value = value[part]
            return value
        parts = [one for one in names if one.startswith(f"{name}.")]
        own = self.own(name)
        if not parts:
            return own
        merged = copy.deepcopy(own) if isinstance(own, dict) else {}
        for one in sorted(parts):
            *path, last = one[len(name) + 1 :].split(".")
            level = merged
            for part in path:
                level[part] = level.get(part) if isinstance(level.get(part), dict) else {}
                level = level[part]
            level[last] = copy.deepcopy(self.own(one))
        return merged


def takes(value: Any, item: str) -> bool:
    """Whether a value may have an item by such a name."""
    for part in item.split("."):
        if value is None or not isinstance(value, dict):
            return value is None
        if part not in value:
            return True
        value = value[part]
    return True


@settings(max_examples=400)
@given(steps=STEPS)
def test_a_manager_agrees_with_the_model_after_every_step(steps: list[Step]) -> None:
    manager, model = HyperParameterManager("_"), Model()
    for step in steps:
        allowed = step[0] == "read" or model.allows(step)
        before = (manager.get_values(), len(manager.db))
        if step[0] == "read" and model.value(step[1]) is EmptyValue():
            with pytest.raises(KeyError):
                do(manager, step)
        elif allowed:
            do(manager, step)
            model.take(step)
        else:
            with pytest.raises((ImpossibleTree, DoubleAssignmentException)):
                do(manager, step)
            assert (manager.get_values(), len(manager.db)) == before
        for name in ("a", "b", "a.b", "a.c", "a.b.c", "b.a", "c"):
            assert manager.get_value(name, raise_exception=False) == model.value(name)
        assert manager.get_values() == model.values()


@given(steps=STEPS)
def test_the_table_the_tree_and_the_nodes_are_views_of_one_store(steps: list[Step]) -> None:
    manager = HyperParameterManager("_")
    for step in steps:
        with suppress(HpmanError):
            do(manager, step)
    by_name = manager.db.group_by("name")
    nodes = manager.get_nodes()
    assert {node.name: node.value for node in nodes} == manager.get_values()
    for node in nodes:
        assert node.db == by_name[node.name].sorted(lambda row: -row.value_priority)
        assert node.get() is manager.get_occurrence(node.name)
    assert sum(len(rows) for rows in by_name.values()) == len(manager.db)
    numbers = [row.index for row in manager.db]
    assert numbers == sorted(set(numbers)), "in the order in which they came"


NESTED = st.recursive(
    st.sampled_from([1, None, [1]]),
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "c.d"]), inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(tree=st.dictionaries(st.sampled_from(["a", "b", "x"]), NESTED, max_size=3))
def test_a_tree_that_was_set_can_be_got_and_set_again(tree: dict[str, Any]) -> None:
    try:
        manager = HyperParameterManager("_").set_tree(tree)
    except ImpossibleTree:
        return
    got = manager.get_tree(annotate_dict=True)
    assert HyperParameterManager("_").set_tree(got).get_values() == manager.get_values()


@given(steps=STEPS)
def test_a_row_that_is_changed_leaves_everything_as_if_it_had_always_been_so(steps: list[Step]) -> None:
    manager, other = HyperParameterManager("_"), HyperParameterManager("_")
    for kind, name, value in steps:
        if kind == "set":
            try:
                manager.set_value(name, None)
            except ImpossibleTree:
                continue
            other.set_value(name, value)
            manager.db.find_first(lambda row, name=name: row.name == name).value = value  # type: ignore[misc,union-attr]
        assert manager.get_values() == other.get_values()
        assert manager.get_tree() == other.get_tree()


LITERALS = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=3),
        st.binary(max_size=2),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.tuples(inner), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=4,
)
CALLS = st.dictionaries(
    st.text("ab\"'\\\nä€😀", min_size=1, max_size=4),
    st.tuples(
        LITERALS,
        st.dictionaries(st.sampled_from(["choices", "help"]), LITERALS, max_size=2),
        st.integers(0, 2),
    ),
    max_size=4,
)


@given(calls=CALLS)
def test_parsing_a_program_finds_what_running_it_does(
    calls: dict[str, tuple[Any, dict[str, Any], int]],
) -> None:
    source = "".join(
        "\n" * gap + f"_({name!r}, {value!r}, **{hints!r})\n" for name, (value, hints, gap) in calls.items()
    ).replace("inf", "1e999")
    parsed, ran = HyperParameterManager("_").parse_source(source, "program.py"), HyperParameterManager("_")
    exec(compile(source, "program.py", "exec"), {"_": ran})
    columns = ("name", "value", "hints", "lineno", "filename")
    assert repr(parsed.db.choose_columns(*columns)) == repr(ran.db.choose_columns(*columns))
    assert repr(parsed.get_values()) == repr(ran.get_values())
