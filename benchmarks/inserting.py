"""Adds lines to functions of real modules, so that the modules stay what they are and stay valid."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

_Function = ast.FunctionDef | ast.AsyncFunctionDef

_PLACEHOLDER = re.compile(r"\b_\b")


def with_lines(text: str, header: str, added: Sequence[str]) -> str | None:
    """A module with each line added as the first of a function's body, spread over the whole module.

    header: the line that goes before all code but the docstring and `__future__` imports.

    Returns: None if there are too few functions that do not use the name `_` themselves.
    """
    tree, lines = ast.parse(text), text.split("\n")
    functions = [*_functions(tree)]
    places = [place for one in functions if (place := _place(one, lines)) is not None]
    if len(places) < len(added) or _uses_placeholder(lines, functions):
        return None
    for number, line in reversed([*enumerate(added)]):
        at, indent = places[number * len(places) // len(added)]
        lines.insert(at, indent + line)
    lines.insert(_header_place(tree), header)
    return "\n".join(lines)


def _functions(tree: ast.Module) -> Iterator[_Function]:
    """The functions of a module and of its classes, in source order."""
    for statement in tree.body:
        inner = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        yield from (one for one in inner if isinstance(one, _Function))


def _place(function: _Function, lines: Sequence[str]) -> tuple[int, str] | None:
    """Before which line, from 0, a line can be added, and its indentation; None if the function does not allow it."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not body or _mentions(lines, function):
        return None
    at = _first_line(body[0]) - 1
    indent = lines[at][: body[0].col_offset]
    is_own_line = at >= function.lineno and not indent.strip()
    return (at, indent) if is_own_line else None


def _uses_placeholder(lines: Sequence[str], functions: Sequence[_Function]) -> bool:
    """Whether `_` occurs outside of functions: it may be bound for all of them there."""
    inside = {line for one in functions for line in range(one.lineno - 1, one.end_lineno or 0)}
    return any(_PLACEHOLDER.search(line) for number, line in enumerate(lines) if number not in inside)


def _mentions(lines: Sequence[str], function: _Function) -> bool:
    return any(_PLACEHOLDER.search(line) for line in lines[function.lineno - 1 : function.end_lineno])


def _header_place(tree: ast.Module) -> int:
    body = tree.body[1:] if ast.get_docstring(tree, clean=False) is not None else tree.body
    first = next(one for one in body if not (isinstance(one, ast.ImportFrom) and one.module == "__future__"))
    return _first_line(first) - 1


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(int(one.lineno) for one in decorators)])
