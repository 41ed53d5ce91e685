"""What an expression comes to, as far as it can be known without running it."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable

from hpman.static.facts import NOT_LITERAL
from hpman.static.tree import syntax

_MOST = 10**18  # what is longer than people write is no literal that anyone wants
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}


def folded(text: str, node: ast.expr) -> str | None:
    """Write an expression as a literal: sums of strings, numbers, f-strings without fields, constants of the module.

    text: of the file. Gives None where only running it can tell.
    """
    value = _value(text, node)
    return None if value is NOT_LITERAL else written(value)


def folded_text(text: str, node: ast.expr) -> str | None:
    """Give the string that an expression comes to."""
    value = _value(text, node)
    return value if isinstance(value, str) else None


def written(value: object) -> str | None:
    """Write a value so that it reads back as the same; None where that cannot be."""
    text = (
        f'"{value}"'
        if isinstance(value, str) and value.isprintable() and not set('"\\') & set(value)
        else repr(value)
    )
    node = syntax.expression(text)
    back = NOT_LITERAL if isinstance(node, syntax.Fault) else syntax.literal(node)
    return text if back == value and type(back) is type(value) else None


def _value(text: str, node: ast.expr) -> object:
    literal = syntax.literal(node)
    if literal is not NOT_LITERAL:
        return NOT_LITERAL if isinstance(literal, syntax.Fault) else literal
    if isinstance(node, ast.Name):
        return _constant(text, node.id)
    if isinstance(node, ast.JoinedStr):
        parts = [_value(text, part) for part in node.values if isinstance(part, ast.Constant)]
        return "".join(map(str, parts)) if len(parts) == len(node.values) else NOT_LITERAL
    return _calculated(text, node) if isinstance(node, ast.BinOp) else NOT_LITERAL


def _calculated(text: str, node: ast.BinOp) -> object:
    left, right = _value(text, node.left), _value(text, node.right)
    if isinstance(left, str) and isinstance(right, str) and isinstance(node.op, ast.Add):
        return left + right
    compute = _OPERATORS.get(type(node.op))
    if compute is None or not _is_number(left) or not _is_number(right):
        return NOT_LITERAL
    try:
        result = compute(left, right)  # type: ignore[arg-type] # numbers, as was asked
    except (ArithmeticError, ValueError):
        return NOT_LITERAL
    return result if abs(result) < _MOST else NOT_LITERAL


def _constant(text: str, name: str) -> object:
    """Give what a name of the module stands for that is bound once, to a literal on one line."""
    word = rf"(?<![\w.]){re.escape(name)}(?!\w)"
    bound = re.findall(
        rf"{word}[ \t]*(?::[^=\r\n]+)?(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=)(?![^(\r\n]*\)[ \t]*$)", text
    )
    other = re.search(
        rf"\b(?:for|as|def|class|global|nonlocal|import|del)\b[^\r\n:]*{word}|{word}[ \t]*(?:,[^=\r\n]*=(?!=)|:=)",
        text,
    )
    match = re.search(
        rf"^{re.escape(name)}[ \t]*(?::[^=\r\n]+)?=[ \t]*(?P<value>[^\r\n]+)$", text, re.MULTILINE
    )
    if match is None or len(bound) != 1 or other is not None:
        return NOT_LITERAL
    node = syntax.expression(match["value"].strip())
    if isinstance(node, syntax.Fault):
        return NOT_LITERAL
    value = syntax.literal(node)
    return NOT_LITERAL if isinstance(value, syntax.Fault) else value


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _MOST
