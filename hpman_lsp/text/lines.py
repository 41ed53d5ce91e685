"""Offsets of a text to the positions of the Language Server Protocol, and back.

Only LF, CR LF and CR end a line there ("Text Documents" in the specification); `str.splitlines`
knows seven more, and a form feed is legal in Python source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


class Lines:
    """The immutable line table of one text.

    Lines and characters count from 0. A character is counted in code units of the encoding:
    bytes, 16-bit units or code points. A position inside one code point is the point's start, and
    an offset inside CR LF is the line's end.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def text(self) -> str:
        """The text that the table is of."""
        return self._text

    @property
    def length(self) -> int:
        """The number of its characters."""
        return len(self._text)

    def replaced(self, start: int, end: int, new_text: str) -> Lines:
        """The table of the text with the characters of [start, end) replaced; rescans the lines it touches only."""
        after = Lines(self.text[:start] + new_text + self.text[end:])
        # The line before may end in a CR that a new LF joins.
        first, last = self.line_of(start - 1), self.line_of(end)
        begin, grown = self._starts[first], after.length - self.length
        touched = line_starts(after.text[begin : self.start_of(last + 1) + grown])
        if last + 1 < self.count:
            touched.pop()  # the line behind starts there; it is shifted with the rest
        shifted = [at + grown for at in self._starts[last + 1 :]]
        after._starts = [*self._starts[:first], *[at + begin for at in touched], *shifted]
        return after

    @property
    def count(self) -> int:
        """The number of lines; a text that ends with a line end has an empty last one."""
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The line that holds the offset; an offset outside the text is clamped to it."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def start_of(self, line: int) -> int:
        """The offset of a line's first character; the text's end for a line that is not there."""
        return self._starts[line] if line < len(self._starts) else self.length

    def end_of(self, line: int) -> int:
        """The offset of a line's end, before its CR, LF or CR LF."""
        if line + 1 >= len(self._starts):
            return self.length
        return self._starts[line + 1] - 1 - self._ends_in_crlf(line)

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """The (line, character) of an offset, which is clamped to the text."""
        line = self.line_of(offset)
        start = self._starts[line]
        end = min(max(offset, 0), self.end_of(line))
        if encoding == "utf-32" or self._is_ascii(line):
            return line, end - start
        return line, units(self.text[start:end], encoding)

    def range(self, start: int, end: int, encoding: Encoding) -> tuple[int, int, int, int]:
        """The positions of two offsets: line and character of the first, then of the second."""
        line, character = self.position(start, encoding)
        if self._starts[line] <= start <= end <= self.end_of(line):
            width = end - start if self._is_ascii(line) else units(self.text[start:end], encoding)
            return line, character, line, character + width
        return line, character, *self.position(end, encoding)

    def offset(self, line: int, character: int, encoding: Encoding) -> int:
        """The offset of a position; clamped as the specification says.

        A character past the line's end is the line's end, a line past the last is the text's end.
        """
        if line >= len(self._starts):
            return self.length
        start, end = self._starts[line], self.end_of(line)
        if encoding == "utf-32" or self._is_ascii(line):
            return min(start + character, end)
        return start + _code_points(self.text[start:end], character, encoding)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return line_starts(self.text)

    def _is_ascii(self, _line: int) -> bool:
        return self.text.isascii()

    def _ends_in_crlf(self, line: int) -> bool:
        """Tell how a line ends that is not the last one."""
        return self.text.endswith("\r\n", self._starts[line], self._starts[line + 1])


def units(text: str, encoding: Encoding) -> int:
    """The length of a text in code units of the encoding; a lone surrogate counts as it is sent."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def line_starts(text: str) -> list[int]:
    """Find the offset at which each line begins."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    if "\r" in text:
        return sorted({*starts, *_after_lone_returns(text)})
    return starts


def _code_points(line: str, character: int, encoding: Encoding) -> int:
    if line.isascii():
        return min(character, len(line))
    width = _utf8_width if encoding == "utf-8" else _utf16_width
    return bisect_right(list(accumulate(map(width, line))), character)


def _utf8_width(point: str) -> int:
    return 1 + (point > "\x7f") + (point > "\u07ff") + (point > "\uffff")


def _utf16_width(point: str) -> int:
    return 1 + (point > "\uffff")


def _after_lone_returns(text: str) -> list[int]:
    starts = []
    at = text.find("\r")
    while at >= 0:
        if not text.startswith("\n", at + 1):
            starts.append(at + 1)
        at = text.find("\r", at + 1)
    return starts
