"""Fixes for literals that Python cannot build: what is compared by its hash must not be a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hpman.static.facts import Span
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.python.expressions import ParsedCall
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, expression_at, many_edits


def bad_literal(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the keys of dicts and the elements of sets that are lists as tuples."""
    text = snapshot.files[path].text
    parsed, node = expression_at(snapshot, path, diagnostic.span) or (None, None)
    if parsed is None or node is None:
        return
    lists = [one for hashed in _hashed(node) for one in _lists(hashed)]
    edits = tuple(edit for one in lists for edit in _as_tuple(text, parsed, one))
    what = "the list as a tuple" if len(lists) == 1 else "the lists as tuples"
    yield from many_edits(f"Write {what}", {path: edits} if edits else {})


def _hashed(node: ast.expr) -> Iterator[ast.expr]:
    """Give the keys of all dicts, and the elements of all sets, in a literal."""
    for one in ast.walk(node):
        if isinstance(one, ast.Dict):
            yield from (key for key in one.keys if key is not None)
        elif isinstance(one, ast.Set):
            yield from one.elts


def _lists(hashed: ast.expr) -> Iterator[ast.List]:
    """Give the lists whose hash would be asked for: an element of a tuple counts, what is in a set does by itself."""
    if isinstance(hashed, ast.List):
        yield hashed
    if isinstance(hashed, (ast.List, ast.Tuple)):
        for one in hashed.elts:
            yield from _lists(one)


def _as_tuple(text: str, parsed: ParsedCall, node: ast.List) -> Iterator[Edit]:
    start, end = parsed.span(node)
    last = parsed.span(node.elts[-1]).end if node.elts else end
    is_single = len(node.elts) == 1 and "," not in text[last : end - 1]
    yield Edit(Span(start, start + 1), "(")
    yield Edit(Span(end - 1, end), ",)" if is_single else ")")
