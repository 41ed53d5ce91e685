"""JSON text to nodes: read by the json module, then gone through once more for the places."""

from __future__ import annotations

import json
import re

from hpman.static.facts import Problem, Span

from .nodes import Mapping, Node, ParsedValues, Scalar, Sequence

# A string that a fault has cut is one token too: the brackets in it are none.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[\]{}]|[^\s,:\[\]{}"]+')
_LONG_NUMBER = re.compile(r"\d{1000}")  # Python reads a number of some thousand digits, and no longer one
DEEPEST = 100


def parse_json(text: str) -> ParsedValues:
    """Read JSON; what comes before the first fault is kept."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _until(text, error.pos, f"not valid JSON: {error.msg}")
    except RecursionError:
        return _until(text, 0, f"nested more than {DEEPEST} levels deep")
    except ValueError:
        number = _LONG_NUMBER.search(text)
        message = "not valid JSON for Python: a number of thousands of digits"
        return _until(text, number.start() if number else 0, message)
    return _read(text, len(text))


def _until(text: str, end: int, message: str) -> ParsedValues:
    """Read what comes before a fault."""
    problem = Problem("syntax-error", message, Span(min(end, len(text)), min(end + 1, len(text))))
    return ParsedValues(_read(text, end).documents, (problem,))


def _read(text: str, end: int) -> ParsedValues:
    """Find the nodes, with their places, of the beginning of a text, which is valid; what is left open ends there."""
    done: list[Node] = []
    outer: list[tuple[int, str, list[Node]]] = []  # each open bracket, and what stood before it
    for token in _TOKEN.finditer(text, 0, end):
        start, stop = token.span()
        if token[0] in "{[":
            if len(outer) >= DEEPEST:
                return ParsedValues(
                    (),
                    (Problem("syntax-error", f"nested more than {DEEPEST} levels deep", Span(start, stop)),),
                )
            outer.append((start, token[0], done))
            done = []
        elif token[0] in "}]":
            done = _closed(outer.pop(), stop, done)
        elif (node := _scalar(token[0], Span(start, stop))) is not None:
            done.append(node)
    while outer:
        done = _closed(outer.pop(), end, done)
    return ParsedValues(tuple(done))


def _closed(begun: tuple[int, str, list[Node]], end: int, nodes: list[Node]) -> list[Node]:
    """Put a collection behind what stands before it, which is given."""
    start, bracket, before = begun
    span, pairs = Span(start, end), zip(nodes[::2], nodes[1::2], strict=False)
    before.append(Sequence(span, tuple(nodes), "") if bracket == "[" else Mapping(span, tuple(pairs), ""))
    return before


def _scalar(token: str, span: Span) -> Scalar | None:
    """Read a token; None for one that a fault has cut."""
    try:
        value = json.loads(token)
    except ValueError:
        return None
    if isinstance(value, str):
        return Scalar(span, value, value, '"', "str")
    tag = "null" if value is None else type(value).__name__
    return Scalar(span, value, token, "", tag)
