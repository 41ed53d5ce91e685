"""Where a name stands, and how another is written there.

A name stands in one string, or in several, one inside the other: the keys of `set_tree({"optim": {"lr": 1}})`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from hpman.static.facts import Access, Name, Occurrence, Span
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.python.items import asked_items
from hpman_lsp.workspace.python.literals import renaming
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.questions.items import item_in
from hpman_lsp.workspace.snapshot import Snapshot

from .target import Target


class Piece(NamedTuple):
    """A string that holds a whole name, or the part of it that is its own.

    literal: with its quotes; no two pieces of a file overlap; is_word: it has none.
    write: gives the edit that writes another part; None where that would lose a comment, or it is no word.
    """

    value: str
    literal: Span
    is_word: bool
    write: Callable[[str], Edit | None]


class Place(NamedTuple):
    """One place of a name; its pieces, with dots between them, are the name."""

    path: str
    pieces: tuple[Piece, ...]

    @property
    def literal(self) -> Span:
        """The innermost string."""
        return self.pieces[-1].literal

    @property
    def name(self) -> str:
        """The whole name."""
        return ".".join(piece.value for piece in self.pieces)


# Finds the places of a target's names in files.
Source = Callable[[Snapshot, Target, "frozenset[str]"], Iterator[Place]]


def places(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    """Give every place of the target's names in files that share them."""
    for source in _SOURCES:
        yield from source(snapshot, target, paths)


def sharing_paths(snapshot: Snapshot, target: Target) -> frozenset[str]:
    """Give the files that name the target, or anything below or above it, and share it with the target's own file."""
    index, key = snapshot.index, target.key
    keys = (*names_of(snapshot, target), *branches(key))
    users = frozenset().union(*(index.users(one).paths for one in keys))
    linked = snapshot.reach.linked_to(users, key.manager, target.path)
    shares = snapshot.reach.sees(linked, key.manager)
    return linked.union(filter(shares, index.open_ended.get(key.manager, ())))


def names_of(snapshot: Snapshot, target: Target) -> tuple[Key, ...]:
    """Give the target's key, and all below it."""
    return (target.key, *snapshot.index.nested(target.key))


def _in_uses(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    keys = names_of(snapshot, target)
    for path in sorted(paths & snapshot.index.files.keys()):
        text = snapshot.files[path].text
        by_key = snapshot.index.files[path].by_key
        for use in (use for key in keys for use in by_key.get(key, ())):
            yield Place(path, tuple(_piece(text, name) for name in (*_way(use), use.literal)))


def _around_unknown(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    """Give the groups, as they are written, in which a name stands that only running the program can tell."""
    for path in sorted(paths & snapshot.files.keys()):
        file = snapshot.files[path]
        for access in file.facts.accesses:
            if access.name is not None or not access.way:
                continue
            place = Place(path, tuple(_piece(file.text, name) for name in access.way))
            if target.holds(place.name) and _manager(snapshot, file, access) == target.key.manager:
                yield place


def _manager(snapshot: Snapshot, file: SourceFile, access: Access) -> str | None:
    return snapshot.manager(file, access.callee, access.scope, access.call)


def _piece(text: str, name: Name) -> Piece:
    return Piece(name.value, name.literal, name.is_word, partial(renaming, text, name))


def _in_items(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    """Give the keys of dicts that are values: in the calls that give them, and where they are asked for an item."""
    for path in sorted(paths & snapshot.index.files.keys()):
        by_key = snapshot.index.files[path].by_key
        for use in (use for above in branches(target.key) for use in by_key.get(above, ())):
            text = snapshot.files[path].text
            start = tuple(_piece(text, name) for name in (*_way(use), use.literal))
            found = item_in(snapshot, use, target.key)
            if found is not None:
                yield Place(path, (*start, *(_piece(text, name) for name in found.way)))
            asked = asked_items(text, use.call.end) if _gives_value(use) else ()
            for count in range(1, len(asked) + 1):
                place = Place(path, (*start, *(_piece(text, name) for name in asked[:count])))
                if place.name == target.key.name:
                    yield place


def _way(use: Use) -> tuple[Name, ...]:
    return use.source.way if isinstance(use.source, Access) else ()


def _gives_value(use: Use) -> bool:
    """Whether a call, or an item of a view, gives the value of the name."""
    return isinstance(use.source, Occurrence) or use.source.method in ("get_value", "get_values()")


_SOURCES: tuple[Source, ...] = (_in_uses, _around_unknown, _in_items)
