"""`default-not-in-choices`: the default is none of the values that the hint `choices` allows."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.questions.describe import given, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import defaults_with_hints, known_value, related
from .helpers.finding import Violation


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the default; None, which stands for no choice made, is always allowed."""
    for use, default, hints in defaults_with_hints(snapshot, path):
        choices = hints.get("choices")
        if choices is None or not isinstance(choices.value.value, list | tuple | set | frozenset | dict):
            continue
        value = known_value(default)
        if value is not None and not any(value == one for one in choices.value.value):
            what = f"the default {shown_value(given(use), 40)} of `{use.key.name}`"
            message = (
                f"{what} is none of its choices {shown_value(choices.value)}: take one of them, or add it"
            )
            yield Violation(default.span, message, related(use, choices))
