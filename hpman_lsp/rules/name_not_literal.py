"""`name-not-literal`: the name of a hyperparameter can only be known by running the code, which parsing refuses."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.parsed import problems


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the name."""
    for one in problems(snapshot, path, "name-not-literal"):
        yield Violation(one.span, one.message)
