"""`default-not-literal`: a default that only running the code can tell: it is not known before, nor saved."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import NOT_LITERAL
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import defaults
from .helpers.finding import Violation


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the default; not while the code is being typed, or where the literal itself is at fault."""
    file = snapshot.files[path]
    if file.is_broken:
        return
    faulty = {one.span for one in file.facts.problems if one.code == "bad-literal"}
    for use, default in defaults(snapshot, path):
        if default.value is NOT_LITERAL and default.span not in faulty:
            message = (
                f"the default of `{use.key.name}` is no literal: before this call has run,"
                " its value is not known, and cannot be saved"
            )
            yield Violation(default.span, message)
