"""Which files and folders a workspace has: the walk, and the frozen tree that it gives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from hpman.sources import is_passed_over

from .ignore import Ignore, is_environment, is_pruned
from .port import Disk, Entry, Stamp

# A folder with one of them is a project of its own.
MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", ".git"})
# Files that are no source, but decide what belongs to what.
CONFIGURATION = frozenset({"pyproject.toml", "setup.cfg", ".gitignore"})

_Value = TypeVar("_Value")


class Folder(NamedTuple):
    """markers: those of `MARKERS` that are in the folder; stamps: of its `CONFIGURATION`, by name; links: their names."""

    markers: frozenset[str]
    stamps: Mapping[str, Stamp]
    links: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tree:
    """The Python files and folders of a workspace, as far as they were walked.

    files: every .py file's stamp, whatever it holds.
    folders: every walked folder.
    value_files: every value file's stamp.
    """

    files: Mapping[str, Stamp] = field(default_factory=dict)
    folders: Mapping[str, Folder] = field(default_factory=dict)
    value_files: Mapping[str, Stamp] = field(default_factory=dict)

    def changed(
        self,
        files: Mapping[str, Stamp | None],
        folders: Mapping[str, Folder | None] | None = None,
        value_files: Mapping[str, Stamp | None] | None = None,
    ) -> Tree:
        """Give the tree after changes; None stands for what is gone."""
        new_files, new_folders = merged(self.files, files), merged(self.folders, folders or {})
        new_values = merged(self.value_files, value_files or {})
        if new_files is self.files and new_folders is self.folders and new_values is self.value_files:
            return self
        return Tree(new_files, new_folders, new_values)


def walk(disk: Disk, root: str, folder: str, ignore: Ignore, roots: Iterable[str], left: list[str]) -> Tree:
    """Walk a folder of a workspace.

    folder: the workspace folder `root` itself, or one below it that is not excluded.
    roots: all workspace folders: a symbolic link into one of them is left out, for what it leads to is
        walked under its own name.
    left: takes the folders that are left out.
    """
    files: dict[str, Stamp] = {}
    folders: dict[str, Folder] = {}
    homes = {os.path.realpath(one) for one in (*roots, root)}
    seen: set[str] = set()  # targets of links: each is walked once, so that loops end
    pending = [folder]
    while pending:
        current = pending.pop()
        entries = listed(disk, current)
        names = frozenset(entry.name for entry in entries)
        if current != root and is_environment(names):
            continue
        folders[current] = _folder(entries, names)
        for entry in entries:
            path = os.path.join(current, entry.name)
            if not _is_wanted(entry, path, ignore):
                left += [path] if entry.stamp is None else []
                continue
            if not _is_new(entry, homes, seen):
                continue
            if entry.stamp is None:
                pending.append(path)
            else:
                files[path] = entry.stamp
    return Tree(files, folders)


def walk_wholly(disk: Disk, folder: str, most: int) -> Tree:
    """Walk a folder as `parse_file` does, whatever is ignored; links are left out.

    most: entries that are looked at.
    """
    files: dict[str, Stamp] = {}
    folders: dict[str, Folder] = {}
    pending = [folder]
    while pending and most > 0:
        current = pending.pop()
        entries = listed(disk, current)
        names = frozenset(entry.name for entry in entries)
        most -= len(entries)
        if is_environment(names):
            continue
        folders[current] = _folder(entries, names)
        for entry in entries:
            path = os.path.join(current, entry.name)
            if is_passed_over(entry.name, names) or entry.target is not None:
                continue
            if entry.stamp is None:
                pending.append(path)
            elif entry.name.endswith(".py"):
                files[path] = entry.stamp
    return Tree(files, folders)


def described(disk: Disk, folder: str) -> Folder:
    """Read what a folder says about itself."""
    entries = listed(disk, folder)
    return _folder(entries, frozenset(entry.name for entry in entries))


def listed(disk: Disk, folder: str) -> list[Entry]:
    """List a folder by name; empty where it vanished or may not be listed."""
    try:
        return sorted(disk.entries(folder))
    except OSError:
        return []


def ancestors(path: str) -> Iterator[str]:
    """Give the folders around a path, the nearest first."""
    folder = os.path.dirname(path)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def merged(old: Mapping[str, _Value], changes: Mapping[str, _Value | None]) -> Mapping[str, _Value]:
    """Give a mapping after changes, None for what is gone; the same object if nothing changes."""
    if all(old.get(key) == value for key, value in changes.items()):
        return old
    new = {**old, **changes}
    return {key: value for key, value in new.items() if value is not None}


def _folder(entries: list[Entry], names: frozenset[str]) -> Folder:
    stamps = {entry.name: entry.stamp for entry in entries if entry.stamp and entry.name in CONFIGURATION}
    return Folder(MARKERS & names, stamps, frozenset(one.name for one in entries if one.target is not None))


def _is_wanted(entry: Entry, path: str, ignore: Ignore) -> bool:
    """Which single files are ignored is asked for the few that matter, when they are read: asking is slow."""
    if entry.stamp is not None:
        return entry.name.endswith(".py")
    return not is_pruned(entry.name) and not ignore.excludes(path, is_folder=True)


def leads_into(target: str, homes: Iterable[str]) -> bool:
    """Whether a link's target is in a folder that is walked, or around it, so that it would lead back into it."""
    return any(
        f"{target}{os.sep}".startswith(f"{one}{os.sep}") or one.startswith(target + os.sep) for one in homes
    )


def _is_new(entry: Entry, homes: set[str], seen: set[str]) -> bool:
    """Tell whether what an entry stands for is not walked already, under its own name or by another link."""
    target = entry.target
    if target is None:
        return True
    if leads_into(target, homes) or any(
        target == walked or target.startswith(walked + os.sep) for walked in seen
    ):
        return False
    seen.add(target)
    return True
