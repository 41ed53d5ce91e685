"""`unknown-name`: a key of a value file names no hyperparameter, so that its value goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from hpman._names import alike, did_you_mean
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.value_entries import MOST_SUGGESTIONS, bounded, values_in


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it once all files are known, and only where nothing can have the name.

    Where a manager is handed on, code that is not followed may use any name: then only what looks misspelt is told.
    """
    if snapshot.complete and not snapshot.unreadable and not snapshot.values.may_use_any(path):
        yield from bounded(_found(snapshot, path))


def _found(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    known = sorted(snapshot.values.names(path))
    if not known:
        return
    unknown, others = 0, snapshot.values.may_use_others(path)
    for entry, (meaning, use, _) in values_in(snapshot, path):
        if meaning == "unknown":
            unknown += 1
            meant = did_you_mean(alike(entry.name, known)) if unknown <= MOST_SUGGESTIONS else ""
            if meant or not others:
                yield Violation(entry.key.span, f"no code uses a hyperparameter `{entry.name}`{meant}")
        elif meaning == "no-item" and use is not None:
            message = f"the default of `{use.key.name}` has no item `{entry.name[len(use.key.name) + 1 :]}`"
            yield Violation(entry.key.span, message)
