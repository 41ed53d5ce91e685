"""Whether the code around a place expects a KeyError: a look at the lines alone, so that they need not parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LINE_END = re.compile(r"\r\n|\r|\n")
_NAMES = r"(?:KeyError|LookupError|Exception|BaseException|HpmanError|UnknownNameError)"
_TRY = re.compile(r"try\b\s*:")
_CATCHES = re.compile(rf"except\s*:|except\b.*\b{_NAMES}\b|except\s*\([^)]*\Z")  # a tuple may go on below
_EXPECTS = re.compile(rf"(?:async\s+)?with\b.*\b(?:suppress|raises|assertRaises\w*)\s*\(.*\b{_NAMES}\b")
_CLAUSE = re.compile(r"(?:except|else|finally)\b")
_FUNCTION = re.compile(r"(?:async\s+)?def\b")


def expects_key_error(text: str, at: int) -> bool:
    """Tell whether a KeyError that is raised at an offset is caught, or waited for, in the function around it."""
    lines = _LINE_END.split(text)
    for header, line in _around(lines, len(_LINE_END.findall(text, 0, at))):
        if _FUNCTION.match(line):
            return False
        if _EXPECTS.match(line) or (_TRY.match(line) and any(map(_CATCHES.match, _clauses(lines, header)))):
            return True
    return False


def _around(lines: Sequence[str], number: int) -> Iterator[tuple[int, str]]:
    """Give the lines that a line is in the suite of, itself first, without their indentation."""
    depth = _depth(lines[number]) + 1
    for above in range(number, -1, -1):
        line = lines[above].strip()
        if line and not line.startswith("#") and _depth(lines[above]) < depth:
            depth = _depth(lines[above])
            yield above, line


def _clauses(lines: Sequence[str], header: int) -> Iterator[str]:
    """Give the clauses that belong to the statement that begins on a line."""
    for below in lines[header + 1 :]:
        line = below.strip()
        if not line or line.startswith("#") or _depth(below) > _depth(lines[header]):
            continue
        if _depth(below) < _depth(lines[header]) or not _CLAUSE.match(line):
            return
        yield line


def _depth(line: str) -> int:
    """Give how far a line is indented."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())
