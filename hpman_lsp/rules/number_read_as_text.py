"""`number-read-as-text`: a number in a YAML file that PyYAML, which the program reads it with, takes for text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpman.static.facts import Occurrence
from hpman.valuefiles.nodes import Node, Scalar, Sequence
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.value_meaning import Taken
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.value_entries import bounded, values_in
from .helpers.yaml_readers import is_read_by_pyyaml

_CONVERTER = re.compile(r"(?<![\w.])(?:float|int)\(\Z")
_LONGEST = len("\nfloat(")
_MOST_DIGITS = 15  # of a whole number that is written out


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at the number, with what PyYAML takes for one."""
    found = [
        (entry.name, node, taken)
        for entry, (_, _, taken) in values_in(snapshot, path)
        for node in _numbers(entry.value)
        if taken and all(_wants_number(one, entry.value) for one in taken)
    ]
    if found and is_read_by_pyyaml(snapshot, path):
        yield from bounded(
            _told(name, node, taken)
            for name, node, taken in found
            if not any(is_converted(snapshot, one.use) for one in taken)
        )


def is_converted(snapshot: Snapshot, use: Use) -> bool:
    """Whether a program makes a number of what a call gives: `float(_("lr", 0.1))`."""
    if not isinstance(use.source, Occurrence):
        return False
    start = use.source.call.start
    return _CONVERTER.search(snapshot.files[use.path].text[max(0, start - _LONGEST) : start]) is not None


def _numbers(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar) and node.tag == "float-1.2":
        yield node
    elif isinstance(node, Sequence):
        yield from (one for one in node.items if isinstance(one, Scalar) and one.tag == "float-1.2")


def _wants_number(taken: Taken, node: Node) -> bool:
    default = taken.default
    if isinstance(node, Sequence):
        return isinstance(default, (list, tuple)) and bool(default) and all(map(_is_number, default))
    return _is_number(default)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _told(name: str, node: Scalar, taken: tuple[Taken, ...]) -> Violation:
    new = _for_all(node, isinstance(taken[0].default, int))
    message = f"PyYAML, with which the program reads this file, gives `{name}` the text `{node.text}`: write `{new}`"
    return Violation(node.span, message, data=new)


def _for_all(node: Scalar, whole: bool) -> str:
    """Return the same number as every reader of YAML takes it for one."""
    value = node.value
    if whole and isinstance(value, float) and value.is_integer() and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    mantissa, _, exponent = node.text.lower().partition("e")
    sign, digits = (mantissa[0], mantissa[1:]) if mantissa[0] in "+-" else ("", mantissa)
    before, _, after = digits.partition(".")
    number = f"{'' if sign == '+' else sign}{before or 0}.{after or 0}"
    if not exponent:
        return number
    return f"{number}e{exponent if exponent[0] in '+-' else f'+{exponent}'}"
