"""Which names can stand side by side, and the value of a name that has parts.

A name is a value or a branch, not both, with one exception: parts that were set are items of a value that is
defined and is a dict, so that `set_value("c.d", 3)` overrides one item of `_("c", {"d": 2})`. Such a value is
*whole*: it is one value, with these items in it. None, and a default that only its call knows, may become a dict.
"""

from __future__ import annotations

from hpman._names import prefixes
from hpman.primitives import EMPTY, SET, ImpossibleTree, NotLiteralEvaluable

from .table import format_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from .occurrence import HyperParameterOccurrence
    from .store import Store


def clash(store: Store, row: HyperParameterOccurrence) -> HyperParameterOccurrence | None:
    """Give an occurrence beside which a new one cannot stand, or None."""
    name, is_set = row.name, row.level == SET
    for prefix in prefixes(name, store.separator):
        rows = [other for other in store.by_name.get(prefix, ()) if other.has_default_value]
        if rows and not (is_set and _takes_item(rows, _path(store, name, prefix))):
            return rows[0]
    if row.has_default_value and name in store.branches:
        return next((other for other in below(store, name) if not _may_be_item(store, other, row)), None)
    return None


def is_defined(rows: Iterable[HyperParameterOccurrence]) -> bool:
    """Whether a source or a call gives a name a value."""
    return any(row.level != SET and row.has_default_value for row in rows)


def items_set(store: Store, name: str) -> list[HyperParameterOccurrence]:
    """Return the rows of the items of a defined value that were set."""
    if name not in store.branches or not is_defined(store.by_name.get(name, ())):
        return []
    return [row for row in below(store, name) if row.level == SET]


def below(store: Store, branch: str) -> Iterator[HyperParameterOccurrence]:
    """Give the occurrences of all names in a branch."""
    for part in store.branches.get(branch, ()):
        name = f"{branch}{store.separator}{part}"
        yield from store.by_name.get(name, ())
        yield from below(store, name)


def error(row: HyperParameterOccurrence, other: HyperParameterOccurrence) -> ImpossibleTree:
    """Give the exception for a clash."""
    return ImpossibleTree(message(row, other), name=row.name)


def message(row: HyperParameterOccurrence, other: HyperParameterOccurrence) -> str:
    """Say that two occurrences cannot stand side by side, and what to do."""
    leaf, part = sorted((row.name, other.name), key=len)
    advice = "set the one or the other" if SET in (row.level, other.level) else "rename one of them"
    clash = f"`{leaf}` would be a value, and a branch that holds `{part}`: {advice}"
    return "\n".join((clash, *(_told(one) for one in (other, row) if one["filename"] is not None)))


def _told(row: HyperParameterOccurrence) -> str:
    return f"`{row.name}` is in\n{format_place(row)}"


def merged(store: Store, name: str, leaf: Callable[[Any], Any]) -> Any:
    """Return the value of a name with the values of its parts in it, or EMPTY; the stored objects, not copies.

    leaf: what to return for a value that is not a branch.
    """
    for prefix in prefixes(name, store.separator):
        if _own(store, prefix) is not EMPTY:
            return _item(_whole(store, prefix, _own(store, prefix)), _path(store, name, prefix))
    return _merged(store, name, leaf)


def _merged(store: Store, name: str, leaf: Callable[[Any], Any]) -> Any:
    own = _own(store, name)
    if own is not EMPTY:
        return leaf(_whole(store, name, own))
    values = {}
    for part in store.branches.get(name, ()):
        value = _merged(store, f"{name}{store.separator}{part}" if name else part, leaf)
        if value is not EMPTY:
            values[part] = value
    return values or EMPTY


def _whole(store: Store, name: str, own: Any) -> Any:
    """Return a value with the items in it that were set; its own order stays."""
    parts = store.branches.get(name)
    if not parts or type(own) is NotLiteralEvaluable:
        return own
    values = dict(own) if isinstance(own, dict) else {}
    for part in parts:
        full = f"{name}{store.separator}{part}"
        item = _own(store, full)
        item = _whole(store, full, values.get(part, EMPTY) if item is EMPTY else item)
        if item is not EMPTY:
            values[part] = item
    return values or own


def _may_be_item(store: Store, part: HyperParameterOccurrence, of: HyperParameterOccurrence) -> bool:
    """Whether an occurrence can be an item of the value of another, whose name its own begins with."""
    if part.level != SET:
        return False
    rows = store.by_name.get(of.name, ())
    if of.level == SET:
        return is_defined(rows)
    return _takes_item((of,), _path(store, part.name, of.name))


def _takes_item(rows: Sequence[HyperParameterOccurrence], path: Sequence[str]) -> bool:
    """Whether an item can be set in the value that rows of one name have, the one that decides first."""
    value = rows[0].value
    for part in path:
        if value is EMPTY or value is None or type(value) is NotLiteralEvaluable:
            break
        if not isinstance(value, dict):
            return False
        value = value.get(part, EMPTY)
    return is_defined(rows)


def _own(store: Store, name: str) -> Any:
    """Return the value that a name itself has, or EMPTY."""
    rows = store.by_name.get(name)
    return rows[0].value if rows else EMPTY


def _item(value: Any, path: Sequence[str]) -> Any:
    """Return an item of nested dicts, or EMPTY."""
    for part in path:
        value = value.get(part, EMPTY) if isinstance(value, dict) else EMPTY
    return value


def _path(store: Store, name: str, prefix: str) -> list[str]:
    return name[len(prefix) + 1 :].split(store.separator)
