"""Names by which a text has a manager that it does not import: made by its class, given, or got from a call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .imports import local_names

CLASS = "HyperParameterManager"
_HOMES = frozenset({"hpman", "hpman.hpm"})
_ASSIGNED = r"(?<![\w.])(?P<name>\w+)[ \t]*(?::[^=\n]+)?:?=[ \t]*"
_SAID = re.compile(rf"(?<![\w.])(?P<name>\w+)[ \t]*:[ \t]*[\"']?(?:Optional\[)?(?:\w+\.)*{CLASS}(?!\w)")
_PARSING = re.compile(r"\.[ \t]*parse_file[ \t]*\(")
_OWNER = re.compile(r"(?<![\w.])(?P<name>[^\W\d]\w*)[ \t]*\Z")
_GOT = re.compile(r"(?:^|[(;])[ \t]*(?P<name>[^\W\d]\w*)[ \t]*(?::[^=\n]+)?:?=[ \t]*[^\n=]*\Z", re.MULTILINE)
_NEAR = 200  # characters before `.parse_file` that are looked at


def makes_managers(text: str) -> frozenset[str]:
    """Give the names, with their dots, by which a text calls the class of managers, or a subclass in it."""
    if CLASS not in text:
        return frozenset()
    found = {local for module, name, local in local_names(text) if name == CLASS and module in _HOMES}
    heads = {local for module, name, local in local_names(text) if not name and module in _HOMES}
    heads |= {local for module, name, local in local_names(text) if (module, name) == ("hpman", "hpm")}
    found |= {f"{head}.{CLASS}" for head in heads} | {f"{head}.hpm.{CLASS}" for head in heads}
    while True:
        bases = "|".join(map(re.escape, sorted(found)))
        pattern = rf"\bclass[ \t]+(\w+)[^(\n]*\([^)]*(?<![\w.])(?:{bases})(?!\w)"
        new = set(re.findall(pattern, text)) - found if found else set()
        if not new:
            return frozenset(found)
        found |= new


def own_arrivals(text: str) -> frozenset[str]:
    """Give the names that a text itself shows to be managers: it makes them, says so, or calls `parse_file` of them."""
    found = {match["name"] for match in _SAID.finditer(text)} if CLASS in text else set()
    classes = "|".join(map(re.escape, sorted(makes_managers(text))))
    if classes:
        found |= {match["name"] for match in re.finditer(rf"{_ASSIGNED}(?:{classes})[ \t]*\(", text)}
    for match in _PARSING.finditer(text) if "parse_file" in text else ():
        before = text[max(0, match.start() - _NEAR) : match.start()]
        owner, got = _OWNER.search(before), _GOT.search(before)
        names = {one["name"] for one in (owner, got) if one is not None} - found
        found |= {name for name in names if _bound(name).search(text) is not None}
    return frozenset(name for name in found if "hpman" in text or _is_called(text, name))


def given_names(text: str, names: Iterable[str]) -> frozenset[str]:
    """Give those of some names that a text calls with a literal, and may bind to what it is given."""
    return frozenset(
        name for name in names if _is_called(text, name) and _bound(name).search(text) is not None
    )


def may_be_given(data: bytes, names: Iterable[str]) -> bool:
    """Whether a source may call one of some names that it is given, over its bytes."""
    for name in names:
        called = name.encode() + b"("
        if (
            called in data
            and (called + b'"' in data or called + b"'" in data)
            and given_names(data.decode("latin-1"), frozenset({name.encode().decode("latin-1")}))
        ):
            return True
    return False


def _is_called(text: str, name: str) -> bool:
    return f'{name}("' in text or f"{name}('" in text if name.strip("_") else _with_default(name, text)


def _with_default(name: str, text: str) -> bool:
    """Whether a throw-away name is called as only a manager is: a word, and something behind it."""
    return re.search(rf"{name}(?<!\w{name})\([\"'][\w.]+[\"'][ \t]*,", text) is not None


@lru_cache(maxsize=64)
def _bound(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}(?<![\w.]{re.escape(name)})\s*[,):=](?!=)")
