"""The items of a dict that is written as a value: `lr` in `{"lr": 0.1, "adam": {"eps": 1e-8}}`, and `adam.eps`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.characters.lexer import closing
from hpman.static.facts import NOT_LITERAL, Expression, Name, Span
from hpman.static.keyed import key_name
from hpman.static.mappings import pairs_of
from hpman.static.shifting import moved_name
from hpman.static.tree import syntax
from hpman.static.tree.literals import name_of

from .expressions import ParsedExpression, parse_expression

_OPENING = re.compile(r"[ \t]*(?:\.[ \t]*(?:get|pop)[ \t]*\(|\[)")
_NEAR = 500  # characters in which an item's brackets are looked for


class Item(NamedTuple):
    """An item: the keys that lead to it, outermost first, and its value; None where it has none of its own."""

    way: tuple[Name, ...]
    value: Expression | None


def item_of(text: str, value: Expression, parts: tuple[str, ...]) -> Item | None:
    """Find an item of a dict that stands in a text; None where the dict has not got it, or is written elsewhere.

    parts: the keys that lead to it.
    """
    parsed = parse_expression(text, value.span)
    node: ast.expr | None = None if parsed is None else parsed.node
    way: list[Name] = []
    for part in parts:
        found = None if node is None or parsed is None else _pair(parsed, node, part)
        if found is None or parsed is None:
            return None
        name, node = found
        way.append(moved_name(name, parsed.by))
    return Item(tuple(way), None if node is None or parsed is None else _expression(text, parsed, node))


def asked_items(text: str, end: int) -> tuple[Name, ...]:
    """Read the items that a value is asked for where it is got: `["adam"]["eps"]` behind `_("optimizer")`.

    end: where the call that gives the value ends.
    """
    return tuple(_asked(text, end))


def _asked(text: str, at: int) -> Iterator[Name]:
    for end in _closings(text, at):
        parsed = parse_expression("_" + text[at:end], Span(0, end - at + 1))
        node = None if parsed is None else parsed.node
        key = _key(node)
        name = None if key is None or parsed is None else name_of(key, parsed.source)
        if name is None or parsed is None:
            return
        yield moved_name(name, parsed.by + at - 1)
        at = end


def _closings(text: str, at: int) -> Iterator[int]:
    """Give where each item or call ends that is chained at an offset."""
    while (opening := _OPENING.match(text, at)) is not None:
        close = closing(text, opening.end() - 1, min(len(text), opening.end() + _NEAR))
        if close is None:
            return
        at = close + 1
        yield at


def _key(node: ast.expr | None) -> ast.expr | None:
    """Give what a value is asked for: by an item, or by `get` or `pop`."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return node.slice
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
        return None
    is_asked = node.func.attr in ("get", "pop") and isinstance(node.func.value, ast.Name)
    return node.args[0] if is_asked else None


def _pair(parsed: ParsedExpression, node: ast.expr, part: str) -> tuple[Name, ast.expr | None] | None:
    for pair in pairs_of(node):
        name = key_name(pair, parsed.source)
        if name is not None and name.value == part:
            return name, pair.value
    return None


def _expression(text: str, parsed: ParsedExpression, node: ast.expr) -> Expression:
    place = parsed.span(node)
    value = syntax.literal(node)
    return Expression(place, text[slice(*place)], NOT_LITERAL if isinstance(value, syntax.Fault) else value)
