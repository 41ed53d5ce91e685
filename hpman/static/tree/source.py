"""A piece of source that was parsed, and where its nodes stand in the text."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right

from hpman.static.facts import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class Source:
    """Turns the positions of a syntax tree (line, UTF-8 column) into character offsets.

    text: the whole text; start, end: the part of it that was parsed.
    head: a line that was parsed before it, and is not in the text.
    starts: where each line begins that was parsed, if they are others.
    """

    __slots__ = ("_ascii", "_head", "_starts", "end", "start", "text")

    def __init__(
        self, text: str, start: int, end: int, head: str = "", starts: list[int] | None = None
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._head = head
        self._starts = starts or [*([start] if head else []), *line_starts(text, start, end)]
        self._ascii = text.isascii()

    def part(self, start: int, end: int) -> Source:
        """Give a part of this source, whose nodes were parsed with it."""
        part = Source.__new__(Source)
        part.text, part.start, part.end = self.text, start, end
        part._head, part._starts, part._ascii = self._head, self._starts, self._ascii
        return part

    def start_of(self, node: ast.stmt) -> int:
        """Give the offset of the first line of a statement, its decorators included."""
        return self._starts[self.first_line(node) - 1]

    def first_line(self, node: ast.stmt) -> int:
        """Give the number of the first line of a statement, its decorators included."""
        decorators = getattr(node, "decorator_list", None)
        line: int = (decorators[0] if decorators else node).lineno
        return line

    def offset(self, line: int, column: int) -> int:
        """Give the character offset of a line (from 1) and a column in UTF-8 bytes (from 0)."""
        start = self._starts[min(line, len(self._starts)) - 1]
        if self._ascii:
            return min(start + column, self.end)
        before = self.text[start : start + column].encode("utf-8", "surrogatepass")[:column]
        return start + len(before.decode("utf-8", "ignore"))

    def span(self, node: ast.AST) -> Span:
        """Give the place of a node that has positions of its own."""
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        last, end = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
        if self._ascii:
            return Span(self._starts[line - 1] + column, self._starts[last - 1] + end)
        return Span(self.offset(line, column), self.offset(last, end))

    def lines(self) -> list[str]:
        """Give the lines that were parsed, each with its end."""
        starts = self._starts[1:] if self._head else self._starts
        lines = [self.text[start:end] for start, end in zip(starts, [*starts[1:], self.end], strict=True)]
        return [self._head, *lines] if self._head else lines

    def of_lines(self, first: int, last: int) -> Span:
        """Give the place of some lines (from 0), the last one included."""
        end = self._starts[last + 1] if last + 1 < len(self._starts) else self.end
        return Span(self._starts[first], end)

    def line_at(self, offset: int) -> int:
        """Give the line (from 0) that holds a character offset."""
        return bisect_right(self._starts, offset) - 1

    def cut(self, span: Span) -> str:
        """Give the text at a place."""
        return self.text[span.start : span.end]

    def at(self, line: int, column: int) -> int:
        """Give the character offset of a line (from 1) and a column in characters (from 0)."""
        return min(self._starts[min(line, len(self._starts)) - 1] + column, self.end)


def line_starts(text: str, start: int, end: int) -> list[int]:
    """Give where each line begins between two offsets, the first of which begins one."""
    return [start, *(match.end() for match in _LINE_END.finditer(text, start, end))]
