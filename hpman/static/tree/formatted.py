"""Finds the calls in f-strings: before Python 3.12 the syntax tree tells wrong places for them."""

from __future__ import annotations

import ast
import re
import sys

from hpman.static.characters.lexer import closing
from hpman.static.facts import Span
from hpman.static.scoping.bindings import Call

from . import syntax
from .nodes import dotted
from .source import Source

_RIGHT = sys.version_info >= (3, 12)  # PEP 701


def placed(calls: list[Call], source: Source) -> list[tuple[Call, Source]]:
    """Give each call with the source in which its nodes stand; one whose place cannot be found is left out."""
    if _RIGHT or all(call.formatted is None for call in calls):
        return [(call, source) for call in calls]
    taken: set[int] = set()
    pairs = ((call, source) if call.formatted is None else _found(call, source, taken) for call in calls)
    return [pair for pair in pairs if pair is not None]


def _found(call: Call, source: Source, taken: set[int]) -> tuple[Call, Source] | None:
    """Look in the f-string for the text that parses to the same call."""
    around = source.span(call.formatted) if call.formatted is not None else Span(source.start, source.end)
    wanted = ast.dump(call.node)
    for match in re.finditer(rf"(?<!\w){re.escape(call.name)}(?!\w)", source.text[around.start : around.end]):
        start = around.start + match.start()
        if start in taken:
            continue
        node, end = _call_at(source.text, start, around.end)
        if node is not None and ast.dump(node) == wanted:
            taken.add(start)
            return call._replace(node=node, callee=_innermost(node, call.name)), Source(
                source.text, start, end
            )
    return None


def _call_at(text: str, start: int, limit: int) -> tuple[ast.Call | None, int]:
    """Parse the longest chain of calls, `_.a(...).b(...)`, that begins at an offset."""
    best: tuple[ast.Call | None, int] = (None, start)
    opening = text.find("(", start, limit)
    while opening >= 0:
        close = closing(text, opening, limit)
        if close is None:
            break
        node = syntax.expression(text[start : close + 1])
        if not isinstance(node, ast.Call):
            break
        best = (node, close + 1)
        chained = re.compile(r"\s*\.\s*\w+\s*\(").match(text, close + 1, limit)
        opening = chained.end() - 1 if chained else -1
    return best


def _innermost(node: ast.expr, name: str) -> ast.expr:
    while dotted(node) != name:
        node = node.func if isinstance(node, ast.Call) else node.value  # type: ignore[attr-defined]
    return node
