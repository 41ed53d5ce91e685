"""All hyperparameters of a workspace, by the programs that they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.snapshot import Snapshot

from .lookup import Symbol, symbol_of

_RANK = {"definition": 0, "write": 1, "read": 2}


def keys_by_scope(snapshot: Snapshot) -> Mapping[Scope, Mapping[Key, str]]:
    """Give the hyperparameters that each scope's files name, with one file of the scope that names it."""
    found: dict[Scope, dict[Key, str]] = {}
    for key in sorted(snapshot.index.keys):
        for path in sorted(snapshot.index.users(key).paths):
            for scope in snapshot.scopes.of(path, key.manager).scopes:
                found.setdefault(scope, {}).setdefault(key, path)
    return found


def symbol_from(snapshot: Snapshot, key: Key, path: str) -> Symbol:
    """Give a hyperparameter as a file that names it sees it; its `use` is the one that tells most."""
    uses = snapshot.uses(key, path)
    return symbol_of(snapshot, min(uses, key=_rank))


def symbol_in(snapshot: Snapshot, scope: Scope, key: Key) -> Symbol | None:
    """Give a hyperparameter as a scope's files see it; None where none of them names it."""
    paths = sorted(snapshot.index.users(key).paths)
    own = (path for path in paths if scope in snapshot.scopes.of(path, key.manager).scopes)
    path = next(own, None)
    return None if path is None else symbol_from(snapshot, key, path)


def _rank(use: Use) -> int:
    return _RANK[use.kind]
