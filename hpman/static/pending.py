"""Calls of `parse_file`, whose arguments can need other statements to be known."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .facts import Span
from .scoping.bindings import Call, Scope
from .tree.source import Source


class PendingParse(NamedTuple):
    """A `parse_file` call whose argument may use names that other statements bind.

    local: what the enclosing functions assign, and assign once.
    """

    callee: str
    call: Span
    argument: ast.expr | None
    local: dict[str, ast.expr]
    scope: Scope


def pending_of(call: Call, source: Source, tree: ast.AST | None) -> PendingParse:
    """Read a call of `parse_file` in the tree of its statement."""
    named = [keyword.value for keyword in call.node.keywords if keyword.arg in ("path", "paths")]
    given = [*call.node.args, *named]
    local: dict[str, ast.expr] = {}
    for scope in _around(call.node, tree):
        local.update(_assigned_once(scope))
    argument = given[0] if len(given) == 1 else None
    return PendingParse(call.name, source.span(call.node), argument, local, call.scope)


def _around(node: ast.Call, tree: ast.AST | None) -> Iterator[ast.AST]:
    """Give the tree and the functions in it around a node, outermost first."""
    if tree is not None:
        yield tree
        for function in ast.walk(tree):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                last = function.end_lineno or function.lineno
                if function.lineno <= node.lineno <= last:
                    yield function


def _assigned_once(scope: ast.AST) -> dict[str, ast.expr]:
    """Give what the names stand for that a tree assigns in one place only; a loop's variable for all its values."""
    values: dict[str, ast.expr] = {}
    stores: list[str] = []
    for node in ast.walk(scope):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            stores.append(node.id)
        elif (
            isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
        ):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            values[node.target.id] = node.value
        elif (
            isinstance(node, ast.For)
            and isinstance(node.target, ast.Name)
            and isinstance(node.iter, (ast.List, ast.Tuple, ast.Name))
        ):
            values[node.target.id] = node.iter
    count = Counter(stores)
    return {name: value for name, value in values.items() if count[name] == 1}
