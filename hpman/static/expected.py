"""Whether a KeyError that is raised at a place of a text is expected: caught, awaited, or never met."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .broken.mending import mend
from .characters.lexer import segments
from .facts import Span
from .tree import syntax
from .tree.catching import (
    TRIES,
    always_runs,
    expects,
    handles,
    is_forgiving,
    leaves,
    never_runs,
)
from .tree.nodes import FUNCTIONS, children
from .tree.source import Source

# Without one of these words no call of a function can make a difference.
_CATCHING = re.compile(
    r"\b(?:except|suppress|raises|assertRaises\w*|__exit__|xfail|expectedFailure|TYPE_CHECKING|False|0)\b"
)
_PROPERTIES = frozenset({"property", "cached_property"})
_WITHS = (ast.With, ast.AsyncWith)


class _Step(NamedTuple):
    """A node on the way to a place, and what of it the way goes on with."""

    node: ast.AST
    into: ast.AST


class _Piece(NamedTuple):
    """A top-level statement of a text, as far as Python reads it."""

    tree: ast.Module
    source: Source


def is_expected(text: str, at: int) -> bool:
    """Return whether a KeyError that is raised at an offset does not end the program, as far as its text tells.

    The code around it, in its function, catches it or waits for it; or all calls of the function in this text stand in
    such code; or nothing runs it. What is wrong in the text is taken away before; where that is too much, all is.
    """
    return _reader(text).is_expected(at, frozenset())


@lru_cache(maxsize=2)
def _reader(text: str) -> _Reader:
    return _Reader(text)


class _Reader:
    """Reads the statements of a text that are asked about, each once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._segments = list(segments(text, 1 if text.startswith("\ufeff") else 0))
        self._starts = [one.start for one in self._segments]
        self._pieces: dict[int, _Piece | None] = {}
        self._bound: dict[str, tuple[ast.AST, ...]] = {}
        self._catches = _CATCHING.search(text) is not None

    def is_expected(self, at: int, asked: frozenset[int]) -> bool:
        """Return it for an offset; asked: the functions whose callers are being asked about."""
        index = bisect_right(self._starts, at) - 1
        piece = self._piece(index) if index >= 0 else None
        if piece is None:
            return True
        way = list(_way(piece, at))
        while way:
            node, into = way.pop()
            if self._guards(node, into):
                return True
            if isinstance(node, FUNCTIONS) and _is_body(node, into):
                return self._runs_so(node, way, self._starts[index], asked)
        return False

    def _runs_so(self, node: ast.AST, around: list[_Step], start: int, asked: frozenset[int]) -> bool:
        """Return whether a function is run only where a KeyError of it is expected, or never; around: the way to it."""
        if isinstance(node, ast.Lambda):
            return (
                bool(around)
                and isinstance(around[-1].node, ast.Call)
                and expects(around[-1].node, self._lookup)
            )
        if any(_is_never_met(*one) for one in around):
            return True
        return self._catches and self._is_called_so(node, start, asked)

    def _piece(self, index: int) -> _Piece | None:
        if index not in self._pieces:
            segment = self._segments[index]
            source = Source(self._text, segment.start, segment.end)
            tree = syntax.module(self._text[segment.start : segment.end])
            if isinstance(tree, syntax.Fault):
                mended = mend(source, tree, frozenset())
                self._pieces[index] = None if mended is None else _Piece(mended.tree, source)
            else:
                self._pieces[index] = _Piece(tree, source)
        return self._pieces[index]

    def _guards(self, node: ast.AST, into: ast.AST) -> bool:
        if _is_never_met(node, into):
            return True
        suite = _suite(node, into)
        if isinstance(node, TRIES):
            return suite is node.body and handles(node, self._lookup)
        return isinstance(node, _WITHS) and self._awaits(node, into, suite)

    def _awaits(self, node: ast.With | ast.AsyncWith, into: ast.AST, suite: list[ast.stmt]) -> bool:
        entered = node.items if suite else node.items[: node.items.index(into)]  # type: ignore[arg-type]
        before = suite[: suite.index(into)] if suite else []  # type: ignore[arg-type]
        stacked = (one.value for one in before if isinstance(one, ast.Expr))
        return any(expects(one.context_expr, self._lookup) for one in entered) or any(
            isinstance(one, ast.Call)
            and getattr(one.func, "attr", "") == "enter_context"
            and expects(one, self._lookup)
            for one in stacked
        )

    def _is_called_so(self, node: ast.AST, start: int, asked: frozenset[int]) -> bool:
        """Return whether all that runs a function in this text expects a KeyError of it."""
        if id(node) in asked:
            return True
        if any(is_forgiving(one, self._lookup) for one in node.decorator_list):  # type: ignore[attr-defined]
            return True
        name = self._called_as(node, start)
        calls = list(self._mentions(name, node)) if name else []
        return bool(calls) and all(self._runs_guarded(one, asked | {id(node)}) for one in calls)

    def _called_as(self, node: ast.AST, start: int) -> str:
        """Return the name by which a function is called: that of its class for what makes one."""
        name: str = node.name  # type: ignore[attr-defined]
        if name in ("__init__", "__new__", "__post_init__"):
            piece = self._piece(self._starts.index(start))
            classes = (one for one in ast.walk(piece.tree) if isinstance(one, ast.ClassDef)) if piece else ()
            return next((one.name for one in classes if node in one.body), "")
        return "" if name.startswith("__") else name

    def _mentions(self, name: str, function: ast.AST) -> Iterator[tuple[Source, ast.AST, ast.AST | None]]:
        """Return where a text uses a function: each with the node that it is in, and the call of it, if it is one."""
        is_property = any(
            getattr(one, "attr", getattr(one, "id", "")) in _PROPERTIES
            for one in function.decorator_list  # type: ignore[attr-defined]
        )
        for piece in self._naming(name):
            for parent in ast.walk(piece.tree):
                for node in children(parent):
                    if _is_use(node, name):
                        called = isinstance(parent, ast.Call) and parent.func is node
                        yield piece.source, node, node if called or is_property else parent

    def _runs_guarded(self, mention: tuple[Source, ast.AST, ast.AST | None], asked: frozenset[int]) -> bool:
        source, node, around = mention
        if around is not node:  # it is handed to something
            return isinstance(around, ast.Call) and expects(around, self._lookup)
        return self.is_expected(source.span(node).start, asked)

    def _lookup(self, name: str) -> tuple[ast.AST, ...]:
        """Return what a name is bound to, wherever the text does it."""
        if name not in self._bound:
            found = (_bound(node, name) for piece in self._naming(name) for node in ast.walk(piece.tree))
            self._bound[name] = tuple(one for one in found if one is not None)
        return self._bound[name]

    def _naming(self, name: str) -> Iterator[_Piece]:
        """Return the statements in which a name stands."""
        for index, segment in enumerate(self._segments):
            if name and self._text.find(name, segment.start, segment.end) >= 0:
                piece = self._piece(index)
                if piece is not None:
                    yield piece


