"""`default-out-of-range`: the default is outside of what the hint `range`, or `min` and `max`, allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from hpman.valuefiles.fitting import written
from hpman_lsp.workspace.questions.describe import shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import defaults, known_value, related
from .helpers.finding import Violation
from .helpers.hints import Hinted, hint_for


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the default; what is no number has no range."""
    for use, default in defaults(snapshot, path):
        value = known_value(default)
        if not _is_number(value):
            continue
        hints = hint_for(snapshot, use, "range", "min", "max")
        low, high = _bounds(hints)
        if (low is not None and value < low) or (high is not None and value > high):
            what = (
                f"the default {shown_value(default, 40)} of `{use.key.name}` is {_outside(value, low, high)}"
            )
            message = f"{what}: change it, or the hint"
            yield Violation(default.span, message, related(use, *hints.values()))


def _outside(value: float, low: float | None, high: float | None) -> str:
    return f"less than {written(low)}" if low is not None and value < low else f"more than {written(high)}"


def _bounds(hints: Mapping[str, Hinted]) -> tuple[float | None, float | None]:
    """Give the least and the greatest value that are allowed; None where there is no bound."""
    around = hints["range"].value.value if "range" in hints else None
    if isinstance(around, list | tuple) and len(around) == 2:
        low, high = around
    else:
        low, high = (hints[key].value.value if key in hints else None for key in ("min", "max"))
    low, high = (one if _is_number(one) else None for one in (low, high))
    return (None, None) if low is not None and high is not None and low > high else (low, high)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
