"""Which files belong together: what one program parses.

In this order: what `[tool.hpman]` says, what `parse_file` calls say, the nearest folder that is a project.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from hpman.static.facts import PathFact
from hpman_lsp.workspace.configuration.projects import Project
from hpman_lsp.workspace.disk.tree import Folder, ancestors
from hpman_lsp.workspace.index.index import Parses

from .targets import Places, Target, names_in, targets


class Scope(NamedTuple):
    """Files whose hyperparameters belong together.

    kind: "explicit" from `[tool.hpman]`, "inferred" from `parse_file`, or "default".
    name: of an explicit scope the one that it was given; else "".
    home: the folder of its pyproject.toml, the file with its `parse_file`, or its folder.
    manager: of an inferred scope the one that parses; else "".
    """

    kind: Literal["explicit", "inferred", "default"]
    name: str
    home: str
    manager: str = ""


class Membership(NamedTuple):
    """The scopes of one file, for one manager.

    parsed: those whose program parses the file; scopes: those too whose program it starts.
    sure: what surely parses it, each a scope and a condition: "" if each run of the program meets the call, else
        what only the calls have in common of which a run meets all or none.
    """

    scopes: frozenset[Scope]
    parsed: frozenset[Scope]
    sure: frozenset[tuple[Scope, str]]


class Scopes:
    """Tells the scopes of files; remembers what it told.

    places: what tells where paths lead to.
    folders: what is known of each folder.
    projects: by folder.
    parses: for each file (manager, call) of its `parse_file` calls.
    starting: gives the files that run a file when they are started, each with whether it surely does.
    """

    def __init__(
        self,
        places: Places,
        folders: Mapping[str, Folder],
        projects: Mapping[str, Project],
        parses: Mapping[str, Parses],
        starting: Callable[[str], Iterable[tuple[str, bool]]],
    ) -> None:
        self._roots = places.roots
        self._folders = folders
        self._projects = projects
        self._parsed: dict[str, dict[_Parsing, None]] = {}  # by file or folder that is parsed
        self._running: dict[str, dict[Scope, None]] = {}  # by file that is started
        self._known: dict[tuple[str, str], Membership] = {}
        for path, calls in parses.items():
            entries = {path: True, **dict(starting(path))}
            for number, (manager, call) in enumerate(calls):
                for entry, runs in entries.items():
                    scope = Scope("inferred", "", entry, manager)
                    condition = "" if runs and call.sure else path if call.sure else f"{path} {number}"
                    self._infer(scope, condition, path, call.paths or (), places)

    def of(self, path: str, manager: str) -> Membership:
        """Give the scopes of a file, as far as it uses a manager."""
        key = (path, manager)
        if key not in self._known:
            self._known[key] = self._membership(path, manager)
        return self._known[key]

    def _membership(self, path: str, manager: str) -> Membership:
        explicit = frozenset(_explicit(path, self._projects))
        if explicit:
            return Membership(explicit, explicit, frozenset((scope, "") for scope in explicit))
        names = names_in(self._folders)
        inferred = (one for at in (path, *ancestors(path)) for one in self._parsed.get(at, ()))
        sure = frozenset(
            (one.scope, one.condition)
            for one in inferred
            if one.scope.manager == manager and one.target.covers(path, names)
        )
        parsed = frozenset(scope for scope, _ in sure)
        running = frozenset(scope for scope in self._running.get(path, ()) if scope.manager == manager)
        if parsed or running:
            return Membership(parsed | running, parsed, sure)
        default = frozenset({Scope("default", "", self.project_folder(path))})
        return Membership(default, default, frozenset())

    def project_folder(self, path: str) -> str:
        """Return the nearest folder around a file that is a project, else its workspace folder, else its own."""
        root = ""
        for folder in ancestors(path):
            if folder in self._folders and self._folders[folder].markers:
                return folder
            if folder in self._roots:
                root = folder
        return root or os.path.dirname(path)

    def _infer(
        self, scope: Scope, condition: str, path: str, facts: Iterable[PathFact], places: Places
    ) -> None:
        for number, fact in enumerate(facts):
            met = condition if fact.sure else f"{path} {number} of {condition}"
            for target in targets(fact, path, scope.home, places):
                self._parsed.setdefault(target.path, {})[_Parsing(scope, met, target)] = None
                self._running.setdefault(scope.home, {})[scope] = None


class _Parsing(NamedTuple):
    """A target of a program, and what a run has to meet for it to be parsed; see `Membership.sure`."""

    scope: Scope
    condition: str
    target: Target


def _explicit(path: str, projects: Mapping[str, Project]) -> Iterator[Scope]:
    nearest = next((folder for folder in ancestors(path) if folder in projects), None)
    for project in projects.values():
        for one in project.scopes:
            if (project.folder == nearest or one.reaches_out) and one.covers(path):
                yield Scope("explicit", one.name, project.folder)
