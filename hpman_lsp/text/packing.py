"""Texts that are kept and seldom looked at: a few of them cost what one did."""

from __future__ import annotations

import zlib
from array import array
from functools import lru_cache
from itertools import pairwise

from .lines import Lines, line_starts


class Packed:
    """One text; what was asked for last is at hand."""

    __slots__ = ("_data",)

    def __init__(self, text: str) -> None:
        # The first level is five times as fast as the last one, and hardly larger.
        self._data = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and self._data == other._data

    def __hash__(self) -> int:
        return hash(self._data)

    @property
    def text(self) -> str:
        """The text, letter by letter."""
        return _unpacked(self._data)


class PackedLines(Lines):
    """The table of a packed text. It needs the text itself for lines that are not ASCII, or where some end in CR."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        text = packed.text
        self._starts = array("I", line_starts(text))
        self._length = len(text)
        self._has_returns = "\r" in text
        bounds = pairwise((*self._starts, len(text))) if not text.isascii() else ()
        self._plain = bytes(text[start:end].isascii() for start, end in bounds)

    @property
    def text(self) -> str:
        """The text that the table is of."""
        return self._packed.text

    @property
    def length(self) -> int:
        """The number of its characters."""
        return self._length

    def _is_ascii(self, line: int) -> bool:
        return not self._plain or bool(self._plain[line])

    def _ends_in_crlf(self, line: int) -> bool:
        return self._has_returns and super()._ends_in_crlf(line)


@lru_cache(maxsize=16)
def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
