"""Where a candidate is handed on as a value: to a function, an attribute, a list, whoever asks. Any name may be set there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from hpman.static.tree.nodes import children, dotted, parses, unchained

from .plain import sets_nothing

# What looks at a value, and keeps it from nobody.
_LOOKS = (
    *(ast.Attribute, ast.Subscript, ast.Compare, ast.UnaryOp, ast.BinOp, ast.FormattedValue),
    *(ast.Expr, ast.Assert, ast.If, ast.While, ast.AugAssign, ast.Delete),
)


def handed_on(
    nodes: Iterable[ast.AST], stops: frozenset[type[ast.AST]], candidates: frozenset[str], in_class: bool
) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Give (where, candidate): the call whose argument it is, or else the candidate itself, as far as it is chained.

    nodes: evaluated in one scope; those of kinds to stop at have scopes of their own.
    in_class: the scope is a class body, whose names are attributes for others.
    """
    stack: list[tuple[ast.AST | None, ast.AST]] = [(None, node) for node in nodes]
    while stack:
        parent, node = stack.pop()
        if type(node) in stops:
            continue
        found = _candidate(node, candidates)
        if found is None or found is not node:
            stack += ((node, child) for child in _below(node))
        if found is not None and not _keeps(parent, node, candidates, in_class):
            yield (parent if isinstance(parent, ast.Call) else node), found  # type: ignore[misc] # an expression


def _candidate(node: ast.AST, candidates: frozenset[str]) -> ast.expr | None:
    """Give the candidate that an expression gives: itself, or what a chain of calls that has one parse is called on."""
    one = unchained(node) if type(node) is ast.Call and parses(node) else node
    if not isinstance(one, (ast.Name, ast.Attribute)) or dotted(one) not in candidates:
        return None
    return one if isinstance(one.ctx, ast.Load) else None


def _keeps(parent: ast.AST | None, node: ast.AST, candidates: frozenset[str], in_class: bool) -> bool:
    """Tell whether what is around a candidate gives it to nobody who may set a value."""
    if isinstance(parent, ast.Call):
        called = node is parent.func and not isinstance(node, ast.Call)
        return called or sets_nothing(dotted(parent.func) or "")
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        names = [one.id for one in targets if isinstance(one, ast.Name)]
        return not in_class and len(names) == len(targets) == 1 and names[0] in candidates
    return isinstance(parent, _LOOKS) or (isinstance(parent, ast.IfExp) and node is parent.test)


def _below(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Call):
        return [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
    return children(node)
