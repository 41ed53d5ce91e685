"""All hyperparameters of a workspace, by the programs that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.snapshot import Snapshot

from .in_program import parts_in
from .lookup import Symbol, symbol_of, telling_use


def keys_by_scope(snapshot: Snapshot) -> Mapping[Scope, Mapping[Key, str]]:
    """Give the hyperparameters that each scope's files name, with one file of the scope that names it."""
    found: dict[Scope, dict[Key, str]] = {}
    for key in sorted(snapshot.index.keys):
        for path in sorted(snapshot.index.users(key).paths):
            for scope in snapshot.scopes.of(path, key.manager).scopes:
                found.setdefault(scope, {}).setdefault(key, path)
    return found


def symbols_in(snapshot: Snapshot, scope: Scope, key: Key) -> Iterator[Symbol]:
    """Yield a hyperparameter as a scope's programs have it, each time it has its value from other files."""
    users = snapshot.index.users(key).paths
    reading = frozenset().union(*(snapshot.programs.reading(path, key.manager) for path in users))
    programs = frozenset(one for one in reading if one.scope == scope)
    parts = parts_in(snapshot, key, programs)
    if (
        scope.kind == "default" and len(parts) == 1
    ):  # where nothing is said to be parsed, who reads it is not known
        telling = parts[0].symbol.use
        yield symbol_of(snapshot, telling)
    else:
        yield from (part.symbol for part in parts)


def symbol_in(snapshot: Snapshot, scope: Scope, key: Key) -> Symbol | None:
    """Return all that shares a hyperparameter with a scope's files; None where none of them names it."""
    paths = sorted(snapshot.index.users(key).paths)
    own = (path for path in paths if scope in snapshot.scopes.of(path, key.manager).scopes)
    path = next(own, None)
    return None if path is None else symbol_of(snapshot, telling_use(snapshot.uses(key, path)))
