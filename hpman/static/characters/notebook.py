"""The Python of a notebook's cell: what only IPython reads is blanked, so that all else stays in its place."""

from __future__ import annotations

import re

from .lexer import QUOTED

# Cell magics that run their body in the notebook's own program; the body of every other is not its Python.
_OF_PYTHON = frozenset(
    [
        "capture",
        "debug",
        "memit",
        "memray_flamegraph",
        "prun",
        "px",
        "pyinstrument",
        "scalene",
        "snakeviz",
        "time",
        "timeit",
        "wandb",
    ]
)
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w*)")
# Line magics whose argument is a statement of this program, with their options (of which some have a value).
_RUNNING = re.compile(
    r"%(?:time|timeit|prun|memit|lprun|mprun)\b(?:[ \t]+-(?:[nrfTDlsmu][ \t]*[\w.]+|\w+))*[ \t]+(?=[^\s\-])"
)
_ESCAPE = re.compile(r"[ \t]*(?P<escape>[!?%,;/])")
_ASSIGNED = re.compile(r"(?<![=!<>:+\-*/%@&|^~])=[ \t]*(?P<escape>%(?=[ \t]*\w)|!)")
_TOKEN = re.compile(
    rf"""
    (?P<opaque>{QUOTED} | ["'][^\r\n]* | \#[^\r\n]* | \\(?:\r\n|[\s\S]) | [^\s"'\#\\()\[\]{{}}=?]+)
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<assign>=)
  | (?P<help>\?{{1,2}}[ \t]*(?=[\r\n]|\Z))
  | (?P<line_end>\r\n|\r|\n)
  | [^\S\r\n]+ | [?\\]
    """,
    re.VERBOSE,
)
_INDENT = re.compile(r"[ \t\f]*")
# The rest of a line, and of those that a backslash joins to it.
_REST = re.compile(r"(?:[^\r\n\\]|\\(?:\r\n|[\s\S])|\\\Z)*")
_VISIBLE = re.compile(r"[^\r\n]")


def masked(cell: str) -> str:
    """Blank out what is not Python in a cell: magics, shell commands, questions for help.

    Where a statement is needed a `0` stands in their place. What a magic such as `%time` runs is kept, as is
    the body of a cell magic such as `%%time`; that of another, such as `%%bash`, is not.

    Returns a text with the same offsets and line ends. Its characters may be narrower than the cell's, so
    positions in UTF-8 or UTF-16 are to be taken from the cell.
    """
    magic = _CELL_MAGIC.match(cell)
    if magic is None:
        return _without_escapes(cell, 0)
    body = _REST.match(cell, magic.start("name")).end()  # type: ignore[union-attr] # it matches anything
    if magic["name"] not in _OF_PYTHON:
        return _blank(cell)
    return _blank(cell[:body]) + _without_escapes(cell, body)


def _without_escapes(cell: str, start: int) -> str:
    """Mask line by line, as what IPython reads of a line must not be mistaken for brackets or strings."""
    parts: list[str] = []
    while start < len(cell):
        end, escape = _logical_line(cell, start)
        if escape is None:
            parts.append(cell[start:end])
        else:
            parts += (cell[start:escape], _instead(cell, escape, end))
        start = end
    return "".join(parts)


def _logical_line(cell: str, start: int) -> tuple[int, int | None]:
    """Give where the statement line at `start` ends, and where in it IPython's own syntax begins."""
    begun = _ESCAPE.match(cell, start)
    if begun is not None:
        return _REST.match(cell, start).end(), begun.start("escape")  # type: ignore[union-attr]
    depth, position = 0, start
    while (token := _TOKEN.match(cell, position)) is not None:
        position = token.end()
        kind = token.lastgroup
        depth = max(0, depth + (kind == "open") - (kind == "close"))
        if kind == "line_end" and not depth:
            break
        if kind == "help":
            return position, _INDENT.match(cell, start).end()  # type: ignore[union-attr]
        if kind == "assign" and not depth and (given := _ASSIGNED.match(cell, token.start())) is not None:
            return _REST.match(cell, position).end(), given.start("escape")  # type: ignore[union-attr]
    return position, None


def _instead(cell: str, escape: int, end: int) -> str:
    running = _RUNNING.match(cell, escape, end)
    if running is None:
        return "0" + _blank(cell[escape + 1 : end])
    before = cell[:escape].rstrip(" \t")[-1:]
    width = running.end() - escape
    return (" " * width if before == "=" else "0;".ljust(width)) + cell[running.end() : end]


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)
