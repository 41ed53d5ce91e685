"""What a caller gets of a stored value: containers are copied, so that no two callers share one.

Exact `list`, `dict`, `set` and `bytearray` are copied, with the tuples and containers that hold them,
when a value is stored and each time that it is read; everything else (numbers, strings, arrays,
models, objects of one's own) is handed over as it is. What that costs: a value without such a
container is read from one dict; one with, through a lock and a copy (about a microsecond, and 50 ns for
each item).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ATOMS = frozenset({int, float, str, bool, bytes, complex, type(None)})
_CONTAINERS = frozenset({list, dict, set, bytearray, tuple})


def fresh(value: Any) -> Any:
    """Copy the containers of a value; a value without any is given back itself."""
    kind = type(value)
    if kind not in _CONTAINERS:
        return value
    if kind is list and _ATOMS.issuperset(map(type, value)):
        return value.copy()
    return _copied(value, {})


def is_alike(one: Any, other: Any) -> bool:
    """Whether two values are made of the same literals, of the same types and in the same order."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is list or kind is tuple:
        return len(one) == len(other) and all(map(is_alike, one, other))
    if kind is dict:
        return is_alike(list(one), list(other)) and is_alike(list(one.values()), list(other.values()))
    if one is other:
        return True
    return (
        kind in _ATOMS and bool(one == other) and (bool(one) or repr(one) == repr(other))
    )  # 0.0 is not -0.0


def _copied(value: Any, made: dict[int, Any]) -> Any:
    """Copy a value; `made` holds the copies by the id of what they copy, so that a cycle stays one."""
    kind = type(value)
    if kind is tuple:
        items = [_copied(item, made) for item in value]
        return value if all(map(_is, items, value)) else tuple(items)
    if kind is not list and kind is not dict and kind is not set and kind is not bytearray:
        return value
    if id(value) in made:
        return made[id(value)]
    if kind is bytearray or kind is set:  # what a set holds cannot be changed
        copy = made[id(value)] = value.copy()
    elif kind is list:
        copy = made[id(value)] = []
        copy.extend(_copied(item, made) for item in value)
    else:
        copy = made[id(value)] = {}
        copy.update((key, _copied(item, made)) for key, item in value.items())
    return copy


def _is(one: object, other: object) -> bool:
    return one is other