def _way(piece: _Piece, at: int) -> Iterator[_Step]:
    """Return the nodes around an offset, outermost first."""
    node: ast.AST = piece.tree
    while True:
        into = next((one for one in _placed(node) if _holds(piece.source, one, at)), None)
        if into is None:
            return
        yield _Step(node, into)
        node = into


def _placed(node: ast.AST) -> Iterator[ast.AST]:
    """Return the nodes below one; decorators and defaults before a function's body."""
    for one in children(node):
        if hasattr(one, "lineno") or isinstance(
            one, (ast.withitem, ast.match_case, ast.comprehension, ast.arguments)
        ):
            yield one


def _holds(source: Source, node: ast.AST, at: int) -> bool:
    if not hasattr(node, "lineno"):
        return any(_holds(source, one, at) for one in children(node))
    place: Span = source.span(node)
    return place.start <= at < place.end


def _is_never_met(node: ast.AST, into: ast.AST) -> bool:
    """Return whether a part of a node is never run, whatever the program does."""
    suite = _suite(node, into)
    if any(map(leaves, suite[: suite.index(into)] if suite else ())):  # type: ignore[arg-type] # it is one of them
        return True
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        if into is node.test:
            return False
        if into is node.body or suite is node.body:
            return never_runs(node.test)
        return not isinstance(node, ast.While) and always_runs(node.test)
    if isinstance(node, ast.BoolOp):
        before = node.values[: node.values.index(into)]  # type: ignore[arg-type] # it is one of them
        return any(map(never_runs if isinstance(node.op, ast.And) else always_runs, before))
    return False


def _suite(node: ast.AST, into: ast.AST) -> list[ast.stmt]:
    """Return the statements among which one stands in another one; none for an expression."""
    suites = (getattr(node, field, None) for field in ("body", "orelse", "finalbody"))
    return next((some for some in suites if isinstance(some, list) and into in some), [])


def _is_body(node: ast.AST, into: ast.AST) -> bool:
    body = node.body  # type: ignore[attr-defined]
    return into in body if isinstance(body, list) else into is body


def _is_use(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == name and isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


def _bound(node: ast.AST, name: str) -> ast.AST | None:
    if isinstance(node, ast.Assign):
        return node.value if any(_last(one) == name for one in node.targets) else None
    if isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
        return node.value if _last(node.target) == name else None
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node if node.name == name else None
    return node if isinstance(node, ast.alias) and (node.asname or node.name) == name else None


def _last(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))
