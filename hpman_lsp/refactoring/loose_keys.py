"""Strings of a text that look like a name, and may be one: keys of dicts that may be set, or that the values may be in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Span

# A comment, a string with its quotes and what is in it, or a word before `=`: from left to right, so that nothing is
# found inside of another.
_PIECE = re.compile(
    rf"""\#[^\r\n]*
    |(?P<formatted>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT]))(?P<text>{QUOTED})
    |(?P<string>(?:(?<!\w)[rRuU])?(?P<quoted>{QUOTED}))
    |\b(?P<word>[^\W\d]\w*)\s*=(?!=)""",
    re.VERBOSE,
)
_NEAR = 200  # characters before a string that are looked at
_ITEM = re.compile(r"\[\s*\Z")
_ASKED = re.compile(r"\.\s*(?:get|pop|setdefault|of_name|__getitem__)\s*\(\s*\Z")
_ARGUMENT = re.compile(r"\.\s*add_argument\s*\([^()]*\Z")
_DICT = re.compile(r"\bdict\s*\((?:[^()]|\([^()]*\))*\Z")
_KEY = re.compile(r"\s*:(?!=)")
_SET = re.compile(r"\s*\]\s*=(?!=)")
_END = re.compile(r"\s*\]")
_IN = re.compile(r"\s+(?:not\s+)?in\b")
_UNPACKED = re.compile(
    r"\*\*\s*(?:[^\W\d][\w.]*\s*\.\s*get_(?:values|tree)\s*\(|(?P<name>[^\W\d]\w*)\b(?![\w.(]))"
)
_VALUES = re.compile(r"\b(?P<name>[^\W\d]\w*)\s*=\s*[^\W\d][\w.]*\s*\.\s*get_(?:values|tree)\s*\(")


class Wanted(NamedTuple):
    """What is looked for in a text.

    names: of the target; part: the last part of its name, by which it is known in nested dicts.
    is_set: a dict with any keys may be set; is_got: the program gets all values, as a dict; is_whole: this text does,
        or has all names in another way.
    """

    names: frozenset[str]
    part: str
    is_set: bool
    is_got: bool
    is_whole: bool


class Loose(NamedTuple):
    """A place, and why it may mean a name, as the rest of a sentence that begins with the place."""

    span: Span
    message: str


def loose_keys(text: str, wanted: Wanted) -> Iterator[Loose]:
    """Find what may be a name in a text where no call is seen to take it for one."""
    if wanted.part in text and (wanted.is_set or wanted.is_got or wanted.is_whole):
        yield from _pieces(text, 0, wanted)
    if wanted.is_whole and any(name.isidentifier() for name in (*wanted.names, wanted.part)):
        yield from _unpacked(text)


def _pieces(text: str, at: int, wanted: Wanted) -> Iterator[Loose]:
    """Look through a text, or through an f-string that begins at an offset of it."""
    for match in _PIECE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        span = Span(at + match.start(), at + match.end())
        if match["formatted"]:
            marks = _marks(match["text"])
            yield from _pieces(match["text"][marks:-marks], at + match.start("text") + marks, wanted)
        elif match["string"]:
            value = match["quoted"][_marks(match["quoted"]) : -_marks(match["quoted"])]
            message = _of_string(value, before, text[match.end() : match.end() + _NEAR], wanted)
            if message is not None:
                yield Loose(span, message.format(match["string"]))
        elif match["word"] in wanted.names and wanted.is_set and _DICT.search(before):
            start, end = match.span("word")
            yield Loose(Span(at + start, at + end), f"has a dict with the key {match['word']}")


def _of_string(value: str, before: str, after: str, wanted: Wanted) -> str | None:
    if wanted.is_set and _destination(value) in wanted.names and _ARGUMENT.search(before):
        return "adds the argument {}"
    if value not in wanted.names and value != wanted.part:
        return None
    is_item = _ITEM.search(before) is not None
    if wanted.is_set and (_KEY.match(after) or (is_item and _SET.match(after))):
        return "has a dict with the key {}"
    if wanted.is_got and ((is_item and _END.match(after)) or _IN.match(after) or _ASKED.search(before)):
        return "asks a dict for {}, which may have the values"
    return "has {} where all names are at hand" if wanted.is_whole and value in wanted.names else None


def _unpacked(text: str) -> Iterator[Loose]:
    """Find where all values become keywords, whose names are parameters elsewhere."""
    known = {match["name"] for match in _VALUES.finditer(text)}
    for match in _UNPACKED.finditer(text):
        if match["name"] is None or match["name"] in known:
            yield Loose(Span(*match.span()), "passes all values as keywords")


def _marks(quoted: str) -> int:
    return 3 if quoted[:3] in ('"""', "'" * 3) else 1


def _destination(option: str) -> str:
    """Give the attribute that argparse makes of an option."""
    return option.lstrip("-").replace("-", "_") if option.startswith("-") else option
