"""The syntax tree of one call, parsed again where its facts tell too little; positions are those in the file."""

from __future__ import annotations

import ast
from typing import NamedTuple

from hpman.static.facts import Name, Span
from hpman.static.shifting import moved, moved_name
from hpman.static.tree import syntax
from hpman.static.tree.literals import name_of
from hpman.static.tree.source import Source


class ParsedCall(NamedTuple):
    """A call and the text that it was parsed from.

    source: the call in brackets, so that it may go over several lines.
    by: what moves a position in that text to its place in the file.
    """

    node: ast.Call
    source: Source
    by: int

    def span(self, node: ast.AST) -> Span:
        """Give the place of a node in the file."""
        return moved(self.source.span(node), self.by)

    def name(self, node: ast.expr) -> Name | None:
        """Read a string literal; None for anything else."""
        name = name_of(node, self.source)
        return None if name is None else moved_name(name, self.by)


def parse_call(text: str, call: Span) -> ParsedCall | None:
    """Parse the call at a place of a text; None where it is none by itself."""
    wrapped = f"({text[call.start : call.end]}\n)"
    node = syntax.expression(wrapped)
    if not isinstance(node, ast.Call):
        return None
    return ParsedCall(node, Source(wrapped, 0, len(wrapped)), call.start - 1)
