"""Where a hyperparameter gets its value."""

from __future__ import annotations

from typing import NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.questions.lookup import Symbol, members, symbol_at, value_at
from hpman_lsp.workspace.snapshot import Snapshot


class Target(NamedTuple):
    """A place to go to: the whole call, and the name in it."""

    path: str
    call: Span
    name: Span


class Definition(NamedTuple):
    """origin: the literal under the cursor; targets: in order of path, then of place."""

    origin: Span
    targets: tuple[Target, ...]


def definition(snapshot: Snapshot, path: str, offset: int) -> Definition | None:
    """Find the calls with a default; if there is none what else gives a value, else the uses; None off our names.

    A group's name, `optim` of `optim.lr`, leads to what gives its members their values. Where the cursor is on the
    only default already, the keys of value files are places to go to as well.
    """
    symbol = symbol_at(snapshot, path, offset)
    if symbol is None:
        return None
    uses, values = symbol.definitions or symbol.writes, symbol.values
    if symbol.definitions and (path, symbol.use) != (symbol.use.path, symbol.definitions[0]):
        values = ()
    if not uses and not values:
        uses = members(snapshot, symbol.key, symbol.use.path) or symbol.uses
    targets = (
        *(Target(use.path, use.call, use.span) for use in uses),
        *(Target(value.path, value.pair, value.span) for value in values),
    )
    return Definition(_origin(snapshot, symbol, path, offset), targets)


def _origin(snapshot: Snapshot, symbol: Symbol, path: str, offset: int) -> Span:
    value = value_at(snapshot, path, offset)
    return symbol.use.literal.literal if value is None else value.entry.key.span
