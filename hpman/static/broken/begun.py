"""Reads a call that is being typed, as far as its arguments are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.tree import syntax
from hpman.static.tree.literals import begun_at

_SIGN = re.compile(r"[()\[\]{},]")
_PARTNER = {"(": ")", "[": "]", "{": "}"}
# A word behind the last comma may become a keyword's name.
_WORD = re.compile(r",\s*(?!(?:True|False|None)\b)[^\W\d]\w*\Z")
# How many commas are tried, and in how many characters they are looked for.
_MOST = 8
_NEAR = 2000


class Begun(NamedTuple):
    """A call without what is wrong or missing at its end.

    cut: where it was cut in the text.
    """

    node: ast.expr
    cut: int


def read_begun(text: str, start: int, opening: int, visible: str) -> Begun | None:
    """Read a call up to where Python can read it, with the brackets closed that are open there.

    start: of the call; opening: its bracket.
    visible: the text behind that, up to where the call ends at the latest; strings have no signs in it.
    """
    for cut, closing in _cuts(text, opening + 1, visible):
        node = syntax.expression(text[start:cut] + closing)
        if isinstance(node, ast.expr):
            _end_all(node, len(closing))
            return Begun(node, cut)
    return None


def _end_all(call: ast.expr, added: int) -> None:
    """Let nothing in a call reach into what was added to it."""
    last, end = call.end_lineno, (call.end_col_offset or 0) - added
    for node in ast.walk(call):
        if isinstance(node, ast.expr) and node.end_lineno == last:
            node.end_col_offset = min(node.end_col_offset or 0, end)


def _cuts(text: str, begin: int, visible: str) -> Iterator[tuple[int, str]]:
    """Give where it may end and what is to be added: with all that is there, its line, at its commas."""
    signs, end = _signs(visible[:_NEAR])
    all_there = visible[:end].rstrip()
    line = re.split(r"[\r\n]", all_there, maxsplit=1)[0].rstrip()
    for part in dict.fromkeys((all_there, line, line.rstrip(" \t)]}"))):
        if _WORD.search(part) is None:
            closing = next((one.closing for one in reversed(signs) if one.at < len(part)), ")")
            yield begin + len(part), ("x" if part.endswith(":") else "") + closing
    commas = [one for one in signs if visible[one.at] == ","]
    yield from ((begin + one.at, one.closing) for one in commas[: -_MOST - 1 : -1])
    name = begun_at(text, begin, begin + len(visible))
    if (
        name is not None and name.literal.end > name.span.end
    ):  # without its closing quote it is still being typed
        yield name.literal.end, ")"


class _Sign(NamedTuple):
    """A bracket or comma, and the brackets that close what is open behind it."""

    at: int
    closing: str


def _signs(visible: str) -> tuple[list[_Sign], int]:
    """Give the brackets and commas of a call, and where its arguments end."""
    found: list[_Sign] = []
    closing = ")"
    for match in _SIGN.finditer(visible):
        sign = match.group()
        if sign in _PARTNER:
            closing = _PARTNER[sign] + closing
        elif sign == closing[0] and len(closing) > 1:
            closing = closing[1:]
        elif sign != ",":
            return found, match.start()
        found.append(_Sign(match.start(), closing))
    return found, len(visible)
