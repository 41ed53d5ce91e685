"""What a manager tells of one name: its value for a call, where it comes from, or why there is none."""

from __future__ import annotations

from hpman._names import alike, did_you_mean, prefixes
from hpman.primitives import (
    CALLED,
    EMPTY,
    PARSED,
    SET,
    UNKNOWN_FILENAME,
    NotLiteralEvaluable,
    UnknownNameError,
)

from .shape import is_defined
from .store import LOCK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .occurrence import HyperParameterOccurrence
    from .origin import Origin
    from .store import Store


def value_for_call(store: Store, name: str) -> Any:
    """Give the value in force; raises UnknownNameError if it is missing, or known to its source only."""
    value = store.value(name)
    if value is EMPTY:
        raise unknown(store, name)
    if type(value) is NotLiteralEvaluable or (type(value) is dict and name in store.branches):
        for row in _pending(store, name):
            raise UnknownNameError(
                f"`{row.name}` not found: its default is no literal, and the call that has it has not run yet: "
                f"`{row.value}` at {row.filename}:{row.lineno}",
                name=row.name,
            )
    return value


def unknown(store: Store, name: str) -> UnknownNameError:
    """Give the exception for a name that has no value."""
    with LOCK:
        rows = store.rows_of(name)
        leaf = next((one for one in prefixes(name, store.separator) if _has_value(store.rows_of(one))), None)
        is_parsed = any(row.level == PARSED for row in store.rows)
    if rows:
        why = (
            f": it has no default, and nothing has set it; it is used at {rows[0].filename}:{rows[0].lineno}"
        )
        return UnknownNameError(f"`{name}` not found{why}{_in_worker()}", name=name)
    if leaf is not None:
        return UnknownNameError(f"`{name}` not found: `{leaf}` is a value, not a branch", name=name)
    why = "" if is_parsed else ": nothing has been parsed, and no call that has run defines it"
    return _no_such_name(store, name, f" not found{why}{_in_worker()}")


def _in_worker() -> str:
    """Say what a process has that another one started, and what to do; "" where it has all, or nobody started it."""
    from .started import started_by  # noqa: PLC0415 - where something is wrong only

    method = started_by()
    if not method:
        return ""
    return (
        f". This worker was started by {method}, and has of its parent's values what `export_values` handed on before: "
        "call it in the parent once all is parsed and set, before the workers are started; or call `parse_file` here"
    )


def refuse_unknown(store: Store, names: Iterable[str]) -> None:
    """Raise UnknownNameError for the first name that no occurrence has."""
    for name in names:
        if not _occurs(store, name):
            raise _no_such_name(store, name, ": nothing that was parsed or has run uses this name")


def origin(store: Store, name: str) -> Origin:
    """Give the value in force and where it comes from; raises UnknownNameError where there is none."""
    from .origin import Origin  # noqa: PLC0415 - it costs `typing`

    with LOCK:
        value, rows = store.value(name), store.rows_of(name)
        is_nested = name in store.branches
    if value is EMPTY:
        raise unknown(store, name)
    if is_nested:
        return Origin(value, "nested", UNKNOWN_FILENAME, None)
    kind = {SET: "set", CALLED: "called"}.get(rows[0].level, "parsed")
    return Origin(value, kind, rows[0].filename, rows[0].lineno)


def set_values(store: Store) -> dict[str, Any]:
    """Return the values that were set, by name, a dict of which an item was set as a whole; the stored objects."""
    with LOCK:
        rows = [row for row in store.rows if row.level == SET and row.has_default_value]
        names = dict.fromkeys(_whole(store, row.name) for row in rows)
        return {name: store.held(name) for name in names}


def _whole(store: Store, name: str) -> str:
    """Return the name of the defined value that a name is an item of, or else the name."""
    for prefix in prefixes(name, store.separator):
        rows = store.by_name.get(prefix, ())
        if is_defined(rows) and type(rows[0].value) is not NotLiteralEvaluable:
            return prefix
    return name


def _pending(store: Store, name: str) -> Iterator[HyperParameterOccurrence]:
    """Give the occurrences, of a name and its parts, that decide a value which is not known yet."""
    with LOCK:
        inside = [one for one in store.by_name if one == name or one.startswith(name + store.separator)]
        deciding = [store.by_name[one][0] for one in inside]
    return (row for row in deciding if type(row.value) is NotLiteralEvaluable)


def _occurs(store: Store, name: str) -> bool:
    """Tell whether a name, or a value that it is an item of, is in a source or was called."""
    if any(row.level != SET for row in store.rows_of(name)):
        return True
    for prefix in prefixes(name, store.separator):
        defined = [row.value for row in store.rows_of(prefix) if row.level != SET and row.has_default_value]
        if defined:
            return _has_item(defined[0], name[len(prefix) + 1 :].split(store.separator))
    return False


def _has_item(value: Any, path: list[str]) -> bool:
    """Tell whether a value may have an item: only a dict says that it has not."""
    for part in path:
        if isinstance(value, dict) and part not in value:
            return False
        value = value[part] if isinstance(value, dict) else None
    return True


def _has_value(rows: Iterable[HyperParameterOccurrence]) -> bool:
    return any(row.has_default_value for row in rows)


def _no_such_name(store: Store, name: str, why: str) -> UnknownNameError:
    with LOCK:
        known = [one for one, rows in store.by_name.items() if any(row.level != SET for row in rows)]
        known += [one for one in store.branches if one]
    suggestions = alike(name, known)
    return UnknownNameError(f"`{name}`{why}{did_you_mean(suggestions)}", name=name, suggestions=suggestions)
