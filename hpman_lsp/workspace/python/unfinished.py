"""Which string of which call an offset is in, in text that may not parse: a look at the characters alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from hpman.static.calls import OF_DICTS, READING, WRITING
from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Span

_TOKEN = re.compile(
    rf"""
    \#[^\r\n]*
  | (?P<string>{QUOTED})
  | (?P<unclosed>"{{3}}[\s\S]*|'{{3}}[\s\S]*|"[^\r\n]*|'[^\r\n]*)
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<comma>,)
    """,
    re.VERBOSE,
)
_CALLEE = re.compile(r"(?<![\w.])(?P<name>\w+)\s*(?:\.\s*(?P<method>\w+)\s*)?\Z")
# What may stand between a bracket and a string that is its first argument: blanks and the string's prefix.
_BEFORE = re.compile(r"[\s\\]*[rRuU]?\Z")
# What a name is made of, where no quote tells its end.
_NAME = re.compile(r"[\w.\-/]*")
_NEAR = 200  # characters before a bracket in which the callee is looked for


class OpenString(NamedTuple):
    """A string that can hold a name: the first argument of a call, or a key of the dict that is it.

    callee: the name that is called.
    span: the characters inside the quotes, as far as the word at the offset goes.
    quote: one or three quotation marks.
    """

    callee: str
    span: Span
    quote: str


class OpenCall(NamedTuple):
    """A call whose brackets an offset is in.

    callee: the name that is called; start: where it stands.
    arguments: where each argument begins, as far as the offset; the last is the one at the offset.
    """

    callee: str
    start: int
    arguments: tuple[int, ...]


def call_at(text: str, offset: int) -> OpenCall | None:
    """Find the innermost call of a name around an offset, in brackets that need not be closed."""
    brackets: list[list[int]] = []  # each bracket, and where what is in it begins
    position = 0
    while (match := _TOKEN.search(text, position)) is not None and match.end() <= offset:
        position = match.end()
        if match["open"]:
            brackets.append([match.start(), position])
        elif match["close"]:
            del brackets[-1:]
        elif match["comma"] and brackets:
            brackets[-1].append(position)
    while brackets:
        opening, *arguments = brackets.pop()
        callee = _CALLEE.search(text[max(0, opening - _NEAR) : opening]) if text[opening] == "(" else None
        if callee is not None:
            start = max(0, opening - _NEAR) + callee.start()
            return None if callee["method"] else OpenCall(callee["name"], start, tuple(arguments))
    return None


def string_at(text: str, offset: int) -> OpenString | None:
    """Find the string around an offset that can hold a hyperparameter's name."""
    brackets: list[int] = []
    argument = 0  # where the one that is being read begins
    position = 0
    while (match := _TOKEN.search(text, position)) is not None and match.start() < offset:
        position = match.end()
        if match["open"]:
            brackets.append(match.start())
            argument = position
        elif match["close"]:
            del brackets[-1:]
        elif match["comma"]:
            argument = position
        elif match["string"] or match["unclosed"]:
            quote = _quote(text, match.start())
            inside = match.start() + len(quote)
            if inside <= offset <= position - (len(quote) if match["string"] else 0):
                callee = _callee(text, brackets, argument, match.start())
                return None if callee is None else OpenString(callee, begun_name(text, inside, offset), quote)
    return None


def begun_name(text: str, start: int, offset: int) -> Span:
    """Give the characters of a name from its start to the end of the word at an offset.

    In text that does not parse the next quote may open another string.
    """
    following = _NAME.match(text, offset)
    return Span(start, following.end() if following else offset)


def _quote(text: str, at: int) -> str:
    return text[at] * 3 if text.startswith(('"""', "'''"), at) else text[at]


def _callee(text: str, brackets: list[int], argument: int, string: int) -> str | None:
    """Find the name that is called with a string, if the string stands where a hyperparameter's name does."""
    if not brackets or _BEFORE.match(text, argument, string) is None:
        return None
    opening = brackets[-1]
    if text[opening] == "(":
        callee = _CALLEE.search(text[max(0, opening - _NEAR) : opening]) if argument == opening + 1 else None
        methods = READING | WRITING
    elif text[opening] == "{" and len(brackets) > 1 and not text[brackets[-2] + 1 : opening].strip():
        callee = _CALLEE.search(text[max(0, brackets[-2] - _NEAR) : brackets[-2]])
        methods = OF_DICTS
        if callee is not None and callee["method"] is None:
            return None
    else:
        return None
    return callee["name"] if callee is not None and (callee["method"] or "") in methods | {""} else None
