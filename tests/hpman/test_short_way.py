"""What most calls do: look a value up, with no lock, no frame, and nothing recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from hpman import HyperParameterManager
from hpman._store import store

LOOKUPS = {"__call__", "has_hints"}  # all that a value without containers takes


def entered(function: Callable[[], Any]) -> set[str]:
    """Return the names of the functions of hpman that a call enters, and `RLock` if it takes the lock."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and "hpman" in frame.f_code.co_filename.replace("\\", "/").split("/"):
            seen.add(frame.f_code.co_name)
        elif event == "c_call" and getattr(argument, "__self__", None) is store.LOCK:
            seen.add("RLock")
        elif event == "c_call" and argument is sys._getframe:
            seen.add("_getframe")

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    seen.discard(function.__code__.co_name)
    return seen


def test_after_a_set_value_a_call_with_a_default_is_a_lookup(manager: HyperParameterManager) -> None:
    def read() -> Any:
        return manager("a", 2.5)

    read()
    manager.set_value("a", 3.5)
    assert entered(read) == {"__call__"}
    assert read() == 3.5


def test_a_first_call_keeps_a_set_value_where_it_is_found_fast(manager: HyperParameterManager) -> None:
    def read() -> Any:
        return manager("a", 2.5, help="x")

    manager.set_value("a", 3.5)
    read()
    assert entered(read) <= LOOKUPS
    assert entered(lambda: manager("a")) == {"__call__"}


def test_a_set_value_of_another_name_changes_nothing_for_a_call(manager: HyperParameterManager) -> None:
    def read() -> Any:
        return manager("a", 2.5)

    read()
    manager.set_values({"b": 1, "c.d": 2})
    assert entered(read) == {"__call__"}


@pytest.mark.parametrize("value", [[1, 2], {"a": [1, (2.0, None)]}, [0.0]], ids=str)
def test_a_default_of_containers_is_recorded_once(manager: HyperParameterManager, value: Any) -> None:
    def read() -> Any:
        return manager("a", copy_of(value))

    read()
    assert not entered(read) & {"call", "_getframe", "RLock"}
    manager.set_value("a", [9])
    assert not entered(read) & {"call", "_getframe", "RLock"}
    assert read() == [9]


def copy_of(value: Any) -> Any:
    """Return an equal value of other containers, as each run of a display makes them."""
    return eval(repr(value))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([1], [True]),
        ([0.0], [-0.0]),
        ([1, 2], [2, 1]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([1], (1,)),
        ([{1}], [{2}]),
    ],
    ids=str,
)
def test_a_default_that_only_equals_the_last_is_another(
    manager: HyperParameterManager, first: Any, second: Any
) -> None:
    manager("a", first)
    assert repr(manager("a", second)) == repr(second)


def test_other_hints_are_recorded_and_the_same_are_not(manager: HyperParameterManager) -> None:
    manager("a", [1], help="x")
    manager("a", [1], help="y")
    assert manager.get_occurrence("a").hints == {"help": "y"}  # type: ignore[union-attr]
    assert not entered(lambda: manager("a", [1], help="y")) & {"call", "RLock"}


def test_a_pushed_call_is_not_taken_for_the_one_before(manager: HyperParameterManager) -> None:
    manager("a", 2.5)
    row = manager.db[0].copy()
    row.value = 7
    manager.db.push_occurrence(row)
    assert manager("a") == 7
    assert manager("a", 2.5) == 2.5
