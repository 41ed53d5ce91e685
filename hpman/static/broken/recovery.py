"""What is still known of a statement that does not parse."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hpman.static.calls import accesses_of, occurrence_of
from hpman.static.characters.imports import bindings_of
from hpman.static.characters.lexer import FORMATTED_NESTS, QUOTED, closing, pairs
from hpman.static.facts import NOT_LITERAL, Access, Binding, Expression, Occurrence, Problem, Span
from hpman.static.scoping.bindings import Call, Environment, Scope, calls, environment_at, resolve
from hpman.static.tree import syntax
from hpman.static.tree.formatted import placed
from hpman.static.tree.source import Source

from .begun import Begun, read_begun
from .mending import mend

_OPAQUE = re.compile(
    rf"\#[^\r\n]*|(?P<formatted>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT]))?(?:(?P<closed>{QUOTED})|[\"'][^\r\n]*)",
    re.VERBOSE,
)
# In an f-string: text, and a field with what is nested in it; the last one need not be closed.
_FIELDS = re.compile(r"(?P<text>(?:[^{}]|\{\{|\}\})+)|\{(?P<field>(?:[^{}]|\{[^{}]*\}?)*)\}?|\}")
# What may be a default that is being typed; a word may become a keyword's name.
_DEFAULT = re.compile(
    r"[ \t]*,[ \t]*(?![^\W\d]\w*[ \t]*(?:=(?!=)|[)\r\n]|\Z))(?P<text>[^\s#)][^\r\n#]{0,200})"
)


class Recovered(NamedTuple):
    """What a statement gives, in no order: calls to be read, each in its source, and what was read at once.

    tree: the whole statement, where it parses; else without the lines that do not. source: what its places are in.
    """

    calls: list[tuple[Call, Source]]
    bindings: list[Binding]
    occurrences: list[Occurrence]
    accesses: list[Access]
    problems: list[Problem]
    tree: ast.AST | None
    source: Source


def recover(source: Source, candidates: frozenset[str], fault: syntax.Fault) -> Recovered:
    """Read what can be read of a statement that Python refuses: every complete call, the names of those begun.

    What is away from the lines that are wrong is read as in good text. Where they are too many nothing is known of
    the scopes: a call is taken for the module's.
    """
    mended = mend(source, fault, candidates)
    found = Recovered([], [], [], [], [], mended and mended.tree, source)
    if not fault.too_deep:
        at = source.at(fault.line, fault.column)
        found.problems.append(Problem("syntax-error", fault.message, Span(at, min(at + 1, source.end))))
    if mended is None:
        _read_lines(_Lines(source, Span(source.start, source.end), candidates, None), found)
        return found
    called, bindings = calls(mended.tree, source, candidates)
    found.calls.extend(placed(called, source))
    found.bindings.extend(bindings)
    for hole in mended.holes:
        scope = environment_at(mended.tree, source, candidates, source.line_at(hole.start) + 1)
        _read_lines(_Lines(source, hole, candidates, scope), found)
    return found


class _Lines(NamedTuple):
    """Lines that Python refuses, and the scope that they stand in."""

    source: Source
    place: Span
    candidates: frozenset[str]
    environment: Environment | None

    def scope(self, callee: str, at: int) -> Scope:
        """Give what hides the module's name from a call."""
        return resolve(callee.partition(".")[0], self.environment, at)


def _read_lines(lines: _Lines, found: Recovered) -> None:
    text, (start, end) = lines.source.text, lines.place
    if lines.environment is None:
        found.bindings.extend(bindings_of(text, start, end, lines.candidates))
    shown = visible(text[start:end])
    closed = pairs(text, start, end)
    position = 0
    while (match := _opening(lines.candidates).search(shown, position)) is not None:
        opening = start + match.end() - 1
        close = closed.get(opening)
        if close is None and not FORMATTED_NESTS:
            close = closing(text, opening, end)
        position = max(match.end(), _read(lines, match, close, found) - start)


def visible(text: str) -> str:
    """Blank comments and strings that are not closed; of others only the fields of f-strings are left."""
    return _OPAQUE.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    if match["formatted"] is not None:
        return _FIELDS.sub(
            lambda part: "'" * len(part.group()) if part["field"] is None else visible(part.group()),
            match.group(),
        )
    return ("'" if match["closed"] else " ") * len(match.group())


def _read(lines: _Lines, match: re.Match[str], close: int | None, found: Recovered) -> int:
    """Read the call that begins at a match, and is closed at an offset or never; give where it ends."""
    source = lines.source
    start, opening = lines.place.start + match.start(), lines.place.start + match.end() - 1
    end = opening + 1 if close is None else close + 1
    node = None if close is None else syntax.expression(source.cut(Span(start, end)))
    if isinstance(node, ast.expr):
        found.calls.extend(_inside(lines, node, Source(source.text, start, end)))
        return end
    if node is not None and node.too_deep:
        scope = lines.scope(match["callee"], start)
        found.problems.append(Problem("bad-literal", node.message, Span(start, end), match["callee"], scope))
    if match["method"] == "parse_file" and close is not None:
        _parses_something(lines, start, opening, found)
    begun = read_begun(source.text, start, opening, match.string[match.end() :])
    cut = opening + 1 if begun is None else _begun(lines, begun, start, found)
    return end if node is not None and node.too_deep else cut


def _parses_something(lines: _Lines, start: int, opening: int, found: Recovered) -> None:
    """Take a call of `parse_file` whose argument cannot be read for one that only running it can tell."""
    piece = Source(lines.source.text, start, opening + 1)
    node = syntax.expression(f"{piece.cut(Span(start, opening + 1))})")
    if isinstance(node, ast.expr):
        found.calls.extend(_inside(lines, node, piece))


def _inside(lines: _Lines, node: ast.expr, piece: Source) -> Iterator[tuple[Call, Source]]:
    """Give the calls in an expression, each with the scope that it stands in."""
    for call, around in placed(calls(node, piece, lines.candidates)[0], piece):
        scope = lines.scope(call.name, piece.start) if call.scope is None else call.scope
        yield call._replace(scope=scope), around


def _begun(lines: _Lines, begun: Begun, start: int, found: Recovered) -> int:
    """Take a call that is being typed, of which nothing is wrong yet; give where it was cut."""
    for call, around in _inside(lines, begun.node, Source(lines.source.text, start, begun.cut)):
        if call.node is not begun.node:
            found.calls.append((call, around))
        elif call.method is not None:
            found.accesses.extend(accesses_of(call, around))
        else:
            occurrence, _ = occurrence_of(call, around, False)
            if occurrence is not None and occurrence.name is not None:
                found.occurrences.append(_with_default(occurrence, lines.source))
    return begun.cut


def _with_default(occurrence: Occurrence, source: Source) -> Occurrence:
    """Take for the default what is typed as such: without it the name would be reported as missing."""
    if occurrence.default is not None or occurrence.name is None:
        return occurrence
    match = _DEFAULT.match(source.text, occurrence.name.literal.end, source.end)
    if match is None:
        return occurrence
    return occurrence._replace(default=Expression(Span(*match.span("text")), match["text"], NOT_LITERAL))


@lru_cache(maxsize=64)
def _opening(candidates: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(candidates, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w.])(?P<callee>{names})\s*(?:\.\s*(?P<method>\w+)\s*)?\(")
