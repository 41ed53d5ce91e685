"""What a name that is made at run time can be: a pattern of what is known of its expression."""

from __future__ import annotations

import ast
import re

_ANYTHING = ".*"
# The fields of `%` formats and of `str.format`.
_PERCENT = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z%]")
_BRACES = re.compile(r"\{\{|\}\}|\{[^{}]*\}")


def pattern_of(node: ast.expr) -> str:
    """Give a regular expression for the strings that an expression can give; it may allow too much, never too little."""
    if isinstance(node, ast.Constant):
        return re.escape(node.value) if isinstance(node.value, str) else "(?!)"
    if isinstance(node, ast.JoinedStr):
        return "".join(map(pattern_of, node.values))
    if isinstance(node, ast.IfExp):
        return f"(?:{pattern_of(node.body)}|{pattern_of(node.orelse)})"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return pattern_of(node.left) + pattern_of(node.right)
    return _formatted(node)


def _formatted(node: ast.expr) -> str:
    if (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mod)
        and (text := _text(node.left)) is not None
    ):
        return _with_fields(text, _PERCENT)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
        and (text := _text(node.func.value)) is not None
    ):
        return _with_fields(text, _BRACES)
    return _ANYTHING


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _with_fields(text: str, field: re.Pattern[str]) -> str:
    return _ANYTHING.join(map(re.escape, field.split(text)))
