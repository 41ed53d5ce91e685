"""What the walk leaves out: folders that never hold a user's source, and what .gitignore files and projects exclude."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from pathspec import GitIgnoreSpec

from .excludes import excludes_of
from .port import Disk, Unreadable, read_bytes

_PRUNED = frozenset({
    ".git", ".hg", ".svn", ".eggs", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache",
    ".tox", ".venv", "__pycache__", "node_modules", "site-packages", "venv",
})  # fmt: skip
# What pathspec raises for a pattern; the second for a range such as [z-a].
BAD_PATTERN = (ValueError, re.error)
# The mark of a virtual environment (PEP 405), and that of a conda environment.
_ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})


def bad_pattern(pattern: str) -> str:
    """Tell why a text is no pattern; "" if it is one."""
    try:
        GitIgnoreSpec.from_lines([pattern])
    except BAD_PATTERN as error:
        return str(error)
    return ""


def is_pruned(name: str) -> bool:
    """Tell whether a folder of this name never holds a user's source."""
    return name in _PRUNED or name.endswith(".egg-info")


def is_environment(names: frozenset[str]) -> bool:
    """Tell whether a folder with these entries is a Python environment."""
    return not _ENVIRONMENT_MARKS.isdisjoint(names)


class Ignore:
    """The rules of one workspace folder; reads each .gitignore file and pyproject.toml once.

    root: the workspace folder, which itself is never ignored.
    exclude: the user's own patterns, relative to the root; they have the last word.
    """

    def __init__(self, disk: Disk, root: str, exclude: tuple[str, ...]) -> None:
        self._disk = disk
        self._root = root
        self._exclude = _compiled(exclude)
        self._specs: dict[str, GitIgnoreSpec] = {}
        self._decided: dict[str, bool] = {}  # for folders
        self._top = root
        top = self._repository()
        if top is not None and not self._decided_by_folders(root, top, is_folder=True):
            self._top = top

    def excludes(self, path: str, is_folder: bool) -> bool:
        """Tell whether one file or folder below the root is excluded; its folders are known not to be."""
        relative = _relative(path, self._root, is_folder)
        own = self._exclude.check_file(relative).include if self._exclude else None
        return own if own is not None else self._decided_by_folders(path, self._top, is_folder)

    def excludes_deeply(self, path: str, is_folder: bool) -> bool:
        """Tell whether a file or folder below the root is left out by the walk, or a folder that it is in is."""
        if path == self._root:
            return False
        if path not in self._decided:
            around = self.excludes_deeply(os.path.dirname(path), is_folder=True)
            decided = around or (is_folder and self._is_pruned(path)) or self.excludes(path, is_folder)
            if not is_folder:
                return decided
            self._decided[path] = decided
        return self._decided[path]

    def _is_pruned(self, folder: str) -> bool:
        marks = (os.path.join(folder, name) for name in _ENVIRONMENT_MARKS)
        return is_pruned(os.path.basename(folder)) or any(
            self._disk.entry(mark) is not None for mark in marks
        )

    def _repository(self) -> str | None:
        folder = self._root
        while self._disk.entry(os.path.join(folder, ".git")) is None:
            above = os.path.dirname(folder)
            if above == folder:
                return None
            folder = above
        return folder

    def _decided_by_folders(self, path: str, top: str, is_folder: bool) -> bool:
        """The deepest folder that says something about a path decides (gitignore(5))."""
        folder = path
        while folder != top and (above := os.path.dirname(folder)) != folder:
            folder = above
            spec = self._spec(folder)
            said = spec.check_file(_relative(path, folder, is_folder)).include if spec else None
            if said is not None:
                return said
        return False

    def _spec(self, folder: str) -> GitIgnoreSpec:
        if folder not in self._specs:
            ignored = self._read(folder, ".gitignore").decode("utf-8", "replace").splitlines()
            self._specs[folder] = _compiled([*ignored, *excludes_of(self._read(folder, "pyproject.toml"))])
        return self._specs[folder]

    def _read(self, folder: str, name: str) -> bytes:
        data = read_bytes(self._disk, os.path.join(folder, name))
        return b"" if isinstance(data, Unreadable) else data


def _compiled(lines: Sequence[str]) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(lines)
    except BAD_PATTERN:  # git passes over a line that is no pattern
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except BAD_PATTERN:
        return False
    return True


def _relative(path: str, folder: str, is_folder: bool) -> str:
    relative = path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
    return relative + "/" if is_folder else relative
