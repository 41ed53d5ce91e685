"""Patterns of files in `[tool.hpman]`: as in .gitignore, but each starts at its folder."""

from __future__ import annotations

import os

from pathspec import GitIgnoreSpec


def anchored(folder: str, pattern: str) -> tuple[str, GitIgnoreSpec]:
    """Give the folder that a pattern starts at, and what matches paths relative to it; raises one of `BAD_PATTERN`.

    `a.py` is not a file of any depth, and `../b` starts in the folder above.
    """
    steps = os.path.normpath(pattern).replace(os.sep, "/").split("/")
    while steps and steps[0] == "..":
        folder = os.path.dirname(folder)
        steps = steps[1:]
    start = "/" + "/".join(step for step in steps if step != ".")
    return folder, GitIgnoreSpec.from_lines(["/**" if start == "/" else start])
