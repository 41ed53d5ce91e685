"""Python values as JSON has them."""

from __future__ import annotations

import math

from hpman.static.facts import NOT_LITERAL

_MOST = 10**1000  # Python writes no number of thousands of digits


def plain(value: object) -> object:
    """Give a value as JSON: tuples as lists; None for what JSON cannot hold, which is the source's to tell."""
    try:
        return _plain(value)
    except (TypeError, ValueError):
        return None


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | str) or (isinstance(value, int) and abs(value) < _MOST):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(item) for key, item in value.items()}
    raise TypeError(value if value is not NOT_LITERAL else "not a literal")
