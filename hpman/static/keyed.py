"""Names that are keys: of the dicts that `set_values` and `set_tree` take, and of the views that a manager gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .facts import Name, Span
from .mappings import Pair, pairs_of
from .scoping.views import Asked
from .tree.literals import name_of
from .tree.source import Source

_DICT_KEYWORDS = frozenset({"values", "tree_values"})


class Keyed(NamedTuple):
    """A name that is a key.

    name: None where it can only be known by running it; way: the literals around it, outermost first.
    value: what is set; None where it is not written for this name alone.
    """

    name: Name | None
    way: tuple[Name, ...] = ()
    value: ast.expr | None = None


_UNKNOWN = Keyed(None)


def set_names(node: ast.Call, method: str, source: Source) -> Iterator[Keyed]:
    """Read what a call of `set_values` or `set_tree` sets."""
    given = [*node.args[:1], *(one.value for one in node.keywords if one.arg in (*_DICT_KEYWORDS, None))]
    prefixes = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "prefix")]
    prefix = name_of(prefixes[0], source) if prefixes and method == "set_tree" else None
    if prefixes and method == "set_tree" and prefix is None:
        yield _UNKNOWN
        return
    way = (prefix,) if prefix is not None and prefix.value else ()
    for one in given:
        yield from _below(one, way, method == "set_tree", source)


def asked_names(asked: Asked, source: Source) -> Iterator[Keyed]:
    """Read what a view is asked for."""
    way = [name_of(one, source) for one in asked.view.keys]
    known = tuple(one for one in way if one is not None and one.value)
    for one in asked.names:
        yield Keyed(name_of(one, source), known, asked.value) if None not in way else _UNKNOWN


def _below(node: ast.expr, way: tuple[Name, ...], nests: bool, source: Source) -> Iterator[Keyed]:
    for pair in pairs_of(node):
        name = key_name(pair, source)
        if nests and name is not None and _is_branch(pair.value):
            yield from _below(pair.value, (*way, name), nests, source)  # type: ignore[arg-type] # a dict
        else:
            yield Keyed(name, way, pair.value)


def key_name(pair: Pair, source: Source) -> Name | None:
    """Read a key, a string or a keyword; None where it is neither."""
    key = pair.key
    if not isinstance(key, ast.keyword):
        return None if key is None else name_of(key, source)
    start, text = source.span(key).start, key.arg or ""
    span = Span(start, start + len(text))
    return Name(text, span, span, True) if source.cut(span) == text else None


def _is_branch(node: ast.expr | None) -> bool:
    """Whether what stands behind a key of a tree is a dict whose keys are names, and not marked as one value."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "dict"
    if isinstance(node, ast.Dict):
        return all(not isinstance(one, ast.Constant) or one.value != "__is_dict__" for one in node.keys)
    return isinstance(node, ast.DictComp)
