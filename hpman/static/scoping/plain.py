"""What is certainly no manager, whatever the program does: literals, and what well-known functions give."""

from __future__ import annotations

import ast

from hpman.static.tree.nodes import dotted

_VALUES = (
    ast.Constant,
    ast.JoinedStr,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.Dict,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Lambda,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
)
# Built-in functions that give something of their own, never one of their arguments.
_GIVE_VALUES = frozenset(
    {
        *("abs", "bool", "bytearray", "bytes", "complex", "dict", "enumerate", "filter", "float", "format"),
        *("frozenset", "id", "input", "int", "isinstance", "len", "list", "map", "open", "ord", "print"),
        *("range", "repr", "reversed", "round", "set", "sorted", "str", "tuple", "type", "zip"),
    }
)
# Functions that set no value, whatever manager they are given; hpargparse's `bind` sets those that were parsed.
_SETS_NOTHING = (_GIVE_VALUES - {"filter", "map", "sorted"}) | {"bind", "callable", "getattr", "hasattr"}
_METHODS = frozenset({"bind", "format", "print"})  # the others are other things: `event.set(_)`
_TYPES = frozenset(
    {"bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"}
)
_REGISTERING = frozenset({"register", "overload", "staticmethod", "classmethod", "property", "setter"})


def is_plain(node: ast.expr | None) -> bool:
    """Tell whether an expression certainly gives no manager."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _GIVE_VALUES
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    return isinstance(node, _VALUES)


def sets_nothing(function: str) -> bool:
    """Tell whether a function, as it is written, sets no value of a manager that it is given, and keeps it from all."""
    _, dot, name = function.rpartition(".")
    return name in (_METHODS if dot else _SETS_NOTHING)


def is_plain_annotation(node: ast.expr | None) -> bool:
    """Tell whether an annotation is a type of plain values, which cannot be called."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Constant):
        return node.value is None or node.value in _TYPES
    return isinstance(node, ast.Name) and node.id in _TYPES


def said_type(node: ast.expr | None) -> str:
    """Give the type that an annotation says, with its dots, or what may also be None; "" where it is another thing."""
    if isinstance(node, ast.Subscript) and (dotted(node.value) or "").rpartition(".")[2] == "Optional":
        node = node.slice
    if isinstance(node, ast.BinOp):
        node = node.left
    if isinstance(node, ast.Constant):
        return node.value.partition("|")[0].strip() if isinstance(node.value, str) else ""
    return "" if node is None else dotted(node) or ""


def is_plain_decorator(node: ast.expr) -> bool:
    """Tell whether a decorator gives back a function, as `@handler.register` does, or what cannot be called."""
    if isinstance(node, ast.Call):
        node = node.func
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in _REGISTERING


def mentions(node: ast.AST, names: frozenset[str]) -> bool:
    """Tell whether one of some names stands in an expression."""
    return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node))
