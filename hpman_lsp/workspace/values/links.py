"""Which value files and which Python files belong together, and what the keys of a value file name there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from hpman.static.facts import Problem
from hpman.valuefiles.entries import Entry, Named, clashes_in, entries_of
from hpman_lsp.workspace.configuration.projects import Project, project_of
from hpman_lsp.workspace.configuration.value_patterns import Home, ValuePattern
from hpman_lsp.workspace.index.index import Index, Key
from hpman_lsp.workspace.programs.reach import Reach

from .files import ValueFile, by_name

Homes: TypeAlias = frozenset[Home]


class ValueLinks:
    """Answers for one state of value files, names, scopes and projects; remembers what it answered.

    A key belongs to all managers of the Python files that its file's home holds, and of those that share a scope
    with them. What depends on the code alone is remembered from one state of the value files to the next.
    """

    def __init__(
        self,
        files: Mapping[str, ValueFile],
        patterns: Sequence[ValuePattern],
        index: Index,
        reach: Reach,
        projects: Mapping[str, Project],
    ) -> None:
        self._files = files
        self._patterns = patterns
        self._index = index
        self._reach = reach
        self._projects = projects
        self._homes: dict[str, Homes] = {}
        self._members: dict[Homes, tuple[str, ...]] = {}
        self._tests: dict[tuple[Homes, str], Callable[[str], bool]] = {}
        self._known: dict[Homes, Mapping[str, tuple[Key, ...]]] = {}
        self._found_out: dict[Homes, dict[str, Any]] = {}
        self._entries: dict[str, Named] = {}
        self._named: dict[str, Mapping[str, tuple[Entry, ...]]] = {}
        self._clashes: dict[str, tuple[tuple[Entry, Problem], ...]] = {}

    def changed(self, files: Mapping[str, ValueFile], index: Index) -> ValueLinks:
        """Give the answers for other value files, and for an index with the same names."""
        other = ValueLinks(files, self._patterns, index, self._reach, self._projects)
        other._homes, other._members, other._tests = self._homes, self._members, self._tests
        other._known = self._known
        if index is self._index:
            other._found_out = self._found_out
        kept = [path for path in self._entries if files.get(path) is self._files[path]]
        other._entries = {path: self._entries[path] for path in kept}
        other._named = {path: self._named[path] for path in kept if path in self._named}
        other._clashes = {path: self._clashes[path] for path in kept if path in self._clashes}
        return other

    def of(self, paths: Iterable[str], manager: str) -> Iterator[ValueFile]:
        """Give the value files whose keys may be names in some of the Python files, by path."""
        paths = tuple(paths)
        told: dict[Homes, bool] = {}
        for one in sorted(self._files):
            homes = self._homes_of(one)
            if homes not in told:
                told[homes] = any(map(self.shares(one, manager), paths))
            if told[homes]:
                yield self._files[one]

    def shares(self, value_path: str, manager: str) -> Callable[[str], bool]:
        """Give the test whether a Python file's names can be keys of a value file."""
        key = (self._homes_of(value_path), manager)
        if key not in self._tests:
            self._tests[key] = self._reach.sees(self._members_of(key[0]), manager)
        return self._tests[key]

    def keys(self, value_path: str, name: str) -> tuple[Key, ...]:
        """Give what a name in a value file stands for, for each manager; nothing where it is unknown."""
        return self.names(value_path).get(name, ())

    def names(self, value_path: str) -> Mapping[str, tuple[Key, ...]]:
        """Give all that the keys of a value file can stand for, by name."""
        homes = self._homes_of(value_path)
        if homes not in self._known:
            known: dict[str, tuple[Key, ...]] = {}
            for key in self._index.keys:
                if self._is_used(value_path, key):
                    known[key.name] = (*known.get(key.name, ()), key)
            self._known[homes] = {name: tuple(sorted(keys)) for name, keys in known.items()}
        return self._known[homes]

    def entries(self, value_path: str) -> tuple[Entry, ...]:
        """Give the entries of a value file as the program takes them: a dict's items are part of its value."""
        return self.as_used(value_path).entries

    def as_used(self, value_path: str) -> Named:
        """Return what the keys of a value file name to the program, and what is wrong with these keys."""
        if value_path not in self._entries:
            file = self._files[value_path]
            known = self.names(value_path)
            data = {one for one in file.data if not any(name.startswith(f"{one}.") for name in known)}
            values = data.union(name for name in file.groups if self.is_value(value_path, name))
            self._entries[value_path] = (
                entries_of(file.parsed.documents, is_value=values.__contains__) if values else file.named
            )
        return self._entries[value_path]

    def named(self, value_path: str, name: str) -> tuple[Entry, ...]:
        """Give the entries of a value file that give a name."""
        if value_path not in self._named:
            entries, file = self.entries(value_path), self._files[value_path]
            self._named[value_path] = file.by_name if entries is file.named.entries else by_name(entries)
        return self._named[value_path].get(name, ())

    def clashes(self, value_path: str) -> tuple[tuple[Entry, Problem], ...]:
        """Give the entries of a value file that contradict others of it."""
        if value_path not in self._clashes:
            self._clashes[value_path] = tuple(clashes_in(self.entries(value_path)))
        return self._clashes[value_path]

    def found_out(self, value_path: str) -> dict[str, Any]:
        """Give what somebody found out of names in such a file, and remembered there, since the code is what it is."""
        return self._found_out.setdefault(self._homes_of(value_path), {})

    def is_value(self, value_path: str, name: str) -> bool:
        """Tell whether a mapping behind a name is its value: a dict, rather than a group of names."""
        return any(
            self._index.users(key).giving or not self._index.nested(key)
            for key in self.keys(value_path, name)
        )

    def may_use_any(self, value_path: str) -> bool:
        """Tell whether only running the code can tell all the names that it uses."""
        return self._is_shared(value_path, self._index.dynamic)

    def may_use_others(self, value_path: str) -> bool:
        """Tell whether the code hands a manager on, so that names may be used by calls that are not followed."""
        known = {one: self._index.hands_on.get(one, frozenset()) for one in self._index.managers}
        return self._is_shared(value_path, known)

    def _is_shared(self, value_path: str, table: Mapping[str, frozenset[str]]) -> bool:
        return any(any(map(self.shares(value_path, manager), paths)) for manager, paths in table.items())

    def _is_used(self, value_path: str, key: Key) -> bool:
        paths = self._index.users(key).paths
        return bool(paths) and any(map(self.shares(value_path, key.manager), paths))

    def _homes_of(self, path: str) -> Homes:
        if path not in self._homes:
            self._homes[path] = frozenset(one.home for one in self._patterns if one.covers(path))
        return self._homes[path]

    def _members_of(self, homes: Homes) -> tuple[str, ...]:
        if homes not in self._members:
            self._members[homes] = tuple(
                path for path in self._index.files if any(self._holds(home, path) for home in homes)
            )
        return self._members[homes]

    def _holds(self, home: Home, path: str) -> bool:
        if not path.startswith(home.folder.rstrip(os.sep) + os.sep):
            return False
        project = project_of(self._projects, path) if home.is_project else None
        return project is None or project.folder == home.folder
