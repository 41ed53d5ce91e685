"""Where a text may use a manager, or run other code, in ways that no call shows: only lines that may are parsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from .broken.mending import mend
from .broken.recovery import visible
from .characters.logical import lines_with
from .facts import Sign, Span
from .reading import is_free, parsed_lines
from .scoping.bindings import environment_at, resolve
from .scoping.unseen import OF_CANDIDATES, signs_below
from .tree import syntax
from .tree.source import Source

_WORDS = (
    "exec",
    "eval",
    "__import__",
    "getattr",
    "attrgetter",
    "globals",
    "vars",
    "__dict__",
    "sys",
    "addsitedir",
)
_UNSEEN = re.compile(
    r"\b(?:exec|eval|__import__|getattr|attrgetter|globals|vars|__dict__|addsitedir|sys\s*\.\s*path|from\s+sys)\b"
)
# A call with a string and more: what is called is looked at afterwards, for what begins with a literal is found at the
# speed of C. No manager has the name of what is called like that all over Python.
_CALL = re.compile(r"\(\s*(?:hp_name\s*=\s*)?[rRuU]?(?P<quote>[\"'])[^\"'\\\r\n]+(?P=quote)\s*,")
_CALLED = re.compile(
    r"(?:\.\s*(?!(?:[gs]et_value|get|pop|setdefault|add_argument|replace|setattr|info|debug|warning|error|write)\b)"
    r"[^\W\d]\w*|\[\s*[\"'][^\W\d]\w*[\"']\s*\])\s*\Z"
)
# What names one hyperparameter, gives values, or has nothing to do with names: it is known by its own facts.
_BY_NAME = (
    r"(?:get_value|exists|get_occurrence|get_occurrence_of_value|get_origin|set_value|set_values|set_tree"
    r"|load_values|parse_file)\s*\(|strict\b|get_tree\s*\(\s*[^)\s]"
)
_BINDS = re.compile(r"(?:\bimport\b[^\n;]*|\bas[ \t]+|\bfor[ \t]+|\b(?:global|nonlocal|del)\b[^\n;]*)\Z")
_NEAR = 300  # characters before a name that are looked at
# All that follows on a line that does not parse, if a name is on its way to a call there.
_ALONE = re.compile(r"(?:\s*\.\s*(?!(?:tree|db)\b)\w*)?\s*\Z")
_GIVING = re.compile(
    r"\s*\.\s*(?:(?:set_value|set_values|set_tree|load_values)\b|tree\b|db\s*\.\s*push_occurrence\b)"
)
_RUNS = re.compile(r"(?<![\w.])(?:(?P<executes>(?:exec|eval)\s*\()|__import__\b|sys\s*\.\s*path\b)")


def signs_in(
    text: str, places: Sequence[Span], candidates: frozenset[str]
) -> Iterator[tuple[int, tuple[Sign, ...]]]:
    """Find the signs in statements that follow each other: (number of the statement, its signs)."""
    if not places or not candidates:
        return
    starts = [one.start for one in places]
    shares: dict[int, list[int]] = {}
    for offset in sorted(set(_suspects(text, Span(starts[0], places[-1].end), candidates))):
        shares.setdefault(bisect_right(starts, offset) - 1, []).append(offset)
    for index, offsets in shares.items():
        found = tuple(_read(text, places[index], offsets, candidates))
        if found:
            yield index, found


def _suspects(text: str, place: Span, candidates: frozenset[str]) -> Iterator[int]:
    """Find where there may be a sign, by the characters alone."""
    for match in _standing(candidates).finditer(text, *place):
        if _BINDS.search(text, max(place.start, match.start() - _NEAR), match.start()) is None:
            yield match.start()
    if any(text.find(word, *place) >= 0 for word in _WORDS):
        yield from (match.start() for match in _UNSEEN.finditer(text, *place))
    for match in _CALL.finditer(text, *place):
        if _CALLED.search(text, max(place.start, match.start() - _NEAR), match.start()) is not None:
            yield match.start()


@lru_cache(maxsize=64)
def _standing(names: frozenset[str]) -> re.Pattern[str]:
    """Match a candidate that is neither called nor assigned, nor asked for one name."""
    # Each begins with a literal, and looks at what is before it afterwards: a literal is found at the speed of C.
    longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
    listed = "|".join(rf"{name}(?<![\w.]{name})" for name in longest_first)
    return re.compile(rf"(?:{listed})(?!\w)(?![ \t]*(?:\(|=[^=]|\.\s*(?:{_BY_NAME})))")


def _read(text: str, place: Span, offsets: list[int], candidates: frozenset[str]) -> Iterator[Sign]:
    found: list[Sign] = []
    for line in lines_with(text, place.start, place.end, offsets):
        tree, source = parsed_lines(text, [line])
        if isinstance(tree, syntax.Fault):
            found += _by_characters(text, line, candidates)
        else:
            found += signs_below(tree, source, candidates)
    found.sort(key=lambda one: (one.span, one.kind))
    if any(one.kind in OF_CANDIDATES for one in found) and not is_free(text, place, candidates):
        yield from _scoped(text, place, found, candidates)
    else:
        yield from found


def _scoped(text: str, place: Span, signs: Iterable[Sign], candidates: frozenset[str]) -> Iterator[Sign]:
    """Add what hides the module's candidates in a statement."""
    source = Source(text, *place)
    tree = syntax.module(text[slice(*place)])
    if isinstance(tree, syntax.Fault):
        mended = mend(source, tree, candidates)
        if mended is None:
            yield from signs
            return
        tree = mended.tree
    for one in signs:
        if one.kind not in OF_CANDIDATES:
            yield one
            continue
        around = environment_at(tree, source, candidates, source.line_at(one.span.start) + 1)
        yield one._replace(scope=resolve(one.name.partition(".")[0], around, one.span.start))


def _by_characters(text: str, line: Span, candidates: frozenset[str]) -> Iterator[Sign]:
    """Read a line that does not parse by its characters; strings and comments in it say nothing."""
    shown = visible(text[slice(*line)])
    for match in _standing(candidates).finditer(shown):
        place = Span(line.start + match.start(), line.start + match.end())
        binds = _BINDS.search(shown, max(0, match.start() - _NEAR), match.start()) is not None
        if not binds and not (_ALONE.match(shown, match.end()) and not shown[: match.start()].strip()):
            gives = _GIVING.match(shown, match.end()) is not None
            yield Sign("gives" if gives else "whole", place, match.group())
    for match in _RUNS.finditer(shown):
        place = Span(line.start + match.start(), line.start + match.end())
        yield Sign("executes" if match["executes"] else "runs-any", place)
