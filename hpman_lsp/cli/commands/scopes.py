"""`hpman scopes`: which files belong together, and why."""

from __future__ import annotations

from argparse import Namespace
from typing import NamedTuple

from hpman_lsp.cli.errors import OK
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.project import Opened, open_project, shown
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import scope_name, scope_reason


class _Told(NamedTuple):
    name: str
    kind: str
    reason: str
    manager: str
    files: list[str]
    value_files: list[str]


def run(options: Namespace) -> int:
    """List the scopes of the files that are asked for, each with all of its files."""
    opened = open_project(options)
    told = [_told(opened, scope, paths) for scope, paths in sorted(_members(opened).items())]
    if options.format == "json":
        write_json({"scopes": [one._asdict() for one in told]})
        return OK
    output = Output(options.color)
    for number, one in enumerate(told):
        if number:
            output.line()
        output.line((one.name, "head"), f": {one.reason}")
        for file in one.files:
            output.line(f"    {file}")
        for file in one.value_files:
            output.line(f"    {file} (values)")
    if not told:
        note("no hyperparameters here")
    return OK


def _members(opened: Opened) -> dict[Scope, list[str]]:
    """Give the files with hyperparameters of each scope that a file that is asked for is in."""
    snapshot = opened.snapshot
    members: dict[Scope, list[str]] = {}
    for path, file in sorted(snapshot.index.files.items()):
        used, parsing = {use.key.manager for use in file.uses}, {manager for manager, _ in file.parses}
        for scope in frozenset().union(*(snapshot.scopes.of(path, one).scopes for one in used | parsing)):
            if scope.home == path or not used.isdisjoint({scope.manager} if scope.manager else used):
                members.setdefault(scope, []).append(path)
    return {scope: paths for scope, paths in members.items() if any(map(opened.covers, paths))}


def _told(opened: Opened, scope: Scope, paths: list[str]) -> _Told:
    snapshot = opened.snapshot
    managers = [scope.manager] if scope.manager else snapshot.index.managers
    values = {file.path for manager in managers for file in snapshot.values.of(paths, manager)}
    return _Told(
        scope_name(snapshot, scope),
        scope.kind,
        scope_reason(snapshot, scope),
        scope.manager,
        [shown(path) for path in paths],
        [shown(path) for path in sorted(values)],
    )
