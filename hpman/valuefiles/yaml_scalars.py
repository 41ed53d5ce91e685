"""What a YAML scalar means: as PyYAML's safe loader reads it, which is YAML 1.1, with two differences.

`1e-3` and `-.5` are numbers, as in YAML 1.2 (1.1 wants `1.0e-3` and `-0.5`), marked by the tag "float-1.2", and remember
how they are written, for where text is wanted they are that; and a date is text, for no literal in a program is one. Tags that hpargparse's files have (`!!python/tuple`) are understood.
"""

from __future__ import annotations

import re
from typing import Any

from hpman.static.facts import NOT_LITERAL, Span

from .nodes import Scalar, WrittenNumber

_STANDARD = "tag:yaml.org,2002:"
_KNOWN = {"seq": "", "map": "", "python/tuple": "tuple", "python/list": "", "python/dict": "", "set": "set"}
_FLOAT_1_2 = re.compile(r"(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+|[-+]\.\d+)\Z", re.ASCII)
# What one reader or another takes for a number: hexadecimal, octal and binary ones, underscores, sixties.
_NUMBER_SOMEWHERE = re.compile(
    r"[-+]?(?:0[obx][\da-f_]+|\d[\d_]*(?::[\d_]+)+(?:\.[\d_]*)?|(?=[._]*\d)[\d_]*\.?[\d_]*(?:e[-+]?[\d_]+)?)\Z",
    re.ASCII | re.IGNORECASE,
)
# What needs no resolver, which is most: text by its first letter (of words such as `yes` and `null` there are others),
# and numbers that YAML 1.1 and Python write alike.
_TEXT_STARTS = frozenset("abcdeghijklmpqrsuvwxzABCDEGHIJKLMPQRSUVWXZ_")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?\Z")
_LONGEST_INT = 18  # characters; Python reads no number of thousands of digits


def short_tag(tag: str | None) -> str:
    """Give the tag of a collection: "" for a list or dict, "tuple", "set", else as it is written."""
    if tag is None or tag == "!":
        return ""
    short = tag.removeprefix(_STANDARD)
    return _KNOWN.get(short, f"!!{short}" if short != tag else tag)


def looks_like_a_number(text: str) -> bool:
    """Whether some reader of YAML takes a text for a number, where it has no quotes."""
    return _NUMBER_SOMEWHERE.match(text) is not None


class Scalars:
    """Reads scalars with a PyYAML package."""

    def __init__(self, yaml: Any) -> None:
        self._node = yaml.ScalarNode
        self._resolver = yaml.resolver.Resolver()
        make = yaml.constructor.SafeConstructor()
        self._makers = {
            "null": lambda _: None,
            "bool": make.construct_yaml_bool,
            "int": make.construct_yaml_int,
            "float": make.construct_yaml_float,
            "binary": make.construct_yaml_binary,
            "python/complex": lambda node: complex(node.value),
        }

    def read(self, event: Any, span: Span) -> Scalar:
        """Give the node of a scalar event."""
        if event.tag is None and event.implicit[0]:
            text = event.value
            if text[:1] in _TEXT_STARTS:
                return Scalar(span, text, text, "", "str")
            if number := _DECIMAL.match(text):
                if number["fraction"]:
                    return Scalar(span, float(text), text, "", "float")
                if len(text) <= _LONGEST_INT:
                    return Scalar(span, int(text), text, "", "int")
        tag = self._tag(event)
        value: object = event.value
        if tag in self._makers:
            try:
                value = self._makers[tag](self._node(tag, event.value))
            except Exception:  # noqa: BLE001 - PyYAML fails in many ways on what looks like a number and is none
                tag, value = "str", event.value
        elif tag == "float-1.2":
            value = WrittenNumber(event.value)
        elif tag not in ("str", "merge"):
            value = NOT_LITERAL
        return Scalar(span, value, event.value, event.style or "", tag)

    def _tag(self, event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            short: str = event.tag.removeprefix(_STANDARD)
            return {"python/str": "str", "python/unicode": "str"}.get(short, short)
        if event.tag == "!" or not event.implicit[0]:
            return "str"
        found: str = self._resolver.resolve(self._node, event.value, (True, False)).removeprefix(_STANDARD)
        if found == "str" and _FLOAT_1_2.match(event.value):
            return "float-1.2"
        return "str" if found in ("timestamp", "value") else found
