"""Programs: each one entry and the files that it reads; what every answer about values and faults rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .runs import Runs, is_test
from .scopes import Scope, Scopes


class Program(NamedTuple):
    """One program: an entry, and the files that it reads.

    entry: the file that is started; of a scope in `[tool.hpman]` its folder.
    scope: what its files are known by.
    """

    entry: str
    scope: Scope


class Programs:
    """Answers for one state of scopes and imports; remembers what it answered.

    starts: the files that the index knows, each with whether it is made to be started.
    unknown: (manager, file) of those that parse what only running them can tell.
    """

    def __init__(
        self, starts: Mapping[str, bool], unknown: Iterable[tuple[str, str]], scopes: Scopes, runs: Runs
    ) -> None:
        self._starts = starts
        self._unknown = frozenset(unknown)
        self._scopes = scopes
        self._runs = runs
        self._reading: dict[tuple[str, str], frozenset[Program]] = {}

    def reading(self, path: str, manager: str) -> frozenset[Program]:
        """Return the programs that may read a file: that parse it, or run it."""
        key = (path, manager)
        if key not in self._reading:
            found = frozenset(self._all_reading(path, manager))
            own = Program(path, min(self._scopes.of(path, manager).scopes))
            self._reading[key] = found or frozenset({own})
        return self._reading[key]

    def seen_from(self, path: str, manager: str) -> frozenset[Program]:
        """Return the programs that somebody means who looks at a file: its own if it is an entry, else all."""
        found = self.reading(path, manager)
        own = (
            frozenset(one for one in found if one.entry == path) if self._runs.is_entry(path) else frozenset()
        )
        return own or found

    def reads_more(self, program: Program, manager: str) -> bool:
        """Return whether a program parses what only running it can tell."""
        return any(program in self.reading(path, one) for one, path in self._unknown if one == manager)

    def parsed_together(self, one: str, other: str, manager: str) -> bool:
        """Return whether some program surely parses two files; where none is said to parse, whether one runs both."""
        if one == other:
            return True
        parsed = (self._scopes.of(path, manager).sure for path in (one, other))
        if not frozenset.isdisjoint(*parsed):
            return True
        running = (self._unparsed(path, manager) for path in (one, other))
        return not frozenset.isdisjoint(*running)

    def read_together(self, one: str, other: str, manager: str) -> bool:
        """Return whether some program surely reads two files, be it that it parses them or that it runs them."""
        if self.parsed_together(one, other, manager):
            return True
        running = (self._surely_reading(path, manager) for path in (one, other))
        return not frozenset.isdisjoint(*running)

    def _unparsed(self, path: str, manager: str) -> frozenset[str]:
        """Return the entries that surely run a file, and of which nothing says that they parse."""
        return frozenset(
            one
            for one in self._surely_running(path)
            if not is_test(one) and _is_default(self._scopes.of(one, manager).scopes)
        )

    def _surely_reading(self, path: str, manager: str) -> frozenset[str]:
        parsing = {scope.home for scope, condition in self._scopes.of(path, manager).sure if not condition}
        return self._surely_running(path) | parsing

    def _surely_running(self, path: str) -> frozenset[str]:
        """Return the entries that surely run a file; what is made to be started does nothing for others."""
        if self._starts.get(path, False):
            return frozenset({path})
        return frozenset(filter(self._runs.is_entry, {path, *self._runs.surely_above(path)}))

    def _all_reading(self, path: str, manager: str) -> Iterator[Program]:
        for scope in self._scopes.of(path, manager).parsed:
            if scope.kind == "explicit" or (scope.kind == "inferred" and self._runs.is_entry(scope.home)):
                yield Program(scope.home, scope)
        for entry in self._runs.entries(path):
            scopes = self._scopes.of(entry, manager).scopes
            own = [one for one in scopes if one.kind == "explicit" or one.home == entry]
            yield from (Program(one.home, one) for one in own)
            if not own and (self._starts.get(entry, False) or _is_default(scopes)):
                yield Program(entry, min(scopes))


def _is_default(scopes: Iterable[Scope]) -> bool:
    return all(one.kind == "default" for one in scopes)
