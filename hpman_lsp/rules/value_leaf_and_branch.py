"""`leaf-and-branch`: a value file uses one name for a value and for a group, which no program can have."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.valuefiles.entries import Entry
from hpman.valuefiles.nodes import is_empty
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import shown_place
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.value_entries import bounded, values_in


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it of two keys of the file, and of a key and the code."""
    yield from bounded(_found(snapshot, path))


def _found(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    told = set()
    for entry, problem in snapshot.values.clashes(path):
        if problem.code == "leaf-and-branch":
            told.add(entry.key.span)
            yield Violation(problem.span, problem.message)
    for entry, (meaning, use, _) in values_in(snapshot, path):
        if use is None or entry.key.span in told or meaning not in ("group", "below"):
            continue
        if meaning == "group" and is_empty(entry.value):
            continue  # it has no names yet
        related = Related(use.path, use.literal.literal, f"`{use.key.name}` is here")
        yield Violation(entry.key.span, _message(snapshot, entry, meaning, use), (related,))


def _message(snapshot: Snapshot, entry: Entry, meaning: str, use: Use) -> str:
    place = shown_place(snapshot, use)
    if meaning == "group":
        return f"`{entry.name}` is a group in the code (`{use.key.name}` in {place}), so that it cannot have a value"
    return f"`{use.key.name}` is a value in the code ({place}), so that it cannot hold `{entry.name}`"
