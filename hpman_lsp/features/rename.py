"""Gives a hyperparameter, or a group of them, another name, everywhere or nowhere."""

from __future__ import annotations

from typing import NamedTuple

from hpman.static.facts import Span
from hpman_lsp.refactoring.doubts import worded
from hpman_lsp.refactoring.renaming import Refusal, Renamed, renamed, unquoted
from hpman_lsp.refactoring.target import target_at, whole_target_at
from hpman_lsp.workspace.snapshot import Snapshot


class Prepared(NamedTuple):
    """span: what the editor selects; placeholder: the name that it offers to change."""

    span: Span
    placeholder: str


def prepare_rename(snapshot: Snapshot, path: str, offset: int) -> Prepared | None:
    """Tell what would be renamed at an offset; None off our names.

    On the last segment of a name that is the whole name, groups included; on a segment before it, the group
    with all that is below it. What is offered is always a name from the outermost group on.
    """
    found = target_at(snapshot, path, offset)
    return None if found is None else Prepared(found.span, found.target.key.name)


def rename(snapshot: Snapshot, path: str, offset: int, new_name: str) -> Renamed | Refusal | None:
    """Rename what `prepare_rename` offers at an offset, in all files that share it; None off our names.

    new_name: what replaces the placeholder.
    """
    found = target_at(snapshot, path, offset)
    return None if found is None else renamed(snapshot, found.target, unquoted(new_name))


def rename_whole(snapshot: Snapshot, path: str, offset: int, new_name: str) -> Renamed | Refusal | None:
    """Rename the whole name at an offset, for an editor that does not show what would be renamed."""
    found = whole_target_at(snapshot, path, offset)
    return None if found is None else renamed(snapshot, found.target, unquoted(new_name))


def told(snapshot: Snapshot, found: Renamed) -> str | None:
    """Tell in words for the user what a rename may have left out; None where there is no doubt."""
    if not found.doubts:
        return None
    return f"look at what may mean the old name: {worded(snapshot, found.doubts)}"
