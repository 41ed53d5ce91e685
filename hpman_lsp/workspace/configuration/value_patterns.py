"""Which files hold values: what `value-files` says, in a project or in the editor's settings."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pathspec import GitIgnoreSpec

from hpman_lsp.workspace.disk.ignore import BAD_PATTERN, is_pruned
from hpman_lsp.workspace.disk.patterns import anchored
from hpman_lsp.workspace.disk.port import Disk, Stamp
from hpman_lsp.workspace.disk.tree import listed

SUFFIXES: Final = (".yaml", ".yml", ".json")
_MOST = 10_000  # files of one pattern; more are data, not values
_WILD = re.compile(r"[*?\[]")


class Home(NamedTuple):
    """Whose names the keys of a value file are: of the Python files in a project, or of all in a workspace folder."""

    folder: str
    is_project: bool


class ValuePattern(NamedTuple):
    """One pattern, which matches files and all that is in folders.

    base, spec: from which folder on it matches, and what.
    first: the folder below which all matches are; depth: how many folders deeper at most, None for any number.
    """

    written: str
    home: Home
    base: str
    spec: GitIgnoreSpec
    first: str
    depth: int | None

    def covers(self, path: str) -> bool:
        """Tell whether a file is one of its."""
        below = self.base.rstrip(os.sep) + os.sep
        return (
            is_format(path)
            and path.startswith(below)
            and self.spec.match_file(path[len(below) :].replace(os.sep, "/"))
        )


def is_format(path: str) -> bool:
    """Tell whether a file's suffix is of a format that values are kept in."""
    return path.lower().endswith(SUFFIXES)


def value_pattern(home: Home, written: str) -> ValuePattern:
    """Compile a pattern; raises one of `BAD_PATTERN`."""
    base, spec = anchored(home.folder, written)
    steps = os.path.normpath(os.path.join(home.folder, written)).split(os.sep)
    wild = next((at for at, step in enumerate(steps) if _WILD.search(step)), len(steps))
    fixed = wild if wild < len(steps) or not is_format(written) else len(steps) - 1
    deep = "**" in written or not is_format(written)
    first = os.sep.join(steps[:fixed]) or os.sep
    return ValuePattern(written, home, base, spec, first, None if deep else len(steps) - 1 - fixed)


def setting_patterns(roots: Iterable[str], written: Iterable[str]) -> tuple[ValuePattern, ...]:
    """Compile what an editor's settings say, for each workspace folder; what is no pattern is passed over."""
    some = tuple(written)
    both = (_setting_pattern(root, one) for root in roots for one in some)
    return tuple(pattern for pattern in both if pattern is not None)


def _setting_pattern(root: str, written: str) -> ValuePattern | None:
    try:
        return value_pattern(Home(root, is_project=False), written)
    except BAD_PATTERN:
        return None


def found(disk: Disk, patterns: Iterable[ValuePattern]) -> dict[str, Stamp]:
    """Find the files of patterns; what git ignores counts too, for results of runs are kept out of git."""
    files: dict[str, Stamp] = {}
    for pattern in patterns:
        for number, (path, stamp) in enumerate(_files(disk, pattern, pattern.first, pattern.depth)):
            if number >= _MOST:
                break
            files[path] = stamp
    return files


def _files(disk: Disk, pattern: ValuePattern, folder: str, depth: int | None) -> Iterator[tuple[str, Stamp]]:
    for entry in listed(disk, folder):
        path = os.path.join(folder, entry.name)
        if entry.stamp is not None:
            if pattern.covers(path):
                yield path, entry.stamp
        elif depth != 0 and entry.target is None and not is_pruned(entry.name):
            yield from _files(disk, pattern, path, None if depth is None else depth - 1)
