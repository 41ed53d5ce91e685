"""What `exclude` in a `[tool.hpman]` says: the patterns of what is not read."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def excludes_of(data: bytes) -> tuple[str, ...]:
    """Read the patterns of a pyproject.toml; none where it has none, or cannot be read."""
    if b"hpman" not in data or b"exclude" not in data:
        return ()
    try:
        value: object = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ()
    for key in ("tool", "hpman", "exclude"):
        value = value.get(key) if isinstance(value, dict) else None
    some = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(one for one in some if isinstance(one, str))
