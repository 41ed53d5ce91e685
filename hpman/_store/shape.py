"""Which names can stand side by side, and the value of a name that has parts.

A name is a value or a branch, not both, with one exception: parts that were set win over the value of
a definition, so that `set_value("c.d", 3)` overrides one item of `_("c", {"d": 2})`.
"""

from __future__ import annotations

from hpman._names import prefixes
from hpman.primitives import EMPTY, SET, ImpossibleTree

from .table import format_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .occurrence import HyperParameterOccurrence
    from .store import Store


def clash(store: Store, row: HyperParameterOccurrence) -> HyperParameterOccurrence | None:
    """Give an occurrence beside which a new one cannot stand, or None."""
    name, is_set = row.name, row.level == SET
    for prefix in prefixes(name, store.separator):
        for other in store.by_name.get(prefix, ()):
            if other.has_default_value and (other.level == SET or not is_set):
                return other
    if row.has_default_value and name in store.branches:
        return next((other for other in below(store, name) if is_set or other.level != SET), None)
    return None


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


def merged(store: Store, name: str, base: Any, leaf: Callable[[Any], Any]) -> Any:
    """Give the value of a name with the values of its parts in it, or EMPTY.

    base: what the branch around it says of it, should nothing else be said.
    leaf: what to give for a value that is not a branch.
    """
    rows = store.by_name.get(name)
    own = rows[0].value if rows and rows[0].has_default_value else base
    parts = store.branches.get(name)
    if not parts:
        return own if own is EMPTY else leaf(own)
    held = dict(own) if isinstance(own, dict) else {}
    values = {key: leaf(value) for key, value in held.items() if key not in parts}
    for part in parts:
        full = f"{name}{store.separator}{part}" if name else part
        value = merged(store, full, held.get(part, EMPTY), leaf)
        if value is not EMPTY:
            values[part] = value
    return values or own
