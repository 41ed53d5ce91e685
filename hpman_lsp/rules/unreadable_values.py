"""`unreadable-values`: a value file, or a part of it, is nothing that values can be read from."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.value_entries import bounded

_OTHERS = ("duplicate-key", "leaf-and-branch")  # codes of problems that have rules of their own


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell what the reader of value files tells."""
    file = snapshot.value_files[path]
    problems = (
        one
        for one in (*file.parsed.problems, *snapshot.values.as_used(path).problems)
        if one.code not in _OTHERS
    )
    yield from bounded(Violation(one.span, one.message, data=one.code) for one in problems)
