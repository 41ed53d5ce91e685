"""Names that only running the program can tell: what they can be, as far as their expressions tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from hpman.static.calls import OF_DICTS
from hpman.static.facts import Access, Occurrence, Span
from hpman.static.mappings import pairs_of
from hpman.static.scoping.bindings import HANDED_OVER
from hpman.static.scoping.views import asked_of
from hpman_lsp.workspace.python.expressions import ParsedExpression, parse_expression
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.questions.describe import shortened
from hpman_lsp.workspace.snapshot import Snapshot

from .patterns import pattern_of
from .sources import all_of, sources_of

_FILES = ("load_values",)
_NAMING = frozenset({"hp_name", "name", "prefix"})
_SUFFIXES = (".yaml", ".yml", ".json")


def sets_unseen(source: Occurrence | Access) -> bool:
    """Whether a call may set what any dict of the program has."""
    return isinstance(source, Access) and source.method in OF_DICTS


def unknown_names(
    snapshot: Snapshot, file: SourceFile, source: Occurrence | Access, names: frozenset[str]
) -> Iterator[tuple[Span, str]]:
    """Tell what in a call may be one of some names: its place, and why.

    source: of a manager, without a name that can be read.
    """
    method = source.method if isinstance(source, Access) else ""
    parsed = parse_expression(file.text, source.call)
    if method == HANDED_OVER:
        shown = _shown(file, source.call)
        yield source.call, f"hands `{source.callee}` on, so that any name may be used there: {shown}"
    elif parsed is None:
        yield source.call, "may be used with any name elsewhere"
    elif method in OF_DICTS or method in _FILES:
        yield from _unknown_dicts(snapshot, file, parsed, source, names)
    else:
        yield from _named_by(file, parsed, _arguments(parsed.node), names)


def _arguments(node: ast.expr) -> list[ast.expr]:
    """Give the argument that is the name; of a view what it is asked for."""
    asked = asked_of(node)
    if asked is not None:
        return [*asked.names]
    if not isinstance(node, ast.Call):
        return []
    keywords = [one.value for one in node.keywords if one.arg in _NAMING]
    return [*keywords, *node.args][:1]


def _named_by(
    file: SourceFile, parsed: ParsedExpression, nodes: list[ast.expr], names: frozenset[str]
) -> Iterator[tuple[Span, str]]:
    for node in nodes:
        pattern = re.compile(pattern_of(node), re.DOTALL)
        if any(map(pattern.fullmatch, names)):
            place = parsed.span(node)
            yield place, f"makes a name when it runs: {_shown(file, place)}"


def _unknown_dicts(
    snapshot: Snapshot,
    file: SourceFile,
    parsed: ParsedExpression,
    source: Occurrence | Access,
    names: frozenset[str],
) -> Iterator[tuple[Span, str]]:
    """Tell of a call that sets the keys of a dict, or of a file, which of its parts may have a name."""
    node = parsed.node
    assert isinstance(node, ast.Call)
    method = source.method if isinstance(source, Access) else ""
    given = [*node.args[:1], *(one.value for one in node.keywords if one.arg != "prefix")]
    for pair in (pair for one in given for pair in (pairs_of(one) if method in OF_DICTS else ())):
        if pair.key is not None and not isinstance(pair.key, (ast.keyword, ast.Constant)):
            yield from _named_by(file, parsed, [pair.key], names if method == "set_values" else _ends(names))
    parts = (
        given
        if method in _FILES
        else [pair.value for one in given for pair in pairs_of(one) if pair.key is None]
    )
    sources = partial(sources_of, file.text)
    for part in filter(None, parts):
        if method in OF_DICTS and _is_written(part, sources):
            continue
        if not _is_declared(snapshot, file, part, source, sources):
            place = parsed.span(part)
            yield place, f"sets names that only running it can tell: {_shown(file, place)}"


def _ends(names: frozenset[str]) -> frozenset[str]:
    """Give what keys of nested dicts can be of names: each part that begins and ends at a dot."""
    parts = (name.split(".") for name in names)
    return frozenset(
        ".".join(one[i:j]) for one in parts for i in range(len(one)) for j in range(i + 1, len(one) + 1)
    )


def _is_written(part: ast.expr, sources: partial[tuple[ast.expr, ...]]) -> bool:
    """Whether all keys of a dict stand in this file: then these are looked at."""
    found = sources(part) if isinstance(part, ast.Name) else ()
    return bool(found) and all(pair.key is not None for one in found for pair in pairs_of(one))


def _is_declared(
    snapshot: Snapshot,
    file: SourceFile,
    part: ast.expr,
    source: Occurrence | Access,
    sources: partial[tuple[ast.expr, ...]],
) -> bool:
    """Whether what is set comes from files of values that the project names, which are renamed too."""
    texts = [
        one.value for node in all_of(part, sources) for one in ast.walk(node) if isinstance(one, ast.Constant)
    ]
    named = [one for one in texts if isinstance(one, str) and one.endswith(_SUFFIXES)]
    manager = snapshot.manager(file, source.callee, source.scope, source.call)
    known = [one.path for one in snapshot.values.of([file.path], manager or "")]
    return bool(named) and all(any(path.endswith(f"/{one.lstrip('./')}") for path in known) for one in named)


def _shown(file: SourceFile, place: Span) -> str:
    return shortened(file.text[slice(*place)], 60)
