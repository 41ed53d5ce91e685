"""Where a value comes from."""

from __future__ import annotations

from typing import Any, NamedTuple

from hpman.primitives import UNKNOWN_FILENAME


class Origin(NamedTuple):
    """A value in force, and the reason for it.

    value: as `get_value` gives it.
    kind: "parsed" (a default that was parsed), "called" (a default that a call gave at run time), "set",
        or "nested" (a branch, or a value of which parts were set: it comes from its parts).
    filename, lineno: where the call stands; "<unknown>" and None for what was set, and for "nested".
    """

    value: Any
    kind: str
    filename: str
    lineno: int | None

    def __str__(self) -> str:
        place = "" if self.filename == UNKNOWN_FILENAME else f" at {self.filename}"
        line = "" if self.lineno is None else f":{self.lineno}"
        return f"{self.value!r} ({self.kind}{place}{line})"
