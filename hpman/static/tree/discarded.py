"""Which expressions are statements of their own: what they give goes nowhere."""

from __future__ import annotations

import ast

_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")


def discarded(tree: ast.AST | None) -> frozenset[int]:
    """Give the `id` of each such expression in a tree, at whatever depth."""
    found: list[int] = []
    stack = [] if tree is None else [tree]
    while stack:
        node = stack.pop()
        if type(node) is ast.Expr:
            found.append(id(node.value))
            continue
        for field in _BODIES:
            below = getattr(node, field, None)
            if below.__class__ is list:
                stack += below
    return frozenset(found)
