"""Finds the calls in f-strings: before Python 3.12 the syntax tree tells wrong places for them."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from typing import Any

from hpman.static.characters.lexer import closing
from hpman.static.facts import Span
from hpman.static.scoping.bindings import Call

from . import syntax
from .nodes import dotted
from .source import Source

_OPENING = re.compile(r"[\w.\s]*[(\[]")
_RIGHT = sys.version_info >= (3, 12)  # PEP 701


def placed(calls: list[Call], source: Source) -> list[tuple[Call, Source]]:
    """Give each call with the source in which its nodes stand; one whose place cannot be found is left out."""
    if _RIGHT or all(call.formatted is None for call in calls):
        return [(call, source) for call in calls]
    taken: set[Span] = set()
    pairs = ((call, source) if call.formatted is None else _found(call, source, taken) for call in calls)
    return [pair for pair in pairs if pair is not None]


def _found(call: Call, source: Source, taken: set[Span]) -> tuple[Call, Source] | None:
    """Look in the f-string for the text that parses to the same expression."""
    around = source.span(call.formatted) if call.formatted is not None else Span(source.start, source.end)
    wanted = ast.dump(call.node)
    for match in re.finditer(rf"(?<!\w){re.escape(call.name)}(?!\w)", source.text[around.start : around.end]):
        start = around.start + match.start()
        for node, end in _chain_at(source.text, start, around.end):
            if Span(start, end) not in taken and ast.dump(node) == wanted:
                taken.add(Span(start, end))
                return call._replace(node=node, callee=_innermost(node, call.name)), Source(
                    source.text, start, end
                )
    return None


def _chain_at(text: str, start: int, limit: int) -> Iterator[tuple[Any, int]]:
    """Parse a chain of calls and items, `_.a(...)["b"].c(...)`, that begins at an offset: each beginning of it."""
    at = start
    while (opening := _OPENING.match(text, at, limit)) is not None:
        close = closing(text, opening.end() - 1, limit)
        node = None if close is None else syntax.expression(text[start : close + 1])
        if close is None or not isinstance(node, (ast.Call, ast.Subscript)):
            return
        yield node, close + 1
        at = close + 1


def _innermost(node: ast.expr, name: str) -> ast.expr:
    while dotted(node) != name:
        node = node.func if isinstance(node, ast.Call) else node.value  # type: ignore[attr-defined]
    return node
