"""Where a file may use a manager, or run other files, in ways that are not followed: a look at the characters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .index import Key
from .source import SourceFile

_SEARCH_PATH = re.compile(r"sys(?<![\w.]sys)\s*\.\s*path\b")
_ITEM = re.compile(r"\[\s*[\"']\Z")
_NEAR = 100  # characters before a name that are looked at
_EXECUTES = re.compile(r"exec(?<![\w.]exec)\s*\(")


def perhaps_given(file: SourceFile) -> Iterator[Key]:
    """Give what is given a value if an attribute or an item that is called like a manager is one: `x._("lr", 1)`."""
    names, text = _names(file), file.text
    # Calls of the manager itself match too, and are most of them: a plain look costs a third of passing over these.
    looked = any(f".{name}" in text or f'{name}"]' in text or f"{name}']" in text for name in names)
    for match in _given(names).finditer(text) if looked else ():
        before = text[max(0, match.start() - _NEAR) : match.start()].rstrip()
        if before.endswith(".") if match["item"] is None else _ITEM.search(before) is not None:
            yield Key(match["manager"], match["name"])


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
    # It begins with a literal, for that is found at the speed of C; what is before it is looked at afterwards.
    return re.compile(
        rf"(?P<manager>{words})(?P<item>[\"']\s*\])?\s*\(\s*"
        r"(?:hp_name\s*=\s*)?[rRuU]?(?P<quote>[\"'])(?P<name>[^\"'\\\r\n]+)(?P=quote)\s*,"
    )


@lru_cache(maxsize=64)
def _looked_up(names: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"attr(?:getter|(?<=getattr))\s*\([^()\r\n]*[\"']({words})[\"']\s*\)")
