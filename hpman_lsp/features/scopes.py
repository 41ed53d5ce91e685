"""Which scopes a file is in, and why: what belongs together with it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Literal, NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import scope_name, scope_reason
from hpman_lsp.workspace.snapshot import Snapshot

_NOWHERE = Span(0, 0)


class FileScope(NamedTuple):
    """One scope of a file.

    managers: those whose hyperparameters the file shares in it.
    parses: whether the scope's program parses the file; else it only has the program's `parse_file` in it.
    home: the file that says so: a pyproject.toml, or the one with the `parse_file` call; else a folder.
    place: the `parse_file` call in it; empty at the file's start otherwise.
    """

    name: str
    kind: Literal["explicit", "inferred", "default"]
    reason: str
    managers: tuple[str, ...]
    parses: bool
    home: str
    place: Span


def scopes(snapshot: Snapshot, path: str) -> tuple[FileScope, ...]:
    """Tell which scopes a file is in; one without hyperparameters is in the scope that they would be in."""
    managers = managers_in(snapshot, path)
    found: dict[Scope, list[str]] = {}
    for manager in managers or ("",):
        for scope in snapshot.scopes.of(path, manager).scopes:
            found.setdefault(scope, []).append(manager)
    return tuple(_told(snapshot, path, scope, some) for scope, some in sorted(found.items()))


def managers_in(snapshot: Snapshot, path: str) -> tuple[str, ...]:
    """Give the managers that a file uses, by name."""
    file = snapshot.index.files.get(path)
    if file is None:
        return ()
    return tuple(sorted({use.key.manager for use in file.uses} | {manager for manager, _ in file.parses}))


def _told(snapshot: Snapshot, path: str, scope: Scope, managers: Iterable[str]) -> FileScope:
    some = tuple(one for one in managers if one)
    parses = any(scope in snapshot.scopes.of(path, one).parsed for one in some or ("",))
    home = os.path.join(scope.home, "pyproject.toml") if scope.kind == "explicit" else scope.home
    name, reason = scope_name(snapshot, scope), scope_reason(snapshot, scope)
    return FileScope(name, scope.kind, reason, some, parses, home, _place(snapshot, scope))


def _place(snapshot: Snapshot, scope: Scope) -> Span:
    file = snapshot.index.files.get(scope.home)
    calls = [call.call for manager, call in file.parses if manager == scope.manager] if file else []
    return calls[0] if calls else _NOWHERE
