"""`conflicting-hints`: two calls of one program give a name different hints, of which one is lost."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.questions.describe import shown_place, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.hints import Hinted, hinted


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each hint's value, with the first that differs."""
    for key in snapshot.index.files[path].hinted:
        all_hints = hinted(snapshot, path, key)
        for one in all_hints:
            other = next((two for two in all_hints if _differ(one, two)), None)
            if one.use.path == path and other is not None:
                yield Violation(one.value.span, _message(snapshot, one, other), (_related(other),))


def _differ(one: Hinted, other: Hinted) -> bool:
    return (
        one.key == other.key
        and one.use is not other.use
        and _comparable(one.value.value) != _comparable(other.value.value)
    )


def _comparable(value: object) -> object:
    """Give a value as it compares: a list and a tuple of the same are the same choices."""
    return tuple(map(_comparable, value)) if isinstance(value, list | tuple) else value


def _message(snapshot: Snapshot, one: Hinted, other: Hinted) -> str:
    there = f"{shown_value(other.value, 40)} in {shown_place(snapshot, other.use)}"
    return f"`{one.use.key.name}` has another `{one.key}` elsewhere, {there}: keep one of them"


def _related(other: Hinted) -> Related:
    return Related(other.use.path, other.value.span, f"`{other.key}` is {shown_value(other.value, 40)} here")
