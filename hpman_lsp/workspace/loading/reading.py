"""Reads files of a workspace: those that matter become source files, the others leave nothing behind."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from hpman.static.facts import Import
from hpman_lsp.workspace.batch import SLICE, Batch
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.disk.ignore import Ignore
from hpman_lsp.workspace.disk.port import Disk, Entry, Stamp, Unreadable, decode, read_bytes
from hpman_lsp.workspace.disk.tree import Folder, Tree, leads_into, walk, walk_wholly
from hpman_lsp.workspace.names.managers import passable
from hpman_lsp.workspace.programs.targets import NOTHING_REACHED, Reached
from hpman_lsp.workspace.python.source import SourceFile, may_import, source_file

# Names that managers usually have: a file that imports none of them need not be read again once it is known
# which names modules pass on.
_USUAL = frozenset({"_", "hp"})
_MOST_BESIDE = 20_000  # entries of an ignored folder that a program parses


class Reader:
    """Reads one workspace; notes on the way what may have to be read again.

    names: the names under which some module that was read may pass a manager on.
    likely: files that import a usual name, but from no manager that is known so far.
    imports: of the files that matter.
    reached: what programs parse: it is read whatever is ignored.
    """

    def __init__(
        self, disk: Disk, roots: tuple[str, ...], settings: Settings, reached: Reached = NOTHING_REACHED
    ) -> None:
        self._disk = disk
        self._roots = roots
        self._homes = frozenset(map(os.path.realpath, roots))
        self._other_names: dict[str, bool] = {}
        self._ignores = {root: Ignore(disk, root, settings.exclude) for root in roots}
        self.names: frozenset[str] = frozenset()
        self.likely: list[str] = []
        self.imports: dict[str, tuple[Import, ...]] = {}
        self.reached = reached
        self._left: list[str] = []  # folders that walks left out
        self._excluded: dict[str, None] = {}  # files that were passed over for they are ignored

    def walked(self, *paths: str) -> Tree:
        """Walk folders of the workspace, and look at single Python files, which may be anywhere.

        What is gone is not in the tree, nor what is in an excluded folder; a single file that is excluded is.
        """
        tree = Tree()
        for path in paths:
            entry, root = self._disk.entry(path), self._root_of(path)
            if entry is None or (root is not None and self._is_another_name(path, root)):
                continue
            if self.excludes(path if entry.stamp is None else os.path.dirname(path), True):
                tree = tree.changed(*self._reached_in(path, entry))
                continue
            if entry.stamp is not None:
                tree = tree.changed({path: entry.stamp} if path.endswith(".py") else {})
            elif root is not None:
                found = walk(self._disk, root, path, self._ignores[root], self._roots, self._left)
                tree = tree.changed(found.files, found.folders)
        beside = self.walked_beside()
        return tree.changed(beside.files, beside.folders)

    def walked_beside(self) -> Tree:
        """Walk the folders that walks left out, as far as programs parse them."""
        tree = Tree()
        for folder in self._left:
            if self.reached.enters(folder):
                found = walk_wholly(self._disk, folder, _MOST_BESIDE)
                tree = tree.changed(found.files, found.folders)
        return tree

    def excluded_but_reached(self) -> list[str]:
        """Return the read files that are ignored, and that programs parse."""
        return [path for path in self._excluded if self.reached.covers(path)]

    def _reached_in(
        self, path: str, entry: Entry
    ) -> tuple[Mapping[str, Stamp | None], Mapping[str, Folder | None]]:
        if entry.stamp is not None:
            return ({path: entry.stamp} if self.reached.covers(path) else {}), {}
        found = walk_wholly(self._disk, path, _MOST_BESIDE) if self.reached.enters(path) else Tree()
        return dict(found.files), dict(found.folders)

    def excludes(self, path: str, is_folder: bool) -> bool:
        """Tell whether a path is ignored, at any depth of its workspace folder; nothing outside of all is."""
        root = self._root_of(path)
        return root is not None and self._ignores[root].excludes_deeply(path, is_folder)

    def batches(self, paths: list[str], placeholders: frozenset[str], total: int) -> Iterator[Batch]:
        """Read walked files in batches.

        placeholders: names that modules pass on; total: for the batches' progress.
        """
        for start in range(0, len(paths), SLICE):
            some = paths[start : start + SLICE]
            yield self.batch(some, placeholders, done=min(start + len(some), total), total=total)

    def batch(
        self, paths: Iterable[str], placeholders: frozenset[str], done: int = 0, total: int = 0
    ) -> Batch:
        """Read walked files."""
        files: dict[str, SourceFile | None] = {}
        unreadable: dict[str, str] = {}
        for path in paths:
            found = self._read(path, placeholders)
            files[path] = found if isinstance(found, SourceFile) else None
            if isinstance(found, Unreadable):
                unreadable[path] = found.reason
            elif found is not None and found.fault is not None:
                unreadable[path] = found.fault
        return Batch(files=files, unreadable=unreadable, done=done, total=total)

    def _read(self, path: str, placeholders: frozenset[str]) -> SourceFile | Unreadable | None:
        data = read_bytes(self._disk, path)
        if isinstance(data, bytes) and not _is_worth_reading(data, placeholders):
            self._pass_over(path, data)
            return None
        if self.excludes(path, is_folder=False) and not self.reached.covers(path):
            self._excluded[path] = None
            return None
        if isinstance(data, Unreadable):
            return data
        text = decode(data)
        if isinstance(text, Unreadable):
            return text
        file = source_file(path, text, None, placeholders)
        if not file.matters:
            self._pass_over(path, data)
            return None
        self.imports[path] = file.imports
        self.names |= passable(file)
        return file

    def _pass_over(self, path: str, data: bytes) -> None:
        if may_import(data, _USUAL):
            self.likely.append(path)

    def unread(self, paths: Iterable[str]) -> list[str]:
        """Give those of the read files that may matter now that `names` are known, and forget `likely`."""
        candidates = self.likely if self.names <= _USUAL else paths
        self.likely = []
        return [path for path in candidates if path not in self.imports]

    def holds(self, path: str) -> bool:
        """Tell whether a path is in a workspace folder."""
        return self._root_of(path) is not None

    def _is_another_name(self, path: str, root: str) -> bool:
        """Whether a link on the way to a path leads into a workspace folder, where all has a name of its own."""
        if path == root:
            return False
        if path not in self._other_names:
            entry = self._disk.entry(path)
            target = None if entry is None else entry.target
            self._other_names[path] = (
                target is not None and leads_into(target, self._homes)
            ) or self._is_another_name(os.path.dirname(path), root)
        return self._other_names[path]

    def _root_of(self, path: str) -> str | None:
        around = [
            root for root in self._roots if path == root or path.startswith(root.rstrip(os.sep) + os.sep)
        ]
        return max(around, key=len, default=None)


def _is_worth_reading(data: bytes, placeholders: frozenset[str]) -> bool:
    return b"hpman" in data or b".parse_file" in data or may_import(data, placeholders)
