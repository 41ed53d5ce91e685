"""Which files run when another one is started."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from hpman_lsp.workspace.names.modules import ImportGraph

_TEST = re.compile(r"test_.*|.*_test\.py\Z|conftest\.py\Z")


class Runs:
    """Answers for one state of imports; remembers what it answered.

    files: the files that the index knows, each with whether it is made to be started.
    """

    def __init__(self, files: Mapping[str, bool], imports: ImportGraph) -> None:
        self._files = files
        self._imports = imports
        self._above: dict[str, frozenset[str]] = {}
        self._surely_above: dict[str, frozenset[str]] = {}

    def above(self, path: str) -> frozenset[str]:
        """Return the files that import a file, directly or not."""
        if path not in self._above:
            self._above[path] = frozenset(_reached(path, self._importers.get))
        return self._above[path]

    def surely_above(self, path: str) -> frozenset[str]:
        """Return the files that import a file, directly or not, whenever they run."""
        if path not in self._surely_above:
            self._surely_above[path] = frozenset(_reached(path, self._sure_importers.get))
        return self._surely_above[path]

    def entries(self, path: str) -> frozenset[str]:
        """Return the files that are started to run a file: it may be one itself, and is where none is known."""
        known = (one for one in {path, *self.above(path)} if one in self._files)
        return frozenset(filter(self.is_entry, known)) or frozenset({path})

    def is_entry(self, path: str) -> bool:
        """Return whether a file is started by itself: it says so, or nothing imports it but tests."""
        return self._files.get(path, False) or all(map(is_test, self._importers.get(path, ())))

    @cached_property
    def _importers(self) -> Mapping[str, tuple[str, ...]]:
        return _turned(self._all, self._imports.direct)

    @cached_property
    def _sure_importers(self) -> Mapping[str, tuple[str, ...]]:
        return _turned(self._all, self._imports.surely)

    @cached_property
    def _all(self) -> frozenset[str]:
        return self._imports.reached(self._files)


def is_test(path: str) -> bool:
    """Return whether a file is one that pytest collects: nothing else runs what it imports with it."""
    return _TEST.match(os.path.basename(path)) is not None


def _turned(paths: Iterable[str], direct: Callable[[str], Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """Return by which files each one is imported."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        for target in direct(path):
            found.setdefault(target, []).append(path)
    return {target: tuple(some) for target, some in found.items()}


def _reached(path: str, around: Callable[[str, tuple[str, ...]], tuple[str, ...]]) -> Iterator[str]:
    seen = {path}
    pending = [path]
    while pending:
        for one in around(pending.pop(), ()):
            if one not in seen:
                seen.add(one)
                pending.append(one)
                yield one
