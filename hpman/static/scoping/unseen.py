"""What in a tree uses a manager as a whole, or may use one that its text does not name, or runs other code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hpman.static.facts import Sign, Span
from hpman.static.tree.nodes import children, dotted
from hpman.static.tree.source import Source

from .views import KINDS, asked_of

# The kinds of signs whose name is a candidate of the text.
OF_CANDIDATES = frozenset({"whole", "gives", "bound", "shown", "method"})

# Methods that name one hyperparameter, or give values: they are known by their own facts.
_BY_NAME = frozenset(
    {
        *("get_value", "exists", "get_occurrence", "get_occurrence_of_value", "get_origin", "get_tree"),
        *("set_value", "set_values", "set_tree", "load_values", "parse_file", "parse_source"),
    }
)
_GIVING = frozenset({"set_value", "set_values", "set_tree", "load_values"})
_ON_TEXT = frozenset({"parse_source", "export_values"})
_VIEWS = frozenset({"tree", "db"})
_SPACES = frozenset({"globals", "vars", "locals"})
_GROWING = frozenset({"append", "insert", "extend"})
_LOOKING = frozenset({"print", "len", "list", "str", "repr", "enumerate", "tuple", "sorted", "set"})

# The kinds of nodes that may use a manager that the text does not name.
_UNSEEN = frozenset({ast.Call, ast.Subscript, ast.Name, ast.Attribute, ast.ImportFrom})


class _At(NamedTuple):
    """A node with those around it, innermost first, and the outermost f-string around it."""

    node: ast.AST
    around: tuple[ast.AST, ...]
    formatted: ast.AST | None


def signs_below(tree: ast.AST, source: Source, candidates: frozenset[str]) -> Iterator[Sign]:
    """Find the signs below a node; in no order."""
    asked: frozenset[int] | None = None
    stack = [_At(tree, (), None)]
    while stack:
        at = stack.pop()
        node = at.node
        kind = node.__class__
        if (kind is ast.Name or kind is ast.Attribute) and _is_candidate(node, candidates):
            asked = frozenset(_asked_roots(tree)) if asked is None else asked
            yield from _placed(() if id(node) in asked else _of_candidate(at), at, source)
            continue
        if kind in _UNSEEN:
            yield from _placed(_unseen(at, candidates), at, source)
        below = children(node)
        if below:
            formatted = at.formatted or (node if kind is ast.JoinedStr else None)
            around = at.around if kind is ast.keyword or kind is ast.Starred else (node, *at.around[:1])
            stack += [_At(child, around, formatted) for child in below]


def _is_candidate(node: ast.AST, candidates: frozenset[str]) -> bool:
    return dotted(node) in candidates and isinstance(node.ctx, ast.Load)  # type: ignore[attr-defined]


def _placed(signs: Iterable[Sign], at: _At, source: Source) -> Iterator[Sign]:
    for one in signs:
        yield one._replace(span=_place(at, source))


def _place(at: _At, source: Source) -> Span:
    node = at.formatted or at.node
    return source.span(node) if hasattr(node, "lineno") else Span(source.start, source.start)


def _asked_roots(tree: ast.AST) -> Iterator[int]:
    """Find the candidates whose views are asked for names that are in the text."""
    for node in ast.walk(tree):
        asked = asked_of(node) if type(node) in KINDS else None
        if asked is not None and all(isinstance(one, ast.Constant) for one in asked.names):
            yield id(asked.view.root)


_NOWHERE = Span(0, 0)


def _of_candidate(at: _At) -> Iterator[Sign]:
    name = dotted(at.node) or ""
    parent, outer = (*at.around, None, None)[:2]
    if isinstance(parent, ast.Call) and parent.func is at.node:
        return
    if isinstance(parent, ast.Attribute):
        if parent.attr == "strict":
            return  # it has nothing to do with names
        called = isinstance(outer, ast.Call) and outer.func is parent
        if called and parent.attr in _ON_TEXT:
            yield Sign("method", _NOWHERE, name, parent.attr)
        if called and parent.attr in _BY_NAME and (parent.attr != "get_tree" or _is_given(outer)):
            return
        if isinstance(outer, ast.Expr) and parent.attr not in _VIEWS:
            yield Sign("shown", _NOWHERE, name)
        else:
            yield Sign("gives" if _gives(parent, outer, called) else "whole", _NOWHERE, name)
    elif isinstance(parent, ast.Expr):
        yield Sign("shown", _NOWHERE, name)
    elif isinstance(parent, ast.Call):
        yield Sign(_kind_of_argument(parent, at.node), _NOWHERE, name)
    else:
        yield Sign("whole", _NOWHERE, name)


def _is_given(call: ast.AST | None) -> bool:
    return isinstance(call, ast.Call) and bool(call.args or call.keywords)


def _gives(attribute: ast.Attribute, outer: ast.AST | None, called: bool) -> bool:
    """Return whether an attribute of a manager, where it is not called, may set any name."""
    if attribute.attr in _VIEWS and isinstance(outer, ast.Attribute):
        return outer.attr == "push_occurrence"
    return not called and (attribute.attr in _GIVING or attribute.attr == "tree")


def _kind_of_argument(call: ast.Call, node: ast.AST) -> str:
    called = (dotted(call.func) or "").rpartition(".")[2]
    if called == "getattr" and call.args and call.args[0] is node:
        method = _text(call.args[1]) if len(call.args) > 1 else None
        return "gives" if method is None or method in _GIVING | {"tree", "__call__"} else "whole"
    return "bound" if called == "bind" else "whole"


def _unseen(at: _At, candidates: frozenset[str]) -> Iterator[Sign]:
    node = at.node
    if isinstance(node, ast.Call):
        yield from _of_call(node, candidates)
    elif isinstance(node, ast.Subscript) and _is_space(node.value):
        yield from _looked_up(node.slice)
    elif _runs_any(at):
        yield Sign("runs-any", _NOWHERE)


def _runs_any(at: _At) -> bool:
    """Return whether a node is what runs files that no import names."""
    node = at.node
    if isinstance(node, ast.Name) and node.id == "__import__":
        parent = at.around[0] if at.around else None
        module = _text(parent.args[0]) if isinstance(parent, ast.Call) and parent.args else None
        return module is None or module.partition(".")[0] not in sys.stdlib_module_names
    if isinstance(node, ast.ImportFrom):
        return node.module == "sys" and any(one.name in ("path", "*") for one in node.names)
    name = dotted(node) if isinstance(node, ast.Attribute) else None
    return name in ("builtins.__import__", "site.addsitedir") or (name == "sys.path" and _changes(at))


def _of_call(node: ast.Call, candidates: frozenset[str]) -> Iterator[Sign]:
    called = dotted(node.func) or ""
    if called.removeprefix("builtins.") in ("exec", "eval") and node.args:
        code = _text(node.args[0])
        if code is None or any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", code) for one in candidates):
            yield Sign("executes", _NOWHERE)
    elif called == "getattr":
        yield from _looked_up(*node.args[1:2])
    elif called.rpartition(".")[2] == "attrgetter":
        yield from _looked_up(*node.args)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "get" and _is_space(node.func.value):
        yield from _looked_up(*node.args[:1])
    if dotted(node.func) not in candidates:
        yield from _called(node)


def _called(node: ast.Call) -> Iterator[Sign]:
    """Find what a call gives a value if it is a manager that is called."""
    function = node.func
    owner = function.attr if isinstance(function, ast.Attribute) else ""
    if isinstance(function, ast.Subscript):
        owner = _text(function.slice) or ""
    given = [*node.args, *(one.value for one in node.keywords)]
    name = _text(given[0]) if len(given) > 1 else None
    named = bool(node.args) or (bool(node.keywords) and node.keywords[0].arg == "hp_name")
    if owner and name and named and owner not in _BY_NAME:
        yield Sign("called", _NOWHERE, owner, name)


def _looked_up(*names: ast.expr) -> Iterator[Sign]:
    for one in names:
        text = _text(one)
        if text is not None and text.isidentifier():
            yield Sign("looked-up", _NOWHERE, text)


def _is_space(node: ast.AST) -> bool:
    """Return whether an expression is the names of a module: `globals()`, `module.__dict__`."""
    if isinstance(node, ast.Call):
        return dotted(node.func) in _SPACES
    return isinstance(node, ast.Attribute) and node.attr == "__dict__"


def _changes(at: _At) -> bool:
    """Return whether what is done with a list may change it."""
    parent, outer = (*at.around, None, None)[:2]
    if isinstance(at.node, ast.Attribute) and not isinstance(at.node.ctx, ast.Load):
        return True
    if isinstance(parent, ast.Attribute):
        return parent.attr in _GROWING
    if isinstance(parent, ast.Subscript):
        return not isinstance(parent.ctx, ast.Load)
    if isinstance(parent, ast.Call):
        return dotted(parent.func) not in _LOOKING
    return (
        not isinstance(parent, (ast.Compare, ast.For, ast.comprehension, ast.Expr, ast.BinOp))
        or outer is None
    )


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
