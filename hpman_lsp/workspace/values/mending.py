"""What a YAML file says besides the lines that are wrong in it: while a key is typed, the others keep their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hpman.static.facts import Span
from hpman.valuefiles.nodes import ParsedValues
from hpman.valuefiles.yaml_text import parse_yaml

_LARGEST: Final = 200_000  # characters: each try reads all of them
_INDENT = re.compile(r"[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def mended(text: str, parsed: ParsedValues) -> ParsedValues:
    """Return what a text with a fault says without the line of the fault, or the one above; the problems stay.

    With a line goes what is indented below it, which would be another group's otherwise.
    """
    fault = next((one.span.start for one in parsed.problems if one.code == "syntax-error"), None)
    if fault is None or len(text) > _LARGEST:
        return parsed
    for blank in _blamed(text, fault):
        kept = text[: blank.start] + re.sub(r"[^\r\n]", " ", text[slice(*blank)]) + text[blank.end :]
        again = parse_yaml(kept)
        if not again.problems:
            return ParsedValues(again.documents, parsed.problems)
    return parsed


def _blamed(text: str, fault: int) -> Iterator[Span]:
    """Yield the line that a fault is noticed in, and the last one above that is not blank, each with its block."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if match.group().strip()]
    above = [index for index, line in enumerate(lines) if line.start <= fault]
    for index in above[:-3:-1]:
        last = index + 1
        while last < len(lines) and _depth(text, lines[last]) > _depth(text, lines[index]):
            last += 1
        yield Span(lines[index].start, lines[last - 1].end)


def _depth(text: str, line: Span) -> int:
    match = _INDENT.match(text, line.start, line.end)
    return 0 if match is None else match.end() - match.start()
