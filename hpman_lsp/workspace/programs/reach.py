"""Which files share their hyperparameters: those that share a scope, with all that a scope's files import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hpman_lsp.workspace.index.index import Index, Key
from hpman_lsp.workspace.names.modules import ImportGraph

from .scopes import Scope, Scopes


class Reach:
    """Answers for one state of scopes and imports; remembers what it answered.

    files: the files that the index knows.
    """

    def __init__(self, files: Iterable[str], scopes: Scopes, imports: ImportGraph) -> None:
        self._files = frozenset(files)
        self._scopes = scopes
        self._imports = imports
        self._importing: dict[str, Mapping[str, frozenset[Scope]]] = {}  # by manager, then by file
        self._loading: dict[str, set[Scope]] = {}  # by manager: those in which a file loads modules by name

    def sees(self, paths: Iterable[str], manager: str) -> Callable[[str], bool]:
        """Give the test whether a file runs in one of the scopes that some other files run in."""
        here = frozenset(paths)
        own = frozenset().union(*(self._scopes.of(path, manager).scopes for path in here))
        around: frozenset[Scope] | None = None

        def shares(other: str) -> bool:
            nonlocal around
            if other in here or not own.isdisjoint(self._scopes.of(other, manager).scopes):
                return True
            if around is None:
                around = own.union(*(self.around(path, manager) for path in here))
            return not around.isdisjoint(self.around(other, manager))

        return shares

    def loads(self, path: str, manager: str) -> bool:
        """Tell whether what runs with a file loads modules by names that are not in its text: it may be any file."""
        around = self.around(path, manager)
        return not around.isdisjoint(self._loading[manager])

    def linked(self, index: Index, key: Key, path: str) -> frozenset[str]:
        """Give the files that name a hyperparameter and share it with a file, directly or through one another."""
        return self.linked_to(index.users(key).paths, key.manager, path)

    def linked_to(self, paths: frozenset[str], manager: str, path: str) -> frozenset[str]:
        """Give the files, among some, that share a manager's names with a file, directly or through one another."""
        users = paths | {path}
        groups = list(_groups({user: self._scopes.of(user, manager).scopes for user in users}))
        if len(groups) > 1:
            groups = list(_groups({user: self.around(user, manager) for user in users}))
        return next(group for group in groups if path in group)

    def around(self, path: str, manager: str) -> frozenset[Scope]:
        """Give the scopes that a file runs in: its own, and those whose files import it, directly or not."""
        if manager not in self._importing:
            self._loading[manager] = set()
            self._importing[manager] = self._all_importing(manager)
        return self._scopes.of(path, manager).scopes | self._importing[manager].get(path, frozenset())

    def _all_importing(self, manager: str) -> Mapping[str, frozenset[Scope]]:
        members: dict[Scope, list[str]] = {}
        for path in self._files:
            for scope in self._scopes.of(path, manager).scopes:
                members.setdefault(scope, []).append(path)
        importing: dict[str, frozenset[Scope]] = {}
        for scope, paths in members.items():
            reached = self._imports.reached(paths)
            if any(map(self._imports.loads, reached)):
                self._loading[manager].add(scope)
            for path in reached & self._files:
                importing[path] = importing.get(path, frozenset()) | {scope}
        return importing


def _groups(scopes: Mapping[str, frozenset[Scope]]) -> Iterator[frozenset[str]]:
    """Split files into groups: two are in one if they share a scope, or each shares one with a third."""
    members: dict[Scope, list[str]] = {}
    for path, some in scopes.items():
        for scope in some:
            members.setdefault(scope, []).append(path)
    left = dict.fromkeys(scopes)
    while left:
        pending = [next(iter(left))]
        group: set[str] = set()
        while pending:
            path = pending.pop()
            if path in left:
                del left[path]
                group.add(path)
                pending += (other for scope in scopes[path] for other in members.pop(scope, ()))
        yield frozenset(group)
