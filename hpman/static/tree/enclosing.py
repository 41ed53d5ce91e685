"""Which function's body a place stands in: what is there runs later, and not where it is written."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hpman.static.characters.lexer import segments
from hpman.static.facts import Binding, Span

from . import syntax
from .nodes import FUNCTIONS
from .source import Source


class _Function(NamedTuple):
    whole: Span
    body: Span


class Functions:
    """The functions of a text; reads the statements that are asked about, each once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._segments = list(segments(text, 1 if text.startswith("\ufeff") else 0))
        self._starts = [one.start for one in self._segments]
        self._known: dict[int, tuple[_Function, ...]] = {}

    def around(self, offset: int) -> Span | None:
        """Give the innermost function whose body holds an offset; None outside of all."""
        return next((one.whole for one in self._at(offset) if _holds(one.body, offset)), None)

    def of(self, bindings: Iterable[Binding]) -> frozenset[Span | None]:
        """Give the functions that bind names; None for the module."""
        return frozenset(self._binding(one) for one in bindings)

    def _binding(self, binding: Binding) -> Span | None:
        at = binding.span.start
        if binding.kind != "parameter":
            return self.around(at)
        return next((one.whole for one in self._at(at) if _holds(one.whole, at)), None)

    def _at(self, offset: int) -> tuple[_Function, ...]:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return ()
        if index not in self._known:
            start, end, _ = self._segments[index]
            self._known[index] = tuple(_functions(self._text, start, end))
        return self._known[index]


def _functions(text: str, start: int, end: int) -> Iterator[_Function]:
    """Give the functions of a statement, the inner ones first."""
    if text.find("def", start, end) < 0 and text.find("lambda", start, end) < 0:
        return
    tree = syntax.module(text[start:end])
    if isinstance(tree, ast.Module):
        source = Source(text, start, end)
        found = [_function(node, source) for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
        yield from sorted(found, key=lambda one: one.body.end - one.body.start)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, source: Source) -> _Function:
    whole = source.span(node)
    first = node.body if isinstance(node, ast.Lambda) else node.body[0]
    return _Function(whole, Span(source.span(first).start, whole.end))


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end
