"""String literals as they stand in the source: where the characters of their value are."""

from __future__ import annotations

import ast
import re

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Name, Span

from .source import Source

# The whole of one literal; adjacent ones are joined by Python (reference, 2.4.2).
_PIECE = re.compile(rf"(?P<prefix>[A-Za-z]{{0,2}})(?P<body>{QUOTED})", re.VERBOSE)
_BETWEEN = re.compile(r"(?:[ \t\f\r\n]|\\(?:\r\n|\r|\n)|#[^\r\n]*)*")
# The start of a literal whose quotes may never be closed.
_BEGUN = re.compile(
    r"""(?P<prefix>[rRuU]?)(?P<quote>"{3}|'{3}|"|')(?P<body>[^"'\\\r\n]*)(?P<closed>(?P=quote)?)"""
)


def name_of(node: ast.expr, source: Source) -> Name | None:
    """Read a name from an argument; None where it is no string literal (bytes and f-strings are none)."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    return name_at(source.text, source.span(node), node.value)


def name_at(text: str, literal: Span, value: str) -> Name:
    """Tell where the characters of the literal at a place stand; `value` is what Python reads there."""
    start, end = literal
    if text[start] in "\"'" and text[start + 1 : end - 1] == value and text[end - 1] == text[start]:
        return Name(value, Span(start + 1, end - 1), literal, True)  # nearly all names
    bodies = _bodies(text, literal)
    if not bodies:  # a literal that our pattern does not know: its quotes are taken with it
        return Name(value, literal, literal, False)
    inside = Span(bodies[0].start, bodies[-1].end)
    return Name(value, inside, literal, len(bodies) == 1 and text[inside.start : inside.end] == value)


def begun_at(text: str, start: int, limit: int) -> Name | None:
    """Read a name from a literal that may never be closed, in text that does not parse."""
    match = _BEGUN.match(text, _past(text, start, limit), limit)
    if match is None:
        return None
    return Name(match["body"], Span(*match.span("body")), Span(*match.span()), True)


def _bodies(text: str, literal: Span) -> list[Span]:
    bodies = []
    position = literal.start
    while (match := _PIECE.match(text, position, literal.end)) is not None:
        start, end = match.span("body")
        quotes = 3 if match["body"][:3] in ('"""', "'''") else 1
        bodies.append(Span(start + quotes, end - quotes))
        position = _past(text, end, literal.end)
    return bodies if position >= literal.end else []


def _past(text: str, start: int, limit: int) -> int:
    match = _BETWEEN.match(text, start, limit)
    return match.end() if match else start
