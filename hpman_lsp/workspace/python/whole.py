"""Where a manager is used as a whole (`_.get_values()`, `_.db`, `f(_)`), so that any of its names may be read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from keyword import iskeyword
from typing import NamedTuple

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Span

from .source import SourceFile, is_notebook

# What names one hyperparameter, gives values, or has nothing to do with names: it is known by its own facts.
_BY_NAME = (
    r"(?:get_value|exists|get_occurrence|get_occurrence_of_value|get_origin|set_value|set_values|set_tree"
    r"|load_values|parse_file|parse_source)\s*\(|strict\b|get_tree\s*\(\s*[^)\s]"
)
# By what any name may be given a value: a method that is handed on, the tree, the table.
_GIVING = re.compile(
    r"\s*\.\s*(?:(?:set_value|set_values|set_tree|load_values)\b"
    r"|tree\b(?!\s*\.\s*(?!push_occurrence)\w)|db\s*\.\s*push_occurrence\b)"
)
# A comment or a string from its first character on, and where one may begin: a set of characters is found at the
# speed of C.
_OPAQUE = re.compile(rf"\#[^\r\n]*|{QUOTED}", re.VERBOSE)
_BEGINS = re.compile(r"[\"'#]")
_PREFIXES = "fFtTrR"
_FORMATTED = re.compile(r"(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])\Z")  # code can stand in such a string
_BINDS = re.compile(r"(?:\bimport\b[^\n;]*|\bas[ \t]+|\bfor[ \t]+|\b(?:global|nonlocal|del)\b[^\n;]*)\Z")
# All that follows on its line, if it is a statement by itself: `_.set_values`, on its way to a call, does nothing. What a
# notebook shows of it, or an interactive window, is no such.
_ALONE = re.compile(r"(?:[ \t]*\.[ \t]*(?!(?:tree|db)\b)\w*)?[ \t]*(?:[\r\n]|\Z)")
_ENDED = re.compile(r"(?P<word>\w*)[)\]}\"']*\s*\n[ \t]*\Z")
# It hands values over to the manager, and reads none.
_BOUND = re.compile(r"\bbind\s*\([^()]*\Z")
_NEAR = 300  # characters before a name that are looked at


class WholeUse(NamedTuple):
    """A name that stands for a manager where it is used as a whole, and its place; gives: it may set any name."""

    name: str
    span: Span
    gives: bool


def whole_uses(file: SourceFile) -> Iterator[WholeUse]:
    """Find them in a file, in order."""
    if not file.names:
        return
    pattern = _standing(file.names)
    bound = {at for one in file.facts.bindings for at in range(*one.span)}
    # Most names that stand alone are what an import or a loop binds: then the text is not looked through.
    if all(_is_binding(match, file.text, bound) for match in pattern.finditer(file.text)):
        return
    visible = "".join(_visible(file.text))
    for match in pattern.finditer(visible):
        before = _before(match, visible)
        idle = _is_idle(before, visible, match.end()) and not is_notebook(file.path)
        if not idle and not _is_binding(match, visible, bound) and not _is_handed_over(file, before):
            gives = _GIVING.match(visible, match.end()) is not None
            yield WholeUse(match.group(), Span(*match.span()), gives)


def _is_idle(before: str, text: str, end: int) -> bool:
    """Tell whether a name is a statement by itself: one that comes behind the end of another."""
    ended = _ENDED.search(before)
    return (
        ended is not None
        and before.rstrip()[-1:] not in ("", *"([{,:=+-*/%@&|^~<>.\\")
        and not iskeyword(ended["word"])
        and _ALONE.match(text, end) is not None
    )


def _is_binding(match: re.Match[str], text: str, bound: Container[int]) -> bool:
    return match.start() in bound or _BINDS.search(_before(match, text)) is not None


def _before(match: re.Match[str], text: str) -> str:
    return text[max(0, match.start() - _NEAR) : match.start()]


def _visible(text: str) -> Iterator[str]:
    """Give a text in pieces, its comments and strings blanked out; a string is still an argument."""
    at = 0
    while (begin := _BEGINS.search(text, at)) is not None:
        start = begin.start()
        formatted = text[start - 1 : start] in _PREFIXES and _FORMATTED.search(text, max(0, start - 3), start)
        opaque = None if formatted else _OPAQUE.match(text, start)
        end = start + 1 if opaque is None else opaque.end()
        yield text[at:start]
        yield (" " if begin.group() == "#" else '"') * (end - start)
        at = end
    yield text[at:]


def _is_handed_over(file: SourceFile, before: str) -> bool:
    return "hpargparse" in file.text and _BOUND.search(before) is not None


@lru_cache(maxsize=64)
def _standing(names: frozenset[str]) -> re.Pattern[str]:
    # Each begins with a literal, and looks at what is before it afterwards: a literal is found at the speed of C.
    longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
    listed = "|".join(rf"{name}(?<![\w.]{name})" for name in longest_first)
    return re.compile(rf"(?:{listed})(?!\w)(?!\s*(?:\(|=[^=]|\.\s*(?:{_BY_NAME})))")
