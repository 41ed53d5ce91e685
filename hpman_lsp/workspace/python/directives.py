"""What comments in a file say to hpman: `# hpman: ignore[code]`, `# hpman: ignore-file`, `# hpman: uses lr_*`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import Span

VERBS: Final = ("ignore", "ignore-file", "uses")

_MARK = "hpman:"
_TOKEN = re.compile(rf"(?P<comment>\#[^\r\n]*)|{QUOTED}|[\"'][^\r\n]*", re.VERBOSE)
_YAML_COMMENT = re.compile(rf"(?<!\S)#(?=[^\r\n]*{_MARK})[^\r\n]*")
_DIRECTIVE = re.compile(
    r"#[ \t]*hpman:[ \t]*(?P<verb>[\w-]+)[ \t]*(?:\[(?P<codes>[^\]#]*)\])?(?P<rest>[^#]*?)[ \t]*(?=#|\Z)"
)
_WORD = re.compile(r"[^\s,]+")


class Word(NamedTuple):
    """A code or a pattern in a directive, and where it stands."""

    text: str
    span: Span


class Directive(NamedTuple):
    """One comment that speaks to hpman.

    verb: as written; one of `VERBS` if it is understood.
    words: the codes of an `ignore` or `ignore-file`, none for all; the patterns of a `uses`.
    span: from its `#` to its end.
    """

    verb: str
    words: tuple[Word, ...]
    span: Span


def directives_of(text: str) -> tuple[Directive, ...]:
    """Find them in a Python source, or in TOML, in order; what stands in a string is none."""
    return tuple(_found(text)) if _MARK in text else ()


def directives_in_yaml(text: str, strings: Callable[[], Iterable[Span]]) -> tuple[Directive, ...]:
    """Find them in a YAML text, in order.

    strings: gives the places of its scalars, in which there is no comment.
    """
    if _MARK not in text:
        return ()
    inside = sorted(strings())  # none is in another one
    return tuple(
        one
        for comment in _YAML_COMMENT.finditer(text)
        if not _is_inside(inside, comment.start())
        for one in _in_comment(comment[0], comment.start())
    )


def _is_inside(spans: Sequence[Span], offset: int) -> bool:
    at = bisect_right(spans, (offset, offset)) - 1
    return any(start <= offset < end for start, end in spans[max(at, 0) : at + 2])


def _found(text: str) -> Iterator[Directive]:
    for comment in _TOKEN.finditer(text):
        yield from _in_comment(comment["comment"] or "", comment.start())


def _in_comment(comment: str, start: int) -> Iterator[Directive]:
    for one in _DIRECTIVE.finditer(comment):
        part = "rest" if one["verb"] == "uses" else "codes"
        words = _WORD.finditer(one[part] or "")
        at = start + max(one.start(part), 0)
        yield Directive(
            one["verb"],
            tuple(Word(word.group(), Span(at + word.start(), at + word.end())) for word in words),
            Span(start + one.start(), start + one.end()),
        )
