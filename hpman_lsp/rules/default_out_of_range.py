"""`default-out-of-range`: the default is outside of what the hint `range`, or `min` and `max`, allow."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.valuefiles.fitting import written
from hpman_lsp.workspace.questions.describe import shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import defaults_with_hints, known_value, related
from .helpers.finding import Violation
from .helpers.hints import bounds, is_number


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the default; what is no number has no range."""
    for use, default, hints in defaults_with_hints(snapshot, path):
        value = known_value(default)
        if not is_number(value):
            continue
        low, high = bounds(hints)
        if low is not None and high is not None and low > high:
            continue  # `hint-not-a-space` reports that
        if (low is not None and value < low) or (high is not None and value > high):
            what = (
                f"the default {shown_value(default, 40)} of `{use.key.name}` is {_outside(value, low, high)}"
            )
            message = f"{what}: change it, or the hint"
            yield Violation(
                default.span,
                message,
                related(use, *(hints[key] for key in ("range", "min", "max") if key in hints)),
            )


def _outside(value: float, low: float | None, high: float | None) -> str:
    return f"less than {written(low)}" if low is not None and value < low else f"more than {written(high)}"
