"""The statements of a text, parsed as they are asked for."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hpman.static.facts import Span
from hpman.static.tree import syntax
from hpman.static.tree.source import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Part(NamedTuple):
    """A statement of the module that was parsed by itself.

    start, end: where in the text it stands; its nodes count from the start.
    """

    start: int
    end: int
    tree: ast.Module
    parents: dict[ast.AST, ast.AST]

    def around(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Yield the nodes around a node, the nearest first, each with the one in it that leads to the node."""
        inner = node
        while inner in self.parents:
            outer = self.parents[inner]
            yield outer, inner
            inner = outer

    def function(self, node: ast.AST) -> Function | None:
        """Return the function whose body a node is in."""
        for outer, inner in self.around(node):
            if isinstance(outer, Function) and inner in outer.body:
                return outer
        return None


class Found(NamedTuple):
    """A call; is_whole: the statement around it is known too."""

    part: Part
    node: ast.Call
    is_whole: bool


class Module:
    """A text, cut into statements; remembers what was asked.

    places: of its statements, in order.
    """

    def __init__(self, text: str, places: Sequence[Span]) -> None:
        self.text = text
        self._places = places
        self._starts = [one.start for one in places]
        self._naming: dict[str, tuple[Part, ...]] = {}

    def naming(self, name: str) -> tuple[Part, ...]:
        """Return the statements in which a name occurs; of what does not parse nothing is known."""
        if name not in self._naming:
            word = re.compile(rf"\b{re.escape(name)}\b")
            met = (one.start() for one in word.finditer(self.text)) if name in self.text else ()
            holding = dict.fromkeys(bisect_right(self._starts, at) - 1 for at in met)
            found = (self._part(self._places[one]) for one in holding if one >= 0)
            self._naming[name] = tuple(one for one in found if one is not None)
        return self._naming[name]

    def call(self, place: Span) -> Found | None:
        """Return the call at a place, in its statement, or else by itself; None if neither parses."""
        at = bisect_right(self._starts, place.start) - 1
        around = self._places[at] if at >= 0 and place.start < self._places[at].end else None
        for one in (around, place):
            part = None if one is None else self._part(one)
            node = None if part is None else _call_at(self.text, part, place)
            if part is not None and node is not None:
                return Found(part, node, is_whole=one is around)
        return None

    def _part(self, place: Span) -> Part | None:
        parsed = _parsed(self.text[slice(*place)])
        return None if parsed is None else Part(place.start, place.end, *parsed)


@lru_cache(maxsize=128)
def _parsed(text: str) -> tuple[ast.Module, dict[ast.AST, ast.AST]] | None:
    tree = syntax.module(text)
    if isinstance(tree, syntax.Fault):
        return None
    return tree, {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def _call_at(text: str, part: Part, place: Span) -> ast.Call | None:
    source = Source(text, part.start, part.end)
    calls = (node for node in ast.walk(part.tree) if isinstance(node, ast.Call))
    return next((node for node in calls if source.span(node) == place), None)


def is_main_guard(test: ast.expr) -> bool:
    """Return whether a condition is `__name__ == "__main__"`."""
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def own_nodes(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of a body, but not what is in functions and classes in it."""
    pending = list(body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _SCOPES):
            pending += ast.iter_child_nodes(node)
