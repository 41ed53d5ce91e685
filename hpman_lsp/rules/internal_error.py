"""`internal-error`: hpman itself failed on this file, and nothing is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hpman.static.facts import Span
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation

CODE: Final = "internal-error"


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at the start of the file; where a rule fails, the caller of the rules reports it so too."""
    fault = snapshot.files[path].fault
    if fault is not None:
        yield Violation(Span(0, 0), message_of(fault))


def message_of(fault: str) -> str:
    """Return the message for a fault, which is the rest of a sentence that begins with the file."""
    return f"this file {fault}"
