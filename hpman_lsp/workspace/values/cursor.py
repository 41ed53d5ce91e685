"""What is being written at a place of a value file that may not parse: a look at the lines alone."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from hpman.static.facts import Span

_KEY = re.compile(
    r"""(?P<indent>[ ]*)(?:(?P<quote>["'])(?P<quoted>[^"']*)(?P=quote)|(?P<plain>[^\s"'#{}\[\],&*!|>%@`:-][^#"':]*?|[\w.]+))[ ]*:(?P<rest>.*)\Z"""
)
_BEGUN = re.compile(r"""(?P<indent>[ ]*)(?P<quote>["']?)(?P<text>[\w.\-/]*)\Z""")
_VALUE = re.compile(r"""[ ]+(?P<quote>["']?)(?P<text>[^\s"',#]*)\Z""")
_NEAR = 2000  # lines above in which the groups around are looked for


class ValueCursor(NamedTuple):
    """A key or a value that is being written.

    name: of a value its key's whole name; of a key the groups that it is in, each with a dot behind it.
    span: the characters before and behind the cursor that belong to it, without quotes.
    quote: the quotation mark before it, or "".
    ends_line: nothing stands behind it on its line.
    """

    kind: Literal["key", "value"]
    name: str
    span: Span
    quote: str
    ends_line: bool


def cursor_at(text: str, offset: int) -> ValueCursor | None:
    """Tell what is written at an offset, where keys and values stand on lines of their own."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = min((at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0), default=len(text))
    before, behind = text[start:offset], text[offset:end]
    if (begun := _BEGUN.match(before)) is not None:
        tail = re.match(r"[\w.\-/]*", behind)
        word = tail.end() if tail else 0
        span = Span(offset - len(begun["text"]), offset + word)
        group = _groups(text[:start], len(begun["indent"]))
        return ValueCursor("key", group, span, begun["quote"], not behind[word:].strip())
    key = _KEY.match(before)
    value = None if key is None else _VALUE.match(key["rest"])
    if key is None or value is None:
        return None
    tail = re.match(r"""[^\s"',#]*""", behind)
    span = Span(offset - len(value["text"]), offset + (tail.end() if tail else 0))
    name = _groups(text[:start], len(key["indent"])) + _name(key)
    return ValueCursor("value", name, span, value["quote"], not behind.strip())


def _groups(above: str, indent: int) -> str:
    """Give the groups around a line by the keys above it that are less indented."""
    names: list[str] = []
    for line in reversed(above.splitlines()[-_NEAR:]):
        if indent == 0 or line.startswith(("---", "...")):
            break
        key = _KEY.match(line.rstrip())
        if key is not None and len(key["indent"]) < indent:
            indent = len(key["indent"])
            names.append(_name(key))
    return "".join(f"{name}." for name in reversed(names))


def _name(key: re.Match[str]) -> str:
    return key["quoted"] if key["plain"] is None else key["plain"].strip()
