"""How much work something is: a count of Python calls, which is the same on each machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def counted_calls(work: Callable[[], object]) -> int:
    """Return how many Python functions are called by some work, after it was done once to fill caches."""
    work()
    return counted_calls_once(work)


def counted_calls_once(work: Callable[[], object]) -> int:
    """Return how many Python functions are called by some work."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
