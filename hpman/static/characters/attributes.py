"""Attributes that hold a manager: `self.hp = hp`, a class's `hp = _`, a field, a property; read without parsing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hpman.static.tree.nodes import GIVES_ITSELF

from .arrivals import CLASS

_CHAINING = "|".join(sorted(GIVES_ITSELF))
_END = rf"(?=[ \t]*(?:$|[#;\r]|\.[ \t]*(?:{_CHAINING})\b))"
_FIELD = re.compile(rf"^[ \t]+(?P<attribute>\w+)[ \t]*:[ \t]*[\"']?(?:\w+\.)*{CLASS}(?!\w)", re.MULTILINE)


def attributes_of(text: str, names: Iterable[str]) -> Mapping[str, str]:
    """Give the attributes of objects and classes of a text that hold a manager, each with the name of that.

    names: those that may stand for a manager in the text.
    """
    words = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    if not words:
        return {}
    held = (
        {match["attribute"]: match["attribute"] for match in _FIELD.finditer(text)} if CLASS in text else {}
    )
    for pattern in _ways(words) if re.search(rf"(?:= ?|return )(?:{words})\b", text) else ():
        held |= {match["attribute"]: match["name"] for match in pattern.finditer(text)}
    return held


def attribute_calls(text: str, attributes: Iterable[str]) -> frozenset[str]:
    """Give what calls some attributes in a text with a literal, as it is written: `self.hp` of `self.hp("lr")`."""
    words = "|".join(map(re.escape, sorted(attributes)))
    if not words:
        return frozenset()
    pattern = rf"\.(?:{words})\([ \t\r\n]*[rRuU]?[\"']"
    called = (
        (re.search(r"(?<![\w.)\]])[^\W\d]\w*\Z", text[max(0, match.start() - 60) : match.start()]), match)
        for match in re.finditer(pattern, text)
    )
    return frozenset(owner[0] + match[0].partition("(")[0] for owner, match in called if owner is not None)


def _ways(words: str) -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<name>{words})"
    return (
        re.compile(
            rf"(?<![\w.])\w+\.(?P<attribute>\w+)[ \t]*(?::[^=\n]+)?=[ \t]*{name}(?!\w){_END}", re.MULTILINE
        ),
        re.compile(rf"^[ \t]+(?P<attribute>\w+)[ \t]*(?::[^=\n]+)?=[ \t]*{name}(?!\w){_END}", re.MULTILINE),
        re.compile(
            rf"property[ \t]*\n[ \t]*def[ \t]+(?P<attribute>\w+)\([^\n]*:\s*return[ \t]+{name}(?!\w){_END}",
            re.MULTILINE,
        ),
    )
