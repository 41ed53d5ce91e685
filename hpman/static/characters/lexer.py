r"""Cuts a text into its top-level statements, without parsing it, and finds the end of a logical line.

The rules are those of Python's tokenizer (reference, chapter 2): line ends are \n, \r\n and \r; a form
feed starts the indentation anew; strings, brackets and a backslash carry a statement over line ends.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.facts import Span

QUOTED = r"""
    "{3}[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"{3}
  | '{3}[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'{3}
  | "(?!"")[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"
  | '(?!'')[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'
"""
# What decides nothing is passed over inside the pattern, at the speed of C: plain text, brackets and strings
# that are closed on their line (without braces: they may be an f-string's), comments, indented and blank lines.
_PASSED = r"""(?:
    [^"'\#()\[\]{}\\\r\n]+
  | [\r\n][ \t]+(?![ \t\f])
  | \([^"'\#()\[\]{}\\\r\n]*\)
  | \[[^"'\#()\[\]{}\\\r\n]*\]
  | "(?!"")[^"\\\r\n{]*"
  | '(?!'')[^'\\\r\n{]*'
  | [\r\n](?=[\r\n\#])
  | \#[^\r\n]*
)*"""
# What may stand before a statement: a backslash at the left edge leaves it to the next line how far it is indented.
_BEGIN = r"(?:[ \t\f]*\f)?(?:\\(?:\r\n|\r|\n))*"
_EVENT = rf"""
    (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<statement>(?:\r\n|\r|\n)(?={_BEGIN}(?:[^ \t\f\r\n\#\\]|\\(?![\r\n]))))
  | (?P<string>{QUOTED})
  | (?P<continued>\\(?:\r\n|\r|\n))
  | (?P<unclosed>"{{3}}|'{{3}}|"[^\r\n]*|'[^\r\n]*)
  | (?P<other>[\s\S])
"""
_TOKEN = re.compile(_PASSED + f"(?:{_EVENT})", re.VERBOSE)
# The same for a single line, which may be indented.
_LINE_TOKEN = re.compile(
    rf"""(?:[^"'\#()\[\]{{}}\\\r\n]+|\#[^\r\n]*)*(?:(?P<line>\r\n|\r|\n)|{_EVENT})""", re.VERBOSE
)
_FIELD_TOKEN = re.compile(
    rf"""(?:[^"'\#()\[\]{{}}\\\r\n:]+|\#[^\r\n]*)*(?:(?P<colon>:)|{_EVENT})""", re.VERBOSE
)
# Clauses that go on with the statement before them.
_CLAUSE = re.compile(rf"{_BEGIN}(?:else|elif|except|finally)\b")
_DECORATOR = re.compile(rf"{_BEGIN}@")
# Hard keywords that only begin a statement: inside brackets one of them proves that a bracket is missing.
KEYWORD = (
    r"(?:(?:async[ \t]+)?def|class|import|while|try|with|return|raise|del|global|nonlocal"
    r"|assert|pass|break|continue)\b"
)
STATEMENT_KEYWORD = re.compile(_BEGIN + KEYWORD)
_LINE_KEYWORD = re.compile(r"[ \t\f]*" + KEYWORD)
_PARTNER = {")": "(", "]": "[", "}": "{"}
_FORMATTED = re.compile(r"(?:[fFtT][rR]?|[rR][fFtT])\Z")
# A backslash before a brace is text, and the brace still begins a field.
_FORMATTED_STOP = re.compile(r"""\\N\{[\w \-]*\}|\\(?:\r\n|[^{}])|\{\{|\{|"{3}|'{3}|["'\r\n]""")
_SPECIFICATION_STOP = re.compile(r"""\\(?:\r\n|[^{}])|[{}\r\n]|"{3}|'{3}|["']""")
# How many brackets are looked through for the partner of one, and how many strings without end are borne in one
# statement: that it is bounded keeps bad text from taking quadratic time.
_NEAR = 50
_LINE_END = re.compile(r"[\r\n]|\Z")
FORMATTED_NESTS = sys.version_info >= (3, 12)  # PEP 701: before, an f-string was one string token


class Segment(NamedTuple):
    """One top-level statement with the blank and comment lines that follow it; segments tile the text.

    closed: its brackets and strings are.
    """

    start: int
    end: int
    closed: bool

    @property
    def place(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def segments(text: str, start: int = 0) -> Iterator[Segment]:
    """Cut a text into top-level statements, from the start of one of them.

    What follows depends on the text behind `start` alone, and where a statement ends on nothing behind the first
    line of the next one: so a text can be cut again from there.
    """
    begin = line = start
    nesting: list[str] = []
    closed = True
    for kind, _, end in _tokens(text, start, len(text), nesting):
        if kind == "unclosed":
            closed = False
        elif kind == "statement" and _ends(text, line, end, nesting):
            yield Segment(begin, end, closed and not nesting)
            begin = line = end
            closed = True
            nesting.clear()
        elif kind == "statement" and not nesting:
            line = end
    if begin < len(text):
        yield Segment(begin, len(text), closed and not nesting)


def first_line(text: str, start: int, limit: int) -> int:
    """Give where the logical line ends that begins at an offset, at whatever depth."""
    nesting: list[str] = []
    for kind, _, end in _tokens(text, start, limit, nesting, _LINE_TOKEN):
        if kind == "line" and (not nesting or _LINE_KEYWORD.match(text, end)):
            return end
    return limit


def closing(text: str, opening: int, limit: int) -> int | None:
    """Find the bracket before `limit` that closes the one at `opening`; None where there is none."""
    nesting = [text[opening]]
    for kind, at, _ in _tokens(text, opening + 1, limit, nesting):
        if kind == "unclosed":
            return None
        if not nesting:
            return at
    return None


def pairs(text: str, start: int, limit: int) -> dict[int, int]:
    """Find what closes each bracket between two offsets of a text that need not be good: {opening: closing}.

    A string of three quotes that never ends is taken to end with its line, so that what follows is read.
    """
    found: dict[int, int] = {}
    nesting: list[str] = []
    opened: list[int] = []
    for _ in range(_NEAR):
        for kind, at, end in _tokens(text, start, limit, nesting):
            if len(nesting) > len(opened):
                opened.append(end - 1)
            elif len(nesting) < len(opened):
                opening = opened[len(nesting)]
                del opened[len(nesting) :]
                if _PARTNER.get(text[at : at + 1]) == text[opening]:
                    found[opening] = at
            if kind == "unclosed" and end == limit:
                start = _LINE_END.search(text, at, limit).start()  # type: ignore[union-attr] # it matches the end
                break
        else:
            break
    return found


def _ends(text: str, line: int, following: int, nesting: list[str]) -> bool:
    if nesting:
        return STATEMENT_KEYWORD.match(text, following) is not None
    return _CLAUSE.match(text, following) is None and _DECORATOR.match(text, line) is None


def _tokens(
    text: str, start: int, limit: int, nesting: list[str], plain: re.Pattern[str] = _TOKEN
) -> Iterator[tuple[str, int, int]]:
    """Give kind, start and end of what carries a statement over a line end, and of top-level lines' starts.

    Kind "unclosed" is what cannot be in good source: a string without its end, a bracket without its partner.

    nesting: what is open behind the token: brackets; `{"` for a field of an f-string in these quotes; `:"` for
        the format specification of one. Who reads the tokens may empty it.
    """
    position = start
    while True:
        within = nesting[-1] if nesting else ""
        if within.startswith(":"):
            at = position
            kind, position = _specification(text, position, limit, nesting)
        else:
            match = (_FIELD_TOKEN if len(within) > 1 else plain).match(text, position, limit)
            if match is None:
                return
            kind = match.lastgroup or ""
            at, position = match.span(kind)
            if kind in ("string", "unclosed"):
                kind, position = _string(text, kind, at, position, limit, nesting)
            elif kind == "close":
                kind, position = _close(text, at, limit, nesting)
            elif kind == "open":
                nesting.append(text[at])
            elif kind == "colon":
                nesting[-1] = ":" + within[1:]
        yield kind, at, position


def _close(text: str, at: int, limit: int, nesting: list[str]) -> tuple[str, int]:
    """Take a closing bracket with the one that it closes; behind a field its f-string goes on."""
    partner = _PARTNER[text[at]]
    if nesting and nesting[-1][0] == partner:
        return _closed(text, at + 1, limit, nesting)
    if partner in nesting[-_NEAR:]:
        while nesting.pop() != partner:
            pass
    return "unclosed", at + 1


def _closed(text: str, position: int, limit: int, nesting: list[str]) -> tuple[str, int]:
    quote = nesting.pop()[1:]
    if not quote or (nesting and nesting[-1][0] == ":"):
        return "close", position
    return _formatted(text, position, quote, limit, nesting)


def _string(text: str, kind: str, at: int, end: int, limit: int, nesting: list[str]) -> tuple[str, int]:
    """Tell whether the string whose quotes begin at `at` is closed, and where it, or what is before its first field, ends."""
    quote = text[at] * 3 if text.startswith(('"""', "'''"), at) else text[at]
    if FORMATTED_NESTS and _is_formatted(text, at):
        return _formatted(text, at + len(quote), quote, limit, nesting)
    return (kind, end) if kind == "string" else _unclosed(text, at, quote, limit, nesting)


def _is_formatted(text: str, quote: int) -> bool:
    prefix = _FORMATTED.search(text, max(0, quote - 2), quote)
    return prefix is not None and not (prefix.start() and text[prefix.start() - 1].isidentifier())


def _formatted(text: str, position: int, quote: str, limit: int, nesting: list[str]) -> tuple[str, int]:
    """Go on in an f-string by PEP 701: quotes inside its replacement fields do not close it."""
    while (match := _FORMATTED_STOP.search(text, position, limit)) is not None:
        stop = match.group()
        if text.startswith(quote, match.start()):
            return "string", match.start() + len(quote)
        if stop == "{":
            nesting.append("{" + quote)
            return "open", match.end()
        if stop in "\r\n" and len(quote) == 1:
            position = match.start()
            break
        # Of three quotes that do not close it only the first is passed: two may begin a closing three.
        position = match.start() + 1 if stop[0] in "\"'" else match.end()
    return _unclosed(text, position, quote, limit, nesting)


def _specification(text: str, position: int, limit: int, nesting: list[str]) -> tuple[str, int]:
    """Go on in a format specification, which is text but for nested fields."""
    quote = nesting[-1][1:]
    while (match := _SPECIFICATION_STOP.search(text, position, limit)) is not None:
        stop, position = match.group(), match.end()
        if stop == "}":
            return _closed(text, position, limit, nesting)
        if stop == "{":
            nesting.append("{" + quote)
            return "open", position
        if text.startswith(quote, match.start()) or (stop in "\r\n" and len(quote) == 1):
            return _unclosed(text, match.start(), quote, limit, nesting)
    return _unclosed(text, position, quote, limit, nesting)


def _unclosed(text: str, at: int, quote: str, limit: int, nesting: list[str]) -> tuple[str, int]:
    """Give up a string, and with it the f-strings that it is in: to the end of its line, or of the text."""
    while any(len(one) > 1 for one in nesting[-_NEAR:]):
        nesting.pop()
    line_end = _LINE_END.search(text, at, limit)
    return "unclosed", limit if len(quote) == 3 or line_end is None else line_end.start()
