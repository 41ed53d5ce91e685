"""All values in force, each with its rank, and what another manager does with them."""

from __future__ import annotations

from hpman._names import checked, prefixes
from hpman.primitives import CALLED, EMPTY, PARSED, SET, ImpossibleTree, NotLiteralEvaluable

from . import shape
from .lookup import set_values
from .occurrence import HyperParameterOccurrence
from .store import LOCK
from .values import fresh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from .store import Store

    Row: TypeAlias = HyperParameterOccurrence
    # Values by name, by what gave them: "set", "called" or "parsed".
    Ranked: TypeAlias = Mapping[str, Mapping[str, Any]]
    State: TypeAlias = tuple[list[tuple[Row, Row]], dict[str, Sequence[Row]]]

HANDED = "<HPMAN_VALUES>"  # the file name of values that came from another process
_DEFAULTS = {CALLED: "called", PARSED: "parsed"}


def ranked(store: Store) -> dict[str, dict[str, Any]]:
    """Return the values in force by what gave them; the stored objects themselves."""
    with LOCK:
        found: dict[str, dict[str, Any]] = {"set": set_values(store), "called": {}, "parsed": {}}
        for name, rows in store.by_name.items():
            row = rows[0]
            known = row.has_default_value and type(row.value) is not NotLiteralEvaluable
            if known and row.level in _DEFAULTS and name not in found["set"]:
                found[_DEFAULTS[row.level]][name] = row.value
    return found


def take(store: Store, values: Ranked) -> None:
    """Let the values of another process be in force, each with its rank.

    What is known here by itself counts as much: a default that a source has here stays.

    Raises what `Store.set` raises; then nothing is changed.
    """
    for rank in _DEFAULTS.values():
        for name in values.get(rank, {}):
            checked(name, store.separator)
    with LOCK:
        store.set(values.get("set", {}), HANDED)
        for name, value in values.get("called", {}).items():
            _take_called(store, name, value)
        _take_parsed(store, values.get("parsed", {}))


def fill(store: Store, values: Ranked) -> None:
    """Take values of names that have none here; a set value gives way to a set one only."""
    with LOCK:
        store.synchronize()
        known = {row.name for row in store.rows if row.level == SET and row.has_default_value}
        for name, value in values.get("set", {}).items():
            if not _meets(name, known, store.separator):
                _set_if_possible(store, name, value)
        unknown = {
            rank: {name: value for name, value in values.get(rank, {}).items() if store.value(name) is EMPTY}
            for rank in _DEFAULTS.values()
        }
        take(store, unknown)


def given_way(store: Store, rows: Iterable[Row]) -> Sequence[Row]:
    """Take out the parsed values of another process where sources say something of their names here.

    Returns those that were there, for `put_back`.
    """
    handed = store.files.get(HANDED, ())
    if handed:
        said = [row for row in rows if row.level == PARSED]
        defined = {row.name for row in said if row.has_default_value}
        branches = {branch for row in said for branch in prefixes(row.name, store.separator)}
        put_back(store, [row for row in handed if not _is_said(row.name, defined, branches, store.separator)])
    return handed


def put_back(store: Store, rows: Sequence[Row]) -> None:
    """Let these be the parsed values of another process."""
    if rows or HANDED in store.files:
        store.replace_files([(HANDED, rows)])


def state(store: Store) -> State:
    """Return all that a store says, for `restore`."""
    with LOCK:
        store.synchronize()
        return [(row, row.copy()) for row in store.rows], dict(store.files)


def restore(store: Store, saved: State) -> None:
    """Let a store say again what it said."""
    rows, files = saved
    with LOCK:
        for row, said in rows:
            row.record(said.value, said["hints"], said["filename"], said.lineno)
        store.files = files
        store.rows.drop(list(store.rows))
        store.rows.take([row for row, _ in rows])
        store.row_changed()


def copied(store: Store, into: Store, value_of: Any) -> None:
    """Put copies of all rows into an empty store.

    value_of: gives the value of a copy, from that of a row.
    """
    with LOCK:
        store.synchronize()
        made = {id(row): row.copy() for row in store.rows}
        for row in made.values():
            if type(row.value) is not NotLiteralEvaluable:
                row.value = fresh(value_of(row.value))
            row["hints"] = None if row["hints"] is None else {**row.hints}
        into.rows.take(list(made.values()))
        into.files = {file: [made[id(row)] for row in rows] for file, rows in store.files.items()}
        into.given = set(store.given)
        into.row_changed()


def _take_called(store: Store, name: str, value: Any) -> None:
    row = next((row for row in store.rows_of(name) if row.level == CALLED), None)
    try:
        store.call(name, value, {} if row is None else row.hints, HANDED, None)
    except ImpossibleTree:  # what this process knows by itself is kept
        return


def _take_parsed(store: Store, values: Mapping[str, Any]) -> None:
    put_back(store, [])
    rows = list(_parsed(store, values))
    clashes = store.clashes([(HANDED, rows)]) if rows else []
    refused = {id(row) for row, _ in clashes}
    put_back(store, [row for row in rows if id(row) not in refused])


def _parsed(store: Store, values: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in values.items():
        if not any(row.level == PARSED and row.has_default_value for row in store.rows_of(name)):
            yield HyperParameterOccurrence.recorded(name, fresh(value), PARSED, HANDED, None, None)


def _set_if_possible(store: Store, name: str, value: Any) -> None:
    row = HyperParameterOccurrence.recorded(name, value, SET, HANDED, None, None)
    if shape.clash(store, row) is None:
        store.set({name: value}, HANDED)


def _meets(name: str, known: set[str], separator: str) -> bool:
    """Whether a name is one of those known, is in one, or has one in it."""
    inside = name + separator
    return (
        name in known
        or any(branch in known for branch in prefixes(name, separator))
        or any(one.startswith(inside) for one in known)
    )


def _is_said(name: str, defined: set[str], branches: set[str], separator: str) -> bool:
    return name in defined or name in branches or any(one in defined for one in prefixes(name, separator))
