"""The keys of dicts, in whatever way the dicts are written: `{"lr": 1}`, `dict(lr=1)`, `{key: 1 for key in ("lr",)}`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_SEQUENCES = (ast.List, ast.Tuple, ast.Set)


class Pair(NamedTuple):
    """A key of a dict, and what stands behind it.

    key: an expression, or the keyword of `dict(key=...)`; None for a part whose keys only running it can tell.
    value: None where it is not written for this key alone; without a key, that part.
    """

    key: ast.expr | ast.keyword | None
    value: ast.expr | None


def pairs_of(node: ast.expr) -> Iterator[Pair]:
    """Read the keys of a dict; of alternatives all of them, and one without a key for each part that is unknown."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from pairs_of(value) if key is None else (Pair(key, value),)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _all(node.left, node.right)
    elif isinstance(node, ast.IfExp):
        yield from _all(node.body, node.orelse)
    elif isinstance(node, ast.BoolOp):
        yield from _all(*node.values)
    elif isinstance(node, ast.NamedExpr):
        yield from pairs_of(node.value)
    elif isinstance(node, ast.DictComp):
        yield from _of_comprehension(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    else:
        yield Pair(None, node)


def _all(*nodes: ast.expr) -> Iterator[Pair]:
    for node in nodes:
        yield from pairs_of(node)


def _of_call(node: ast.Call) -> Iterator[Pair]:
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr == "fromkeys" and node.args:
        yield from _named(_elements(node.args[0]), node)
    elif isinstance(function, ast.Attribute) and function.attr == "copy" and not node.args:
        yield from pairs_of(function.value)
    elif isinstance(function, ast.Name) and function.id == "dict" and len(node.args) < 2:
        for one in node.args:
            yield from _of_items(one)
        for keyword in node.keywords:
            yield from (pairs_of(keyword.value) if keyword.arg is None else (Pair(keyword, keyword.value),))
    else:
        yield Pair(None, node)


def _of_items(node: ast.expr) -> Iterator[Pair]:
    """Read what `dict` makes a dict of: another, pairs, or two sequences side by side."""
    is_zip = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip"
    if is_zip and node.args:  # type: ignore[attr-defined] # a call
        yield from _named(_elements(node.args[0]), node)  # type: ignore[attr-defined]
    elif isinstance(node, _SEQUENCES):
        for one in node.elts:
            is_pair = isinstance(one, _SEQUENCES) and len(one.elts) == 2
            yield Pair(one.elts[0], one.elts[1]) if is_pair else Pair(None, one)  # type: ignore[attr-defined]
    else:
        yield from pairs_of(node)


def _of_comprehension(node: ast.DictComp) -> Iterator[Pair]:
    """Read `{key: ... for key in (...)}`, also with the items of a dict or pairs; a literal key stands for itself."""
    if isinstance(node.key, ast.Constant):
        yield Pair(node.key, node.value)
        return
    source = node.generators[0]
    target, over = source.target, source.iter
    is_named = isinstance(node.key, ast.Name) and len(node.generators) == 1
    if is_named and isinstance(target, ast.Name) and target.id == node.key.id:  # type: ignore[attr-defined]
        yield from _named(_elements(over), node)
    elif is_named and isinstance(target, ast.Tuple) and _is(target.elts[0], node.key.id):  # type: ignore[attr-defined]
        items = over.func.value if _is_items(over) else over  # type: ignore[attr-defined]
        yield from (one._replace(value=None) if one.key is not None else one for one in _of_items(items))
    else:
        yield Pair(None, node)


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_items(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items"


def _elements(node: ast.expr) -> Iterable[ast.expr | None]:
    """Give what an iteration gives: the elements of a sequence, the keys of a dict."""
    if isinstance(node, _SEQUENCES):
        return [None if isinstance(one, ast.Starred) else one for one in node.elts]
    if isinstance(node, ast.Dict):
        return node.keys
    return (None,)


def _named(keys: Iterable[ast.expr | None], node: ast.expr) -> Iterator[Pair]:
    return (Pair(None, node) if key is None else Pair(key, None) for key in keys)
