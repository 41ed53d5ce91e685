"""What a rename is about: one hyperparameter, or a group with all that is below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.facts import Access, Name, Span
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.questions.lookup import symbol_of_value, use_at, value_at
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse


class Target(NamedTuple):
    """A name of a manager as one file sees it; whatever is nested below the name belongs to it.

    key.name: the whole name, from the outermost group on.
    """

    key: Key
    path: str

    def holds(self, name: str) -> bool:
        """Tell whether a hyperparameter is this one, or below this group."""
        return name == self.key.name or name.startswith(self.key.name + ".")


class Found(NamedTuple):
    """span: the characters that stand for the target at the cursor."""

    target: Target
    span: Span


def target_at(snapshot: Snapshot, path: str, offset: int) -> Found | None:
    """Find what a cursor means: on the last segment, and beside the name, all of it; before that, the group.

    In `optim.adam.lr` these are `optim`, `optim.adam`, `optim.adam.lr`.
    """
    value = value_at(snapshot, path, offset)
    if value is not None:
        return _of_value(snapshot, value, offset)
    use = use_at(snapshot, path, offset)
    if use is not None:
        prefix = use.source.prefix if isinstance(use.source, Access) else ""
        return _found(path, use.key.manager, prefix, use.literal, offset)
    for manager, way in _groups_at(snapshot, path, offset):
        prefix = "".join(f"{name.value}." for name in way[:-1])
        return _found(path, manager, prefix, way[-1], offset)
    return None


def _of_value(snapshot: Snapshot, value: ValueUse, offset: int) -> Found | None:
    """Find what a key of a value file means; None where no code knows the name."""
    symbol = symbol_of_value(snapshot, value)
    if symbol is None:
        return None
    key, prefix = value.entry.key, value.entry.prefix
    plain = value.file.text[slice(*value.span)] == key.text
    name = Name(key.text, value.span, key.span, plain)
    return _found(symbol.use.path, symbol.key.manager, prefix, name, offset)


def whole_target_at(snapshot: Snapshot, path: str, offset: int) -> Found | None:
    """Find what a cursor means to an editor that does not show it beforehand: always the whole name."""
    found = target_at(snapshot, path, offset)
    return None if found is None else target_at(snapshot, path, _end_of_name(snapshot, path, offset))


def _end_of_name(snapshot: Snapshot, path: str, offset: int) -> int:
    value = value_at(snapshot, path, offset)
    if value is not None:
        return value.entry.key.span.end
    use = use_at(snapshot, path, offset)
    if use is not None:
        return use.literal.literal.end
    return next(way[-1].literal.end for _, way in _groups_at(snapshot, path, offset))


def _found(path: str, manager: str, prefix: str, literal: Name, offset: int) -> Found:
    start, end = _segment(literal, offset)
    span = Span(literal.span.start + start, literal.span.start + end) if end >= 0 else literal.span
    return Found(Target(Key(manager, prefix + literal.value[: end if end >= 0 else None]), path), span)


def _segment(literal: Name, offset: int) -> tuple[int, int]:
    """Give where in a name the group ends that a cursor is in, and its last segment starts; end: -1 for no group."""
    at = offset - literal.span.start
    end = literal.value.find(".", at) if literal.plain and at >= 0 else -1
    return literal.value.rfind(".", 0, max(end, 0)) + 1, end


def _groups_at(snapshot: Snapshot, path: str, offset: int) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """Find what is written of a group by itself at an offset, a key or a prefix: (manager, the way to it)."""
    file = snapshot.files.get(path)
    for access in file.facts.accesses if file is not None else ():
        for number, name in enumerate(access.way):
            if name.literal.start <= offset <= name.literal.end and file is not None:
                manager = snapshot.manager(file, access.callee, access.scope, access.call)
                if manager is not None:
                    yield manager, access.way[: number + 1]
