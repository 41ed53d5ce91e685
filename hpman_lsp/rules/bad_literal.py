"""`bad-literal`: a default or hint that is written as a literal, but that Python cannot build."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.parsed import problems


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the literal."""
    for one in problems(snapshot, path, "bad-literal"):
        yield Violation(one.span, f"{one.message}: write another value")
