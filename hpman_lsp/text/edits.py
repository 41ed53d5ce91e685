"""Edits of a text by spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hpman.static.facts import Span


class Edit(NamedTuple):
    """Replaces the characters of a span of the text by new ones."""

    span: Span
    new_text: str


class ConflictingEditsError(ValueError):
    """Two edits of one text overlap, or one reaches outside of it.

    edits: those that conflict; one where it reaches outside.
    """

    def __init__(self, *edits: Edit) -> None:
        self.edits = edits
        spans = " and ".join(f"{edit.span.start}-{edit.span.end}" for edit in edits)
        super().__init__(f"conflicting edits at {spans}: none was applied")


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied at once; their spans are of the text as it was.

    Edits may touch, and insertions at one place keep their order.

    Raises: ConflictingEditsError if two overlap or one reaches outside the text.
    """
    pieces: list[str] = []
    done = 0
    last: Edit | None = None
    for edit in sorted(edits, key=lambda edit: edit.span):
        start, end = edit.span
        if not 0 <= start <= end <= len(text):
            raise ConflictingEditsError(edit)
        if last is not None and start < done:
            raise ConflictingEditsError(last, edit)
        pieces += (text[done:start], edit.new_text)
        done, last = end, edit
    return "".join((*pieces, text[done:]))
