"""What a `parse_file` call leads to: files, folders, and what fits patterns of paths."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from hpman.sources import reads
from hpman.static.facts import ParseCall, PathFact
from hpman_lsp.workspace.disk.tree import Folder, ancestors
from hpman_lsp.workspace.names.modules import Modules

_WILD = re.compile(r"[*?\[]")


class Target(NamedTuple):
    """What one path of a call leads to.

    path: a file or folder; of a pattern the folder that it starts at.
    pattern: with wildcards, what is below that folder, with `/`; else "".
    """

    path: str
    pattern: str = ""

    def covers(self, file: str, names_in: Callable[[str], Container[str]]) -> bool:
        """Return whether the call reads a file; see `hpman.sources.reads`."""
        if not self.pattern:
            return file == self.path or reads(self.path, file, names_in)
        start = self.path.rstrip(os.sep) + os.sep
        if not file.startswith(start):
            return False
        parts = file[len(start) :].split(os.sep)
        matches = _matcher(self.pattern)
        if matches("/".join(parts)):
            return True
        folders = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return any(
            matches(one) and reads(start + one.replace("/", os.sep), file, names_in) for one in folders
        )


class Reached(NamedTuple):
    """All that programs parse, in whatever way.

    names_in: gives the marks in a folder.
    """

    targets: tuple[Target, ...]
    names_in: Callable[[str], Container[str]]

    def covers(self, path: str) -> bool:
        """Return whether a program parses a file."""
        return any(one.covers(path, self.names_in) for one in self.targets)

    def enters(self, folder: str) -> bool:
        """Return whether a program parses what may be in a folder."""
        inside = os.path.join(folder, "")
        return self.covers(inside + "m.py") or any(
            one.path == folder or one.path.startswith(inside) for one in self.targets
        )


NOTHING_REACHED = Reached((), lambda _: ())


class Places(NamedTuple):
    """What tells where paths lead to: the workspace folders, what exists in them, and what imports mean."""

    roots: tuple[str, ...]
    exists: Callable[[str], bool]
    modules: Modules


def targets(fact: PathFact, path: str, entry: str, places: Places) -> Iterator[Target]:
    """Yield what a path of a call leads to, at most one; where it is not known whether it exists, none.

    path: the file that the call stands in; entry: the file that is started.
    """
    found = _located(fact, path, entry, places)
    if found is None:
        return
    if not fact.pattern:
        yield Target(found)
        return
    parts = found.split(os.sep)
    wild = next((number for number, one in enumerate(parts) if _WILD.search(one)), len(parts))
    yield Target(os.sep.join(parts[:wild]) or os.sep, "/".join(parts[wild:]))


def reached(
    calls: Iterable[tuple[str, Iterable[ParseCall]]], places: Places, folders: Mapping[str, Folder]
) -> Reached:
    """Return all that calls lead to; calls: by the file that they stand in."""
    facts = {(fact, path) for path, some in calls for one in some for fact in one.paths or ()}
    found = {target for fact, path in facts for target in targets(fact, path, path, places)}
    return Reached(tuple(sorted(found)), names_in(folders))


def names_in(folders: Mapping[str, Folder]) -> Callable[[str], Container[str]]:
    """Return what gives the marks in a folder of a workspace."""

    def names(folder: str) -> Container[str]:
        known = folders.get(folder)
        return known.markers if known is not None else ()

    return names


def _located(fact: PathFact, path: str, entry: str, places: Places) -> str | None:
    if fact.anchor == "root":
        return os.path.normpath(fact.relative)
    if fact.anchor == "cwd":
        return _from_folders(fact, entry, places)
    start: str | None = entry if fact.anchor == "script" else path
    if fact.anchor == "module":
        start = places.modules.find(fact.module, path)
    if start is None or not fact.relative:
        return start
    return os.path.normpath(os.path.join(start, fact.relative))


def _from_folders(fact: PathFact, entry: str, places: Places) -> str | None:
    """Return a path as it is where the program is started: in its own folder, or else in the workspace's."""
    bases = (os.path.dirname(entry), *(folder for folder in ancestors(entry) if folder in places.roots))
    found = [os.path.normpath(os.path.join(base, fact.relative)) for base in bases]
    if fact.pattern:
        return found[0]
    return next((one for one in found if places.exists(one)), None)


@lru_cache(maxsize=64)
def _matcher(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return what matches a pattern as `glob` does: `**` is folders of any depth, or none."""
    written = "".join(map(_translated, re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", pattern)))
    return re.compile(written).fullmatch


def _translated(piece: str) -> str:
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if piece in known:
        return known[piece]
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
        return f"[{'^' if piece[1] == '!' else ''}{re.escape(piece[1:-1].lstrip('!')).replace(re.escape('-'), '-')}]"
    return re.escape(piece)
