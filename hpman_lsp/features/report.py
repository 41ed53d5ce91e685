"""All hyperparameters of the workspace, with their values, uses and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import NamedTuple

from hpman.static.facts import Expression, Hint, Occurrence, Span
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import given, scope_name
from hpman_lsp.workspace.questions.listing import keys_by_scope, symbols_in
from hpman_lsp.workspace.questions.lookup import Symbol
from hpman_lsp.workspace.snapshot import Snapshot

# Gives the diagnostics of a file.
Diagnose = Callable[[str], Iterable[Diagnostic]]


class Entry(NamedTuple):
    """One hyperparameter of a scope.

    value: of its default, else what the first call sets; None where nothing in the source gives one.
    problems: codes of the diagnostics about it, each once; a hint is no problem.
    """

    symbol: Symbol
    value: Expression | None
    hints: tuple[Hint, ...]
    problems: tuple[str, ...]


class ManagerEntries(NamedTuple):
    """The hyperparameters of one manager, by name."""

    manager: str
    entries: tuple[Entry, ...]


class ScopeEntries(NamedTuple):
    """A scope with its managers."""

    scope: Scope
    managers: tuple[ManagerEntries, ...]


def report(snapshot: Snapshot, diagnose: Diagnose) -> tuple[ScopeEntries, ...]:
    """List all hyperparameters: scopes by name, then managers, then names."""
    codes = cache(lambda path: _codes_by_use(snapshot, path, diagnose(path)))

    def entry(symbol: Symbol) -> Entry:
        problems = {code for use in symbol.uses for code in codes(use.path).get(use.literal.literal, ())}
        return Entry(symbol, given(symbol.use), _hints(symbol), tuple(sorted(problems)))

    found = keys_by_scope(snapshot)
    return tuple(
        ScopeEntries(
            scope,
            tuple(
                ManagerEntries(
                    manager,
                    tuple(entry(symbol) for key in keys for symbol in symbols_in(snapshot, scope, key)),
                )
                for manager, keys in groupby(found[scope], lambda key: key.manager)
            ),
        )
        for scope in sorted(found, key=lambda one: (scope_name(snapshot, one), one))
    )


def _hints(symbol: Symbol) -> tuple[Hint, ...]:
    sources = (use.source for use in symbol.definitions)
    return tuple(hint for source in sources if isinstance(source, Occurrence) for hint in source.hints)


def _codes_by_use(
    snapshot: Snapshot, path: str, diagnostics: Iterable[Diagnostic]
) -> dict[Span, tuple[str, ...]]:
    """Give each use the codes of what is told of it: of its name or value, or of the innermost call around it."""
    file = snapshot.index.files[path]
    found: dict[Span, tuple[str, ...]] = {}  # by the name's literal: a use may hold lists, which have no hash
    for one in (one for one in diagnostics if one.severity != "hint"):
        named = [use for use in file.uses if one.span in _own_spans(use)]
        around = [use for use in file.uses if use.call.start <= one.span.start < use.call.end]
        if named or around:
            use = named[0] if named else max(around, key=lambda use: use.call.start)
            name = use.literal.literal
            found[name] = (*found.get(name, ()), one.code)
    return found


def _own_spans(use: Use) -> tuple[Span, ...]:
    value = given(use)
    return (use.literal.literal,) if value is None else (use.literal.literal, value.span)
