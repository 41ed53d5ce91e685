"""Small programs in text files: `== NAME`, what is said of it, and its files, each behind `-- PATH`.

What can be said, a line each: `run: COMMAND` (default: main.py; there may be several, each the start of a program),
`needs: MODULE ...`, `python: >=3.12`, `fine: yes` (all of it ends well, whatever is reported), `why: TEXT`, and
`right: VERDICT [WORD] - REASON`, for a verdict (see `judging`) that is right by the documentation though it looks wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Accepted(NamedTuple):
    """A verdict that is right, if a word stands in its detail."""

    verdict: str
    word: str


class Program(NamedTuple):
    """files: texts by path; runs: the commands that start it."""

    name: str
    files: dict[str, str]
    runs: tuple[str, ...]
    needs: tuple[str, ...]
    python: tuple[str, ...]
    is_fine: bool
    accepted: tuple[Accepted, ...]


def programs_in(path: Path) -> Iterator[Program]:
    """Read the programs of a file, in order."""
    text = path.read_text(encoding="utf-8")
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        head, *files = re.split(r"^-- ", rest, flags=re.MULTILINE)
        yield _program(name.strip(), head, files)


def _program(name: str, head: str, files: list[str]) -> Program:
    said = [line.partition(": ")[::2] for line in head.splitlines() if line.strip()]

    def values(key: str) -> tuple[str, ...]:
        return tuple(value.strip() for one, value in said if one == key)

    return Program(
        name,
        dict(_file(one) for one in files),
        values("run") or ("main.py",),
        tuple(word for one in values("needs") for word in one.split()),
        tuple(word for one in values("python") for word in one.split()),
        bool(values("fine")),
        tuple(map(_accepted, values("right"))),
    )


def _file(text: str) -> tuple[str, str]:
    path, _, content = text.partition("\n")
    return path.strip(), content


def _accepted(text: str) -> Accepted:
    verdict, _, word = text.partition(" - ")[0].partition(" ")
    return Accepted(verdict, word.strip())
