"""Which expressions are views of a manager that have its names as keys: `_.get_values()`, `_.get_tree()["optim"]`, `_.tree`, `_.db`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.tree.nodes import unchained

_ATTRIBUTES = frozenset({"tree", "db"})
_METHODS = frozenset({"get_values", "get_tree"})
# They give a part of a view, or the same in another form.
_PARTS = frozenset({"get", "keys", "copy", "children", "select", "sorted", "extract_column"})
_COPIES = frozenset({"dict", "list", "set", "frozenset", "tuple", "sorted"})
_ASKING = frozenset({"get", "pop", "setdefault", "__contains__", "__getitem__"})
_OF_ROWS = frozenset({"select", "count", "any", "all", "find_first"})

KINDS: frozenset[type[ast.AST]] = frozenset({ast.Subscript, ast.Compare, ast.Assign, ast.Call})


class View(NamedTuple):
    """A view of a manager.

    root: the expression that the view is taken of: `_`; kind: "get_values()", "get_tree()", "tree" or "db".
    keys: what it was asked for so far, outermost first: a prefix, keys of dicts.
    parts: the expressions between the two.
    """

    root: ast.AST
    kind: str
    keys: tuple[ast.expr, ...]
    parts: tuple[ast.AST, ...]


class Asked(NamedTuple):
    """What asks a view for one name.

    node: the whole expression, or the assignment; value: what is assigned.
    names: what stands for the name; of a table there can be several.
    lenient: it does not raise where there is no such name; writes: it sets the name.
    """

    node: ast.expr | ast.Assign
    view: View
    names: tuple[ast.expr, ...]
    lenient: bool = True
    writes: bool = False
    value: ast.expr | None = None


def asked_of(node: ast.AST) -> Asked | None:
    """Read an expression, or an assignment, that asks a view for a name, or sets it there."""
    if isinstance(node, ast.Subscript):
        found = _asked(node, node.value, node.slice)
        writes = isinstance(node.ctx, ast.Store)
        return (
            None
            if found is None
            else found._replace(lenient=not isinstance(node.ctx, ast.Load), writes=writes)
        )
    if isinstance(node, ast.Compare):
        is_in = len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn))
        view = view_of(node.comparators[0]) if is_in else None
        return None if view is None else Asked(node, view, (node.left,))
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if len(node.targets) != 1 or not isinstance(target, ast.Subscript):
            return None
        found = _asked(node, target.value, target.slice)
        if found is None:
            return None
        view = found.view._replace(parts=(target, *found.view.parts))
        return found._replace(view=view, writes=True, value=node.value)
    return _of_call(node) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None


def _of_call(node: ast.Call) -> Asked | None:
    function = node.func
    assert isinstance(function, ast.Attribute)
    if function.attr in _OF_ROWS:
        view = view_of(function.value)
        names = tuple(_compared(node)) if view is not None and view.kind == "db" else ()
        return Asked(node, view, names) if view is not None and names else None
    if function.attr not in _ASKING or not node.args:
        return None
    strict = function.attr == "__getitem__" or (function.attr == "pop" and len(node.args) == 1)
    found = _asked(node, function.value, node.args[0])
    return None if found is None else found._replace(lenient=not strict)


def _asked(node: ast.expr | ast.Assign, value: ast.expr, name: ast.expr) -> Asked | None:
    view = view_of(value)
    if view is None or view.kind == "db" or (view.kind == "get_values()" and view.keys):
        return None  # what a value is asked for is no name
    return Asked(node, view, (name,))


def view_of(node: ast.AST) -> View | None:
    """Read a view; None for anything else."""
    keys: list[ast.expr] = []
    parts: list[ast.AST] = []
    while True:
        parts.append(node)
        if isinstance(node, ast.Subscript):
            keys.append(node.slice)
            node = node.value
        elif isinstance(node, ast.Attribute):
            if node.attr in _ATTRIBUTES:
                return View(unchained(node.value), node.attr, tuple(reversed(keys)), tuple(parts))
            if node.attr not in _PARTS:
                return None
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "prefix")]
            method = node.func.attr
            if method in _METHODS:
                keys += named if method == "get_tree" else ()
                return View(unchained(node.func.value), f"{method}()", tuple(reversed(keys)), tuple(parts))
            keys += named if method == "get" else ()
            node = node.func
        elif isinstance(node, ast.Call) and _is_copy(node):
            node = node.args[0]
        else:
            return None


def _is_copy(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in _COPIES and len(node.args) == 1


def _compared(node: ast.AST) -> Iterator[ast.expr]:
    """Give the names that a condition on rows asks for: `L.of_name("lr")`, `row.name == "lr"`."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "of_name":
            yield from one.args[:1]
        elif isinstance(one, ast.Compare) and len(one.ops) == 1:
            sides = (one.left, one.comparators[0])
            named = any(isinstance(side, ast.Attribute) and side.attr == "name" for side in sides)
            if named and isinstance(one.ops[0], (ast.Eq, ast.NotEq)):
                yield from (side for side in sides if isinstance(side, ast.Constant))
