"""Where a name stands, and how another is written there.

A name stands in one string, or in several, one inside the other: the keys of `set_tree({"optim": {"lr": 1}})`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from hpman.static.facts import Name, Span
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.python.literals import renaming
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .calls import tree_paths
from .target import Target


class Piece(NamedTuple):
    """A string that holds a whole name, or the part of it that is its own.

    literal: with its quotes; no two pieces of a file overlap.
    write: gives the edit that writes another part; None where that would lose a comment.
    """

    value: str
    literal: Span
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
    """Give the files that name the target, or anything below it, and share it with the target's own file."""
    index, key = snapshot.index, target.key
    users = frozenset().union(*(index.users(one).paths for one in names_of(snapshot, target)))
    linked = snapshot.reach.linked_to(users, key.manager, target.path)
    shares = snapshot.reach.sees(linked, key.manager)
    return linked.union(filter(shares, index.open_ended.get(key.manager, ())))


def names_of(snapshot: Snapshot, target: Target) -> tuple[Key, ...]:
    """Give the target's key, and all below it."""
    return (target.key, *snapshot.index.nested(target.key))


def _in_calls(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    keys = names_of(snapshot, target)
    for path in sorted(paths & snapshot.index.files.keys()):
        text = snapshot.files[path].text
        by_key = snapshot.index.files[path].by_key
        for use in (use for key in keys for use in by_key.get(key, ())):
            if getattr(use.source, "method", "") != "set_tree":
                yield Place(path, (_piece(text, use.literal),))


def _in_trees(snapshot: Snapshot, target: Target, paths: frozenset[str]) -> Iterator[Place]:
    for path in sorted(paths & snapshot.files.keys()):
        file = snapshot.files[path]
        for call in sorted(_trees(snapshot, file, target.key.manager)):
            for way in tree_paths(file.text, call):
                place = Place(path, tuple(_piece(file.text, name) for name in way))
                if target.holds(place.name):
                    yield place


def _trees(snapshot: Snapshot, file: SourceFile, manager: str) -> set[Span]:
    accesses = {access.call: access for access in file.facts.accesses if access.method == "set_tree"}
    return {
        call
        for call, access in accesses.items()
        if snapshot.manager(file, access.callee, access.scope, call) == manager
    }


def _piece(text: str, name: Name) -> Piece:
    return Piece(name.value, name.literal, partial(renaming, text, name))


_SOURCES: tuple[Source, ...] = (_in_calls, _in_trees)
