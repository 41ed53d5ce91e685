"""Opens the workspace that a command is about."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.disk.tree import MARKERS, ancestors
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.questions.describe import path_from
from hpman_lsp.workspace.snapshot import Snapshot

from .errors import CommandError
from .output import note
from .progress import Progress
from .unknown import unknown


@dataclass(frozen=True)
class Opened:
    """A workspace that was read, and the part of it that is asked for.

    targets: absolute files and folders.
    """

    snapshot: Snapshot
    targets: tuple[str, ...]

    def covers(self, path: str) -> bool:
        """Tell whether a file is asked for."""
        return any(path == target or path.startswith(_below(target)) for target in self.targets)

    @property
    def base(self) -> str:
        """The folder that paths in files for others are from: the repository, else what was read."""
        roots = self.snapshot.roots
        folders = _outermost(_repository_of(root) or root for root in roots)
        return folders[0] if len(folders) == 1 else os.path.commonpath(folders)

    def seen_from(self, folder: str) -> Opened:
        """Give the same with all paths shown from another folder."""
        return replace(self, snapshot=replace(self.snapshot, here=folder))


def open_project(options: Namespace) -> Opened:
    """Read the workspace around the paths of a command's arguments; files that cannot be read are told.

    Raises CommandError where there is no such path.
    """
    here = _current_folder()
    root = None if options.root is None else _absolute(options.root)
    targets = tuple(map(_absolute, options.paths)) or (_meant(here, root),)
    roots = (root,) if root is not None else _outermost(map(_root_of, targets))
    outside = next((one for one in targets if not inside(one, roots)), None)
    if outside is not None:
        raise CommandError(
            f"{shown(outside)} is not in {shown(roots[0])}: give --root a folder that holds both"
        )
    opened = Opened(_loaded(roots, here), targets)
    for line in unknown(opened.snapshot, opened.covers, targets):
        note(line)
    return opened


def shown(path: str) -> str:
    """Give a path as the user would type it here."""
    return path_from(os.getcwd(), path)


def inside(path: str, folders: Iterable[str]) -> bool:
    """Tell whether a path is one of some folders, or below one."""
    return any(path == folder or path.startswith(_below(folder)) for folder in folders)


def position(snapshot: Snapshot, path: str, offset: int) -> tuple[int, int]:
    """Give line and column of an offset in a kept file, both from 1, the column in characters."""
    lines = snapshot.lines(path) or Lines("")
    line, column = lines.position(offset, "utf-32")
    return line + 1, column + 1


def _loaded(roots: tuple[str, ...], here: str) -> Snapshot:
    settings = Settings()
    snapshot = replace(Snapshot.empty(roots, settings), here=here)
    with Progress("reading") as progress:
        for batch in load(roots, settings):
            snapshot = snapshot.with_batch(batch)
            progress.report(batch.done, batch.total)
    return snapshot.with_complete()


def _current_folder() -> str:
    try:
        return os.getcwd()
    except OSError:
        raise CommandError("the current folder is gone: change to another one") from None


def _meant(here: str, root: str | None) -> str:
    """Give the folder that is meant where none is named: this one, unless it is not in the workspace asked for."""
    return here if root is None or inside(here, [root]) else root


def _absolute(path: str) -> str:
    if not os.path.exists(path):
        raise CommandError(f"{path or repr(path)}: no such file or folder")
    return os.path.abspath(path)


def _root_of(path: str) -> str:
    """Give the workspace folder around a path: what an editor would have open."""
    start = path if os.path.isdir(path) else os.path.dirname(path)
    marked = (
        one
        for one in (start, *ancestors(start))
        if any(os.path.isfile(os.path.join(one, name)) for name in MARKERS)
    )
    return _repository_of(start) or next(marked, start)


def _repository_of(folder: str) -> str | None:
    """Give the git repository around a folder; some keep their home in git, which makes no project of all below it."""
    around = (one for one in (folder, *ancestors(folder)) if os.path.exists(os.path.join(one, ".git")))
    repository = next(around, None)
    return None if repository == os.path.expanduser("~") != folder else repository


def _outermost(folders: Iterable[str]) -> tuple[str, ...]:
    found = sorted(set(folders))
    return tuple(one for one in found if not inside(one, [other for other in found if other != one]))


def _below(folder: str) -> str:
    return folder.rstrip(os.sep) + os.sep
