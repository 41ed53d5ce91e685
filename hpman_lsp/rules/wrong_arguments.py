"""`wrong-arguments`: a call without a name, or with more than a name and a default."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.parsed import problems


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the call."""
    for one in problems(snapshot, path, "wrong-arguments"):
        yield Violation(one.span, one.message)
