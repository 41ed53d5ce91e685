"""Lines of prose with source and places in them, as markdown and as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

# Gives the target of a markdown link to a line (from 0) of a file: only the server knows addresses.
Link = Callable[[str, int], str]

# What can begin markup in the middle of a line (CommonMark 0.31, chapter 6, and the tables and strikethrough
# of GitHub's).
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
_BACKTICKS = re.compile(r"`+")


class Code(NamedTuple):
    """A piece of source, on one line."""

    text: str


class Place(NamedTuple):
    """A line, from 0, of a file, and how it is shown."""

    path: str
    line: int
    shown: str


Piece = str | Code | Place
Line = tuple[Piece, ...]


def markdown(head: Iterable[str], lines: Iterable[Line], link: Link | None) -> str:
    """Render a head of source lines, and lines of prose below it.

    link: None leaves places without links.
    """
    block = "\n".join(head)
    fence = "`" * max(3, _longest_run(block) + 1)
    prose = "  \n".join("".join(_marked(piece, link) for piece in line) for line in lines)
    return f"{fence}python\n{block}\n{fence}\n\n{prose}"


def plaintext(head: Iterable[str], lines: Iterable[Line]) -> str:
    """Render the same as plain text."""
    return "\n".join([*head, "", *map(plain_line, lines)])


def plain_line(line: Line) -> str:
    """Render one line of prose as plain text."""
    return "".join(map(_plain, line))


def _marked(piece: Piece, link: Link | None) -> str:
    if isinstance(piece, Code):
        return _inline_code(piece.text)
    if isinstance(piece, Place):
        shown = _escaped(piece.shown)
        return shown if link is None else f"[{shown}](<{link(piece.path, piece.line)}>)"
    return _escaped(piece)


def _plain(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text if isinstance(piece, Code) else piece.shown


def _inline_code(text: str) -> str:
    """A code span is delimited by more backticks than it holds, with a space where it begins or ends with one."""
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
