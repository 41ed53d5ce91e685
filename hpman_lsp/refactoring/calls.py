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


def tree_paths(text: str, call: Span) -> tuple[tuple[Name, ...], ...]:
    """Give each way from the root of a `set_tree` call to a key, groups included, by its string literals.

    The prefix stands first in each. Nothing is known behind a prefix that is no literal.
    """
    parsed = parse_call(text, call)
    if parsed is None or not parsed.node.args:
        return ()
    given = [
        *parsed.node.args[1:2],
        *(keyword.value for keyword in parsed.node.keywords if keyword.arg == "prefix"),
    ]
    prefix = parsed.name(given[0]) if given else None
    if given and prefix is None:
        return ()
    start = (prefix,) if prefix is not None and prefix.value else ()
    return (*([start] if start else []), *_below(parsed, parsed.node.args[0], start))


def _below(parsed: ParsedCall, node: ast.expr, way: tuple[Name, ...]) -> list[tuple[Name, ...]]:
    found: list[tuple[Name, ...]] = []
    if isinstance(node, ast.Dict) and not (way and _one_value(node)):
        for key, value in zip(node.keys, node.values, strict=True):
            name = None if key is None else parsed.name(key)
            if name is not None:
                found += [(*way, name), *_below(parsed, value, (*way, name))]
    return found


def _one_value(node: ast.Dict) -> bool:
    """Tell whether a dict in a tree is marked as a value of its own (`HyperParamTree.DICT_ANNOTATION`)."""
    return any(isinstance(key, ast.Constant) and key.value == "__is_dict__" for key in node.keys)
