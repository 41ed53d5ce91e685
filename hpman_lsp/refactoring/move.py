"""Moves the default of a hyperparameter to another of its calls."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import NOT_LITERAL, Occurrence
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import shown_path, shown_place
from hpman_lsp.workspace.questions.lookup import symbol_of
from hpman_lsp.workspace.snapshot import Snapshot

from .action import Action
from .arguments import name_only, with_default
from .safety import is_safe


def move(snapshot: Snapshot, use: Use) -> Iterator[Action]:
    """Offer to move the default here, with its hints: to a call that only reads, where one other call has it.

    A default that is no literal stays: what it needs may not be here. Where not each program that has the default now is
    sure to have it then, that is to be confirmed.
    """
    definitions = symbol_of(snapshot, use).definitions
    target = use.source
    if use.kind != "read" or len(definitions) != 1 or not isinstance(target, Occurrence):
        return
    other = definitions[0]
    source = other.source
    if not isinstance(source, Occurrence) or source.default is None or source.default.value is NOT_LITERAL:
        return
    taken = with_default(snapshot.files[use.path].text, target, source.default.text, source.hints)
    left = name_only(snapshot.files[other.path].text, source)
    if taken is not None and left is not None:
        edits = {use.path: (taken,)}
        edits[other.path] = (*edits.get(other.path, ()), left)
        title = f"Move the default of `{use.key.name}` here, from {shown_place(snapshot, other)}"
        yield Action(title, edits, None if is_safe(snapshot, other, use) else _alone(snapshot, other))


def _alone(snapshot: Snapshot, use: Use) -> str:
    path = shown_path(snapshot, use.path)
    return f"a program that runs {path} and does not parse this file has no default then"
