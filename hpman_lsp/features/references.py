"""Every use of a hyperparameter."""

from __future__ import annotations

from typing import NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.questions.lookup import symbol_at
from hpman_lsp.workspace.snapshot import Snapshot


class Location(NamedTuple):
    """span: the characters of the name, without its quotes."""

    path: str
    span: Span


def references(
    snapshot: Snapshot, path: str, offset: int, include_declaration: bool
) -> tuple[Location, ...] | None:
    """Find all uses of the name at an offset, keys of value files among them, by path and place; None off our names.

    include_declaration: with the calls that give the default.
    """
    symbol = symbol_at(snapshot, path, offset)
    if symbol is None:
        return None
    uses = (use for use in symbol.uses if include_declaration or use.kind != "definition")
    found = [Location(use.path, use.span) for use in uses]
    return tuple(sorted(found + [Location(value.path, value.span) for value in symbol.values]))
