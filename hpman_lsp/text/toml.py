"""Where the keys and values of a TOML text stand; `tomllib`, which reads them, does not tell."""

from __future__ import annotations

import re
from typing import NamedTuple

from hpman.static.facts import Span

Path = tuple["str | int", ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"(?P<bare>[\w-]+)|\"(?P<basic>(?:[^\"\\\n]|\\.)*)\"|'(?P<literal>[^'\n]*)'")
_STRING = re.compile(r"\"{3}(?:[^\\]|\\[\s\S])*?\"{3,5}|'{3}[\s\S]*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class Place(NamedTuple):
    """Where a key and its value stand; of an item of an array both are the item's, of a table its header's name."""

    key: Span
    value: Span


def places(text: str) -> dict[Path, Place]:
    """Find the places of all keys and items of arrays by their path, `("tool", "hpman", "scopes", "a", 0)`.

    text: valid TOML; of any other what can be found.
    """
    return _Reader(text).read()


class _Reader:
    """Reads one text from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: dict[Path, Place] = {}
        self._counts: dict[Path, int] = {}

    def read(self) -> dict[Path, Place]:
        table: Path = ()
        while True:
            self._pass(_BLANK)
            start = self._at
            if self._next("["):
                table = self._header()
            elif self._at < len(self._text):
                self._pair(table)
            if self._at == start:
                return self._found

    def _header(self) -> Path:
        is_array = self._next("[")
        keys = self._keys()
        _ = self._next("]") and is_array and self._next("]")
        table: Path = ()
        for index, (name, span) in enumerate(keys):
            table = (*table, name)
            self._found.setdefault(table, Place(span, span))
            last = index == len(keys) - 1
            if is_array and last:
                self._counts[table] = self._counts.get(table, -1) + 1
            if table in self._counts:
                table = (*table, self._counts[table])
                self._found.setdefault(table, Place(span, span))
        return table

    def _pair(self, table: Path) -> None:
        keys = self._keys()
        if not keys or not self._next("="):
            return
        self._pass(_SPACE)
        path = (*table, *(name for name, _ in keys))
        value = self._value(path)
        for count in range(1, len(keys) + 1):
            place = Place(keys[count - 1][1], value)
            self._found.setdefault((*table, *(name for name, _ in keys[:count])), place)
        self._found[path] = Place(keys[-1][1], value)

    def _keys(self) -> list[tuple[str, Span]]:
        keys: list[tuple[str, Span]] = []
        while True:
            self._pass(_SPACE)
            match = _KEY.match(self._text, self._at)
            if match is None:
                return keys
            self._at = match.end()
            name = match["bare"] or match["literal"] or _unescaped(match["basic"] or "")
            keys.append((name, Span(*match.span())))
            self._pass(_SPACE)
            if not self._next("."):
                return keys

    def _value(self, path: Path) -> Span:
        start = self._at
        if self._next("["):
            self._items(path)
        elif self._next("{"):
            self._inline(path)
        else:
            match = _STRING.match(self._text, start) or _PLAIN.match(self._text, start)
            self._at = match.end() if match else start
        return Span(start, self._at)

    def _items(self, path: Path) -> None:
        index = 0
        while True:
            self._pass(_BLANK)
            if self._next("]") or self._at >= len(self._text):
                return
            item = (*path, index)
            span = self._value(item)
            self._found[item] = Place(span, span)
            self._pass(_BLANK)
            if not self._next(",") and self._text[self._at : self._at + 1] != "]":
                return
            index += 1

    def _inline(self, path: Path) -> None:
        while True:
            self._pass(_BLANK)
            start = self._at
            if self._next("}") or start >= len(self._text):
                return
            self._pair(path)
            self._pass(_BLANK)
            if not self._next(",") and self._at == start:
                return

    def _pass(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _next(self, character: str) -> bool:
        """Pass over a character, if it is the next one."""
        found = self._text.startswith(character, self._at)
        self._at += found
        return found


def _unescaped(text: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])

    return _ESCAPE.sub(replaced, text) if "\\" in text else text
