"""What a variable stands for in a text: all that is assigned to it, whichever comes about."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from hpman.static.tree import syntax

_MOST = 20  # expressions that are followed


def sources_of(text: str, node: ast.expr) -> tuple[ast.expr, ...]:
    """Give what is bound to a variable; nothing where something else than an expression binds it, or for no variable."""
    tree = syntax.module(text.removeprefix("\ufeff")) if isinstance(node, ast.Name) else None
    if not isinstance(tree, ast.Module) or not isinstance(node, ast.Name):
        return ()
    found: list[ast.expr | None] = []
    for one in ast.walk(tree):
        found += _bound(one, node.id)
    return tuple(one for one in found if one is not None) if None not in found else ()


def all_of(node: ast.expr, sources: Callable[[ast.expr], tuple[ast.expr, ...]]) -> Iterator[ast.expr]:
    """Give an expression with all that the variables in it stand for, and so on."""
    pending, seen = [node], set[str]()
    while pending and len(seen) < _MOST:
        one = pending.pop()
        yield one
        for name in (inner for inner in ast.walk(one) if isinstance(inner, ast.Name)):
            if name.id not in seen:
                seen.add(name.id)
                pending += sources(name)


def _bound(node: ast.AST, name: str) -> list[ast.expr | None]:
    """Give what a node binds a variable to, or adds to the dict in it; None for what cannot be told."""
    found: list[ast.expr | None] = []
    if isinstance(node, ast.Assign):
        items = [one for one in node.targets if isinstance(one, ast.Subscript) and _is(one.value, name)]
        found += (None for one in items if not isinstance(one.slice, ast.Constant))
        found += [node.value] if any(_is(one, name) for one in node.targets) else []
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr, ast.AugAssign)):
        found += [node.value] if _is(node.target, name) else []
    elif isinstance(node, ast.withitem):
        found += [node.context_expr] if _is(node.optional_vars, name) else []
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        found += node.args if _is(node.func.value, name) else []
    elif isinstance(node, ast.arg):
        found += [None] if node.arg == name else []
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        found += [None] if any(_is(one, name) for one in ast.walk(node.target)) else []
    return found


def _is(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
