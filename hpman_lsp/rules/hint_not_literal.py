"""`hint-not-literal`: a hint whose value can only be known by running the code, which parsing refuses."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.parsed import problems


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the hint's value."""
    for one in problems(snapshot, path, "hint-not-literal"):
        yield Violation(one.span, one.message)
