"""Where logical lines end, at whatever depth, at the speed of C.

What the patterns here cannot tell is left to the lexer: nested fields of f-strings, brackets that are nested deeper,
and all that is not closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hpman.static.facts import Span

from .lexer import FORMATTED_NESTS, KEYWORD, first_line

# Each character can be matched in one way only: where the end does not fit, there is nothing else to try.
_PREFIX = "[fFtTrR]"
_SPECIAL = r"\"'\#()\[\]{}\\"
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_END = rf"(?:{_LINE_END}|\Z)"
_COMMENT = r"\#[^\r\n]*(?![^\r\n])"
_CONTINUED = rf"\\{_LINE_END}"
_BRACKETS = 3  # that are nested in each other


def _strings(quote: str) -> str:
    """Match strings in a quote; where their fields may hold others, those of f-strings only if they have no field."""
    if not FORMATTED_NESTS:
        return _string(quote, "")
    return rf"(?<!{_PREFIX}){_string(quote, '')}|(?<={_PREFIX}){_string(quote, '{')}"


def _string(quote: str, but: str) -> str:
    escaped = rf"[^{but}]" if but else r"[\s\S]"
    three = rf"[^{quote}\\{but}]*(?:(?:\\{escaped}|{quote}(?!{quote}{quote}))[^{quote}\\{but}]*)*{quote}{{3}}"
    one = rf"[^{quote}\\\r\n{but}]*(?:\\(?:\r\n|{escaped})[^{quote}\\\r\n{but}]*)*{quote}"
    return rf"(?:{quote}{{3}}{three}|{quote}(?!{quote}{quote}){one})"


def _bracket() -> str:
    # A statement's keyword proves that a bracket is missing.
    inner = rf"{_PLAIN}|{_LINE_END}(?![ \t\f]*{KEYWORD})|{_STRING}|{_COMMENT}|{_CONTINUED}"
    found = rf"[(\[{{](?:{inner})*[)\]}}]"
    for _ in range(_BRACKETS - 1):
        found = rf"[(\[{{](?:{inner}|{found})*[)\]}}]"
    return found


_PLAIN = rf"[^{_SPECIAL}\r\n]+(?![^{_SPECIAL}\r\n])"
_STRING = f"{_strings(chr(34))}|{_strings(chr(39))}"
_CODE = rf"(?:{_PLAIN}|{_STRING}|{_bracket()}|{_CONTINUED})*(?:{_COMMENT})?"
_LINE = re.compile(_CODE + _END)
_EMPTY = re.compile(r"[ \t\f]*(?:[#\r\n]|\Z)")


def lines_with(text: str, start: int, end: int, offsets: Iterable[int]) -> Iterator[Span]:
    """Give the logical lines that hold one of some offsets, each once; comments of their own are left out.

    start: where a line begins; end: where one ends; offsets: in order, between the two.
    """
    done = start
    for offset in offsets:
        begin = done
        while done <= offset:
            begin, done = done, line_end(text, done, end)
        if begin < done and _EMPTY.match(text, begin) is None:
            yield Span(begin, done)


def line_end(text: str, start: int, end: int) -> int:
    """Give where the line ends that begins at an offset: a logical one, a blank one or a comment."""
    match = _LINE.match(text, start, end)
    return match.end() if match is not None else first_line(text, start, end)


def deeper_end(text: str, start: int, end: int, indent: str) -> int:
    """Give where the lines end that are indented deeper, or are blank or comments, from the start of one of them on."""
    while True:
        start = _deeper(indent).match(text, start, end).end()  # type: ignore[union-attr] # it matches nothing too
        if (
            start >= end
            or not text.startswith(indent, start)
            or not text.startswith((" ", "\t"), start + len(indent))
        ):
            return start
        start = line_end(text, start, end)


@lru_cache(maxsize=64)
def _deeper(indent: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{indent}[ \t]+(?=[^ \t\f\r\n\#]){_CODE}{_END}|[ \t\f]*(?:{_COMMENT})?{_END})*")
