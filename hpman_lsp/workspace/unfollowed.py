"""Where a file may use a manager, or run other files, in ways that are not followed: a look at the characters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .index import Key
from .source import SourceFile

_SEARCH_PATH = re.compile(r"sys(?<![\w.]sys)\s*\.\s*path\b")
_EXECUTES = re.compile(r"exec(?<![\w.]exec)\s*\(")


def perhaps_given(file: SourceFile) -> Iterator[Key]:
    """Give what is given a value if an attribute or an item that is called like a manager is one: `x._("lr", 1)`."""
    names, text = _names(file), file.text
    if any(f".{name}" in text or f'{name}"]' in text or f"{name}']" in text for name in names):
        for match in _given(names).finditer(text):
            yield Key(match["attribute"] or match["item"], match["name"])


def looked_up(file: SourceFile) -> frozenset[str]:
    """Give the managers that a file may get by their names: `getattr(module, "_")`."""
    if "getattr" not in file.text and "attrgetter" not in file.text:
        return frozenset()
    return frozenset(_looked_up(_names(file)).findall(file.text))


def runs_any(file: SourceFile) -> bool:
    """Tell whether a file runs code that no import of its names: `__import__`, what is beside `sys.path`."""
    text = file.text  # a plain look first: it costs a tenth
    return "__import__" in text or ("sys" in text and _SEARCH_PATH.search(text) is not None)


def executes(file: SourceFile) -> bool:
    """Tell whether a file runs text, which has all its names."""
    return "exec" in file.text and _EXECUTES.search(file.text) is not None


def _names(file: SourceFile) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in file.names | file.placeholders)


@lru_cache(maxsize=64)
def _given(names: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(names)))
    return re.compile(
        rf"(?:\.\s*(?P<attribute>{words})|\[\s*(?:\"|')(?P<item>{words})(?:\"|')\s*\])\s*\(\s*"
        r"(?:hp_name\s*=\s*)?[rRuU]?(?P<quote>[\"'])(?P<name>[^\"'\\\r\n]+)(?P=quote)\s*,"
    )


@lru_cache(maxsize=64)
def _looked_up(names: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"(?:getattr|attrgetter)\s*\([^()\r\n]*[\"']({words})[\"']\s*\)")
