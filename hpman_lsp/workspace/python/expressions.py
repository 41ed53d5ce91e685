"""The syntax tree of one call or expression, parsed again where its facts tell too little; positions are those in the file."""

from __future__ import annotations

import ast
from typing import NamedTuple

from hpman.static.facts import Span
from hpman.static.shifting import moved
from hpman.static.tree import syntax
from hpman.static.tree.source import Source


class ParsedExpression(NamedTuple):
    """An expression and the text that it was parsed from.

    source: the expression in brackets, so that it may go over several lines.
    by: what moves a position in that text to its place in the file.
    """

    node: ast.expr
    source: Source
    by: int

    def span(self, node: ast.AST) -> Span:
        """Return the place of a node in the file."""
        return moved(self.source.span(node), self.by)


class ParsedCall(ParsedExpression):
    """One that is a call."""

    node: ast.Call


def parse_call(text: str, call: Span) -> ParsedCall | None:
    """Parse the call at a place of a text; None where it is none by itself."""
    parsed = parse_expression(text, call)
    return ParsedCall(*parsed) if parsed is not None and isinstance(parsed.node, ast.Call) else None


def parse_expression(text: str, place: Span) -> ParsedExpression | None:
    """Parse the expression at a place of a text; None where it is none by itself."""
    wrapped = f"({text[place.start : place.end]}\n)"
    node = syntax.expression(wrapped)
    if isinstance(node, syntax.Fault):
        return None
    return ParsedExpression(node, Source(wrapped, 0, len(wrapped)), place.start - 1)
