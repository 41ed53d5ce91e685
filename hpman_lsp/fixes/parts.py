"""Fixes for names that are a value and a group."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import Access
from hpman_lsp.refactoring.imports import free_name
from hpman_lsp.refactoring.renaming import Renamed, renamed
from hpman_lsp.refactoring.target import Target
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.leaf_and_branch import clash
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.python.literals import renaming
from hpman_lsp.workspace.questions.lookup import symbol_of
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, many_edits, named_at
from .values import removed_key


def leaf_and_branch(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Make the value a part of the group, or take the part out of it; in a value file, remove the key."""
    if path in snapshot.value_files:
        yield from removed_key(snapshot, path, diagnostic)
        return
    use = named_at(snapshot, path, diagnostic.span)
    other = None if use is None else clash(snapshot, use)
    if use is not None and other is not None:
        leaf, part = sorted((use, other), key=lambda one: len(one.key.name))
        yield from _nested(snapshot, leaf)
        group = _group_of(leaf, part)
        if part is use or all(map(group.holds, (one.name for one in snapshot.index.nested(leaf.key)))):
            yield from _taken_out(snapshot, leaf, group)


def _nested(snapshot: Snapshot, leaf: Use) -> Iterator[Fix]:
    """Name the value as a part of the group, wherever it is named; not where a name may be made at run time."""
    symbol = symbol_of(snapshot, leaf)
    manager, old = leaf.key
    shares = snapshot.reach.sees([use.path for use in symbol.uses], manager)
    doubted = snapshot.index.dynamic.get(manager, frozenset()) | snapshot.index.open_ended.get(
        manager, frozenset()
    )
    if symbol.values or any(map(shares, doubted)):
        return
    name = free_name(snapshot, leaf.path, manager, f"{old}.value")
    edits: dict[str, tuple[Edit | None, ...]] = {}
    for use in symbol.uses:
        edits[use.path] = (*edits.get(use.path, ()), _renaming(snapshot, use, name))
    yield from many_edits(f"Call the value `{name}`", edits)


def _group_of(leaf: Use, part: Use) -> Target:
    """Give the part directly below a value: `a.b` for `a.b.c` below `a`."""
    end = part.key.name.find(".", len(leaf.key.name) + 1)
    name = part.key.name if end < 0 else part.key.name[:end]
    return Target(part.key._replace(name=name), part.path)


def _taken_out(snapshot: Snapshot, leaf: Use, part: Target) -> Iterator[Fix]:
    manager, old = part.key
    wanted = f"{leaf.key.name}_{old[len(leaf.key.name) + 1 :]}"
    name = free_name(snapshot, part.path, manager, wanted)
    found = renamed(snapshot, part, name)
    if isinstance(found, Renamed) and not found.doubts:
        yield Fix(f"Call `{old}` `{name}`", found.edits)


def _renaming(snapshot: Snapshot, use: Use, name: str) -> Edit | None:
    prefix = use.source.prefix if isinstance(use.source, Access) else ""
    if not name.startswith(prefix):
        return None
    return renaming(snapshot.files[use.path].text, use.literal, name[len(prefix) :])
