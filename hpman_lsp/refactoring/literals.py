"""Literals in a source that could be hyperparameters, and what they would be called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.characters.lexer import segments
from hpman.static.facts import NOT_LITERAL, Span
from hpman.static.parser import body_start
from hpman.static.tree import syntax
from hpman.static.tree.source import Source
from hpman_lsp.workspace.python.source import SourceFile

_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Literal(NamedTuple):
    """A literal expression.

    name: what it is assigned to, the keyword or key that it belongs to, or the function that it is given to;
        "" where nothing tells.
    text: an expression that stands for it anywhere.
    """

    span: Span
    name: str
    text: str


def literal_at(file: SourceFile, selection: Span) -> Literal | None:
    """Find the literal that a selection is, or that a cursor is in; for a cursor the smallest that has a name."""
    selection = _stripped(file.text, selection)
    source = _statement_at(file, selection)
    tree = None if source is None else syntax.module(file.text[source.start : source.end])
    if source is None or not isinstance(tree, ast.Module):
        return None
    chosen = None
    for node, name in _values(tree, ""):
        span = source.span(node)
        inside = span.start <= selection.start and selection.end <= span.end
        wanted = span == selection if selection.start < selection.end else _word(name)
        if inside and wanted and _is_value(node):
            chosen = Literal(span, _word(name), _text(node, source.cut(span)))
    return chosen


def _statement_at(file: SourceFile, selection: Span) -> Source | None:
    known = file.parsed.statements if file.parsed is not None else ()
    for one in known or segments(file.text, body_start(file.text)):
        if one.start <= selection.start and selection.end <= one.end:
            return Source(file.text, one.start, one.end)
    return None


def _values(node: ast.AST, name: str) -> Iterator[tuple[ast.expr, str]]:
    """Give the expressions that can be replaced by a call, outer ones first, with what names them."""
    if isinstance(node, ast.expr):
        yield node, name
    for child, called in _children(node):
        yield from _values(child, called)


def _children(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, (ast.JoinedStr, ast.arguments, ast.pattern)):
        return  # before Python 3.12 the first has no places; the others are evaluated at import, or not at all
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        yield from _assigned(target, node.value)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield value, _key(key) if key is not None else ""
    elif isinstance(node, ast.Call):
        yield node.func, ""
        called = _target(node.func)
        several = len(node.args) > 1
        for number, argument in enumerate(node.args, 1):
            yield argument, f"{called}_{number}" if several and called else called
        for keyword in node.keywords:
            yield keyword.value, keyword.arg or ""
    elif not isinstance(node, ast.Constant):
        skipped = {getattr(node, "annotation", None), getattr(node, "returns", None)}
        yield from ((child, "") for child in ast.iter_child_nodes(node) if child not in skipped)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.AST, str]]:
    pair = (ast.Tuple, ast.List)
    if isinstance(target, pair) and isinstance(value, pair) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield other, _target(one)
    else:
        yield value, _target(target)


def _target(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return _key(node.slice) if isinstance(node, ast.Subscript) else ""


def _key(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_value(node: ast.expr) -> bool:
    """Tell whether an expression is a literal that says something."""
    value = syntax.literal(node)
    return (
        value is not NOT_LITERAL
        and not isinstance(value, syntax.Fault)
        and value not in (None, ..., (), [], {}, "")
    )


def _word(name: str) -> str:
    """Give a name in the form that hyperparameters have: `LR` and `_lr` are `lr`, `DropOut` is `drop_out`."""
    if name.startswith("__"):
        return ""
    found = _WORD.search(name if name.isupper() else _HUMP.sub("_", name))
    return found.group().lower() if found else ""


def _text(node: ast.expr, text: str) -> str:
    bare = isinstance(node, ast.Tuple) and not text.startswith("(")
    return f"({text})" if bare else text


def _stripped(text: str, span: Span) -> Span:
    selected = text[slice(*span)]
    start = span.start + len(selected) - len(selected.lstrip())
    return Span(start, start + len(selected.strip()))
