"""Fixes for names, defaults and hints that are not written as literals, and for names that cannot be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hpman.static.facts import Access, Occurrence, Span
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.python.expressions import ParsedCall, parse_call
from hpman_lsp.workspace.python.literals import renaming
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, expression_at, one_edit
from .folding import folded, folded_text


def name_not_literal(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the string that the expression comes to."""
    text = snapshot.files[path].text
    _, node = expression_at(snapshot, path, diagnostic.span) or (None, None)
    if node is not None and folded_text(text, node):
        literal = folded(text, node)
        if literal is not None:
            edit = Edit(diagnostic.span, literal)
            yield from one_edit(f"Write the name as {literal}", path, edit, safe=not _names_others(node))


def default_not_literal(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the value that the expression comes to."""
    _, node = expression_at(snapshot, path, diagnostic.span) or (None, None)
    literal = None if node is None else folded(snapshot.files[path].text, node)
    if literal is not None:
        yield from one_edit(f"Write the default as {literal}", path, Edit(diagnostic.span, literal))


def hint_not_literal(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the value that the expression comes to, or remove the hint."""
    text = snapshot.files[path].text
    parsed, node = expression_at(snapshot, path, diagnostic.span) or (None, None)
    literal = None if node is None else folded(text, node)
    if literal is not None:
        yield from one_edit(f"Write the hint as {literal}", path, Edit(diagnostic.span, literal))
    if parsed is not None:
        yield from one_edit("Remove the hint", path, _without_keyword(text, parsed, diagnostic.span))


def wrong_arguments(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Remove what stands behind the default."""
    text = snapshot.files[path].text
    parsed = parse_call(text, diagnostic.span)
    if (
        parsed is None
        or len(parsed.node.args) <= 2
        or any(isinstance(one, ast.Starred) for one in parsed.node.args)
    ):
        return
    removed = Span(parsed.span(parsed.node.args[1]).end, parsed.span(parsed.node.args[-1]).end)
    if "#" not in text[slice(*removed)]:
        yield from one_edit("Remove what is behind the default", path, Edit(removed, ""))


def bad_name(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Leave the empty parts out."""
    file = snapshot.files[path]
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    for one in sources:
        if one.name is not None and one.name.literal == diagnostic.span:
            name = ".".join(filter(None, one.name.value.split(".")))
            if name and name != one.name.value:
                yield from one_edit(f"Call it `{name}`", path, renaming(file.text, one.name, name))
            return


def _names_others(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Name) for one in ast.walk(node))


def _without_keyword(text: str, parsed: ParsedCall, value: Span) -> Edit | None:
    """Remove a keyword argument with the comma before it."""
    before = parsed.span(parsed.node.func).end
    ends = [parsed.span(one).end for one in parsed.node.args]
    for keyword in sorted(parsed.node.keywords, key=lambda one: parsed.span(one.value)):
        place = parsed.span(keyword.value)
        if place == value:
            before = max([before, *(end for end in ends if end < value.start)])
            removed = Span(before, value.end)
            gap = text[removed.start : value.start]
            return None if "#" in gap or "," not in gap or ")" in gap else Edit(removed, "")
        ends.append(place.end)
    return None
