"""Cuts a class into its members, without parsing it."""

from __future__ import annotations

import re

from hpman.static.facts import Span

from .lexer import Segment
from .logical import deeper_end, line_end

_INDENT = re.compile(r"[ \t\f]*")
_EMPTY = re.compile(r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z))*")
_CLASS_OR_DECORATOR = re.compile(r"[ \t]*(?:class\b|@)")
_CLASS = re.compile(r"[ \t]*class\b")
# Clauses that go on with the member before them.
_CLAUSE = re.compile(r"(?:else|elif|except|finally)\b")


def members(text: str, whole: Segment) -> list[Span]:
    """Cut a class into its head, decorators included, and the statements of its body; they tile it.

    Gives none for anything else, for a body on the line of its head, and where lines are indented as in no good source.
    """
    head = _head_end(text, whole)
    if head is None or head >= whole.end:
        return []
    outer, indent = indent_of(text, whole.start), indent_of(text, head)
    if "\f" in indent or indent == outer or not indent.startswith(outer):
        return []
    found = [Span(whole.start, head)]
    position, decorated = head, False
    while position < whole.end:
        if indent_of(text, position) != indent:
            return []
        first = position + len(indent)
        begin = position
        position = deeper_end(text, line_end(text, position, whole.end), whole.end, indent)
        if decorated or (len(found) > 1 and _CLAUSE.match(text, first)):
            begin = found.pop().start
        found.append(Span(begin, position))
        decorated = text.startswith("@", first)
    return found


def indent_of(text: str, start: int) -> str:
    """Give the blanks that a line begins with."""
    match = _INDENT.match(text, start)
    return match.group() if match else ""


def _head_end(text: str, whole: Segment) -> int | None:
    """Give where the head of a class ends, and the blank and comment lines behind it; None if it is no class."""
    position = whole.start
    while _CLASS_OR_DECORATOR.match(text, position) is not None:
        is_class = _CLASS.match(text, position) is not None
        position = line_end(text, position, whole.end)
        position = _EMPTY.match(text, position, whole.end).end()  # type: ignore[union-attr] # it matches nothing too
        if is_class:
            return position
    return None
