"""The uses of a hyperparameter that is known by its name, with their lines of source."""

from __future__ import annotations

from typing import NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.index.index import Key, Kind, Use
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.listing import symbol_in
from hpman_lsp.workspace.snapshot import Snapshot


class UseLine(NamedTuple):
    """span: the characters of the name; text: the line that it stands in, without the blanks around it."""

    path: str
    span: Span
    kind: Kind
    text: str


def uses(snapshot: Snapshot, scope: Scope, key: Key) -> tuple[UseLine, ...]:
    """Find the uses that a scope's files share, by path and place; none where the scope has no such name."""
    symbol = symbol_in(snapshot, scope, key)
    return () if symbol is None else tuple(_line(snapshot, use) for use in symbol.uses)


def _line(snapshot: Snapshot, use: Use) -> UseLine:
    lines = snapshot.files[use.path].lines
    line = lines.line_of(use.span.start)
    text = lines.text[lines.start_of(line) : lines.end_of(line)]
    return UseLine(use.path, use.span, use.kind, text.strip())
