"""Replaces the lines for which Python refuses a statement, so that the rest of it is read as in good text."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from hpman.static.characters.lexer import STATEMENT_KEYWORD, pairs
from hpman.static.facts import Span
from hpman.static.tree import syntax
from hpman.static.tree.source import Source

from .stand_ins import indentation, is_code, is_header, placeholder

# How often a statement is parsed, and how many characters in all: what is damaged in more places is given up.
_TRIES = 8
_CHARACTERS = 1_000_000

_ON_LINE = re.compile(r"(?P<what>closing|indented block).* on line (?P<line>\d+)\Z")
_TRY = re.compile(r"[ \t\f]*try\b")
_HANDLED = re.compile(r"[ \t\f]*(?:except|finally)\b")
_INDENT = re.compile("unindent|unexpected indent")
_CLOSING = re.compile(r"[ \t\f]*[)\]}]")


class Mended(NamedTuple):
    """A statement as it would be without the lines that are wrong in it.

    tree: what Python reads; its places are those of the source, but for what stands in the holes.
    holes: the lines that are replaced there, in source order.
    """

    tree: ast.Module
    holes: tuple[Span, ...]


class _Hole(NamedTuple):
    """Lines, from the first to the last one.

    indent: what stands before the line in their place. bare: nothing of them is kept in it.
    """

    first: int
    last: int
    indent: str
    bare: bool


def mend(source: Source, fault: syntax.Fault, candidates: frozenset[str]) -> Mended | None:
    """Replace lines until Python reads the statement; None where it takes too many of them.

    Lines in which scopes begin are replaced by such that bind the same candidates, as far as that can be read.
    """
    lines = source.lines()
    joined = _joined_lines(source)
    holes: list[_Hole] = []
    shown = lines
    for _ in range(min(_TRIES, _CHARACTERS // (source.end - source.start + 1))):
        grown = None if fault.too_deep else _grown(holes, shown, fault, joined)
        if grown is None:
            return None
        holes = grown
        shown = _without(lines, holes, candidates)
        tree = syntax.module("".join(shown))
        if isinstance(tree, ast.Module):
            return Mended(tree, tuple(source.of_lines(one.first, one.last) for one in holes))
        fault = tree
    return None


def _joined_lines(source: Source) -> list[tuple[int, int]]:
    """Give the first and the last line of each pair of brackets that is closed on another line."""
    found = pairs(source.text, source.start, source.end).items()
    places = {(source.line_at(opening), source.line_at(close)) for opening, close in found}
    return sorted(place for place in places if place[0] < place[1])


def _blamed(lines: list[str], fault: syntax.Fault) -> tuple[int, int]:
    """Give the first and the last line that a fault is about; Python often notices it further down."""
    last = min(fault.line, len(lines)) - 1
    named = _ON_LINE.search(fault.message)
    if named is not None:
        first = int(named["line"]) - 1
        return first, last if named["what"] == "closing" else first
    if fault.message.startswith("expected 'except'"):
        last = _unhandled(lines, last)
    elif fault.message.endswith("was never closed") and not is_header(lines[last]):
        return last, _last_of_block(lines, last)
    elif fault.message.startswith("unmatched") and not lines[last].strip(" \t\f\r\n)]},"):
        depth = len(indentation(lines[last]))
        above = (one for one in range(last - 1, -1, -1) if is_code(lines[one]))
        return next((one for one in above if len(indentation(lines[one])) <= depth), last), last
    return last, last


def _unhandled(lines: list[str], before: int) -> int:
    """Find the `try` before a line that has no `except` or `finally`."""
    handled: list[int] = []
    for index in range(before - 1, -1, -1):
        depth = len(indentation(lines[index]))
        if _HANDLED.match(lines[index]):
            handled.append(depth)
        elif _TRY.match(lines[index]):
            if depth not in handled:
                return index
            handled.remove(depth)
    return before


def _last_of_block(lines: list[str], first: int) -> int:
    """Give the last of the lines that are indented deeper than one, or begin with a closing bracket.

    The next statement is none of them, where its first word tells.
    """
    depth, last = len(indentation(lines[first])), first
    for index in range(first + 1, len(lines)):
        if not is_code(lines[index]):
            continue
        begin = len(indentation(lines[index]))
        if begin <= depth and _CLOSING.match(lines[index]) is None:
            break
        if STATEMENT_KEYWORD.match(lines[index], begin):
            break
        last = index
    return last


def _grown(
    holes: list[_Hole], lines: list[str], fault: syntax.Fault, joined: list[tuple[int, int]]
) -> list[_Hole] | None:
    """Add the lines that a fault is about to the holes; those that touch become one.

    None where nothing of them is left that could be taken away.
    """
    first, last = _blamed(lines, fault)
    within = [one for one in holes if one.first <= first and last <= one.last]
    if any(one.bare for one in within):
        return None
    parts = [*((*one, 0) for one in joined), *((one.first, one.last, 1) for one in holes)]
    before = None
    while before != (first, last):
        before = first, last
        for start, end, gap in parts:
            if start - gap <= last and first <= end + gap:
                first, last = min(first, start), max(last, end)
    indent = indentation(lines[first])
    if _INDENT.match(fault.message):
        indent = next(map(indentation, filter(is_code, reversed(lines[:first]))), "")
    for one in holes:
        indent = one.indent if one.first == first else indent
    apart = [one for one in holes if one.last < first or last < one.first]
    return sorted((*apart, _Hole(first, last, indent, bool(within))))


def _without(lines: list[str], holes: list[_Hole], candidates: frozenset[str]) -> list[str]:
    shown = list(lines)
    for first, last, indent, bare in holes:
        below = indentation(next(filter(is_code, lines[last + 1 :]), ""))
        written = "".join(lines[first : last + 1])
        opens = len(below) > len(indent)
        misplaced = opens and not bare and not is_header(written)  # it is its indentation that is wrong
        wanted = frozenset() if bare else candidates
        shown[first] = (below if misplaced else indent) + placeholder(
            written, opens and not misplaced, wanted
        )
        shown[first + 1 : last + 1] = [""] * (last - first)
    return shown
