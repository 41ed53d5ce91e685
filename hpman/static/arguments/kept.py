"""Calls of a `parse_file` that a module keeps under a name of its own: `read = _.parse_file`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from hpman.static.pending import PendingParse
from hpman.static.tree.source import Source

from .module import Module

_KEPT = re.compile(r"^(?P<name>\w+)[ \t]*=[ \t]*(?P<manager>\w+(?:\.\w+)*)\.parse_file[ \t]*$", re.MULTILINE)


def keeps_method(text: str) -> bool:
    """Return whether a text keeps the method under a name."""
    return ".parse_file" in text and _KEPT.search(text) is not None


def kept_calls(module: Module) -> Iterator[PendingParse]:
    """Yield the calls of names that the module gives the method once, and nothing else."""
    found = [(one["name"], one["manager"]) for one in _KEPT.finditer(module.text)]
    names = [name for name, _ in found]
    for name, manager in found:
        parts = module.naming(name) if names.count(name) == 1 else ()
        nodes = [(part, node) for part in parts for node in ast.walk(part.tree)]
        if sum(isinstance(one, ast.Name) and one.id == name and _is_bound(one) for _, one in nodes) != 1:
            continue
        for part, node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                source = Source(module.text, part.start, part.end)
                yield PendingParse(manager, source.span(node), None)


def _is_bound(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)
