"""What the hints of a program say about a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

from hpman.static.facts import NOT_LITERAL, Expression, Occurrence
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.snapshot import Snapshot

from .programs import uses_beside


class Hinted(NamedTuple):
    """A hint with a literal value, and the call that has it."""

    use: Use
    key: str
    value: Expression


def hinted(snapshot: Snapshot, path: str, key: Key) -> tuple[Hinted, ...]:
    """Give the hints of a name in all that one program parses with a file, by path and place."""
    files = snapshot.index.files
    paths = (one for one in snapshot.index.users(key).paths if key in files[one].hinted)
    return tuple(one for use in uses_beside(snapshot, path, key, paths) for one in _of(use))


def uses_with_hints(snapshot: Snapshot, path: str) -> Iterator[tuple[Use, Mapping[str, Hinted]]]:
    """Yield each use in a file of what has hints in its program, with these: its own before those of other calls."""
    files, keys = snapshot.index.files, snapshot.index.keys
    own = files[path].hinted
    for key, uses in files[path].by_key.items():
        others = keys[key].paths if key in keys else ()
        if key not in own and (len(others) < 2 or not any(key in files[one].hinted for one in others)):
            continue
        first: dict[str, Hinted] = {}
        for one in hinted(snapshot, path, key):
            first.setdefault(one.key, one)
        yield from ((use, {**first, **{one.key: one for one in _of(use)}}) for use in uses)


def hint_for(snapshot: Snapshot, use: Use, *keys: str) -> dict[str, Hinted]:
    """Give the hints for a call: its own, and where it has none those of other calls for the same name."""
    found = {}
    for one in (*hinted(snapshot, use.path, use.key), *_of(use)):
        if one.key in keys and (one.key not in found or one.use is use):
            found[one.key] = one
    return found


def bounds(hints: Mapping[str, Hinted]) -> tuple[float | None, float | None]:
    """Return the low and the high bound that `range`, or else `min` and `max`, set; None where there is none."""
    around = hints["range"].value.value if "range" in hints else None
    if isinstance(around, list | tuple) and len(around) == 2:
        low, high = around
    else:
        low, high = (hints[key].value.value if key in hints else None for key in ("min", "max"))
    return (low if is_number(low) else None), (high if is_number(high) else None)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number, which a boolean is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of(use: Use) -> tuple[Hinted, ...]:
    if not isinstance(use.source, Occurrence):
        return ()
    return tuple(
        Hinted(use, one.key, one.value) for one in use.source.hints if one.value.value is not NOT_LITERAL
    )
