"""Strings that are keys somewhere in a text, and look like a name: of dicts that may be set, or that the values may be in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Span

# A comment, a string with its quotes and what is in it, or a word before `=`: from left to right, so that nothing is
# found inside of another.
_PIECE = re.compile(
    rf"""\#[^\r\n]*|(?P<string>(?P<prefix>(?<!\w)[rRuU])?(?P<quoted>{QUOTED}))|\b(?P<word>[^\W\d]\w*)\s*=(?!=)""",
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


class Loose(NamedTuple):
    """A place, and why it may mean a name, as the rest of a sentence that begins with the place."""

    span: Span
    message: str


def loose_keys(text: str, names: Iterable[str], *, writes: bool, reads: bool) -> Iterator[Loose]:
    """Find keys of dicts that are not seen to reach a manager.

    writes: a dict with any keys may be set; reads: all values are got in this text, as a dict.
    """
    wanted = frozenset(names)
    if not (writes or reads) or not any(name.rpartition(".")[2] in text for name in wanted):
        return
    for match in _PIECE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if match["string"]:
            value, shown = _value(match["quoted"]), match["string"]
            message = _of_string(before, text, match.end(), value in wanted, writes, reads)
            if message is None and writes and _destination(value) in wanted and _ARGUMENT.search(before):
                message = f"adds the argument {shown}"
            if message is not None:
                yield Loose(Span(*match.span()), message.replace("{}", shown))
        elif match["word"] in wanted and writes and _DICT.search(before):
            yield Loose(Span(*match.span("word")), f"has a dict with the key {match['word']}")
    if reads and any(name.isidentifier() for name in wanted):
        yield from _unpacked(text)


def _of_string(before: str, text: str, end: int, is_name: bool, writes: bool, reads: bool) -> str | None:
    if not is_name:
        return None
    is_item = _ITEM.search(before) is not None
    if writes and (_KEY.match(text, end) or (is_item and _SET.match(text, end))):
        return "has a dict with the key {}"
    if reads and ((is_item and _END.match(text, end)) or _IN.match(text, end) or _ASKED.search(before)):
        return "asks a dict for {}, which may have the values"
    return None


def _unpacked(text: str) -> Iterator[Loose]:
    """Find where all values become keywords, whose names are parameters elsewhere."""
    known = {match["name"] for match in _VALUES.finditer(text)}
    for match in _UNPACKED.finditer(text):
        if match["name"] is None or match["name"] in known:
            yield Loose(Span(*match.span()), "passes all values as keywords")


def _value(quoted: str) -> str:
    marks = 3 if quoted[:3] in ('"""', "'" * 3) else 1
    return quoted[marks:-marks]


def _destination(option: str) -> str:
    """Give the attribute that argparse makes of an option."""
    return option.lstrip("-").replace("-", "_") if option.startswith("-") else option
