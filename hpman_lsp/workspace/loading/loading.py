"""Reads a workspace from disk, and notices what changed there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from hpman.static.facts import ParseCall
from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.configuration.projects import Project, read_project
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.configuration.value_patterns import found
from hpman_lsp.workspace.disk.port import REAL_DISK, Disk, Stamp, Unreadable, read_bytes
from hpman_lsp.workspace.disk.tree import (
    CONFIGURATION,
    MARKERS,
    Folder,
    Tree,
    ancestors,
    described,
    listed,
    merged,
)
from hpman_lsp.workspace.names.modules import Modules
from hpman_lsp.workspace.programs.targets import NOTHING_REACHED, Places, Reached, reached
from hpman_lsp.workspace.python.outline import Outline
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot, patterns_of
from hpman_lsp.workspace.values.files import read_value_file

from .outlining import outlines, read_outline
from .reading import Reader

_PROJECT = "pyproject.toml"


def load(roots: tuple[str, ...], settings: Settings, disk: Disk = REAL_DISK) -> Iterator[Batch]:
    """Walk and read the workspace folders; run it in a thread, and publish a snapshot with each batch.

    The first batch has the tree; the last ones have the files that take a manager from another module.
    """
    reader = Reader(disk, roots, settings)
    tree = reader.walked(*roots)
    total = len(tree.files)
    projects = _projects(disk, tree.folders)
    known = {folder: project for folder, project in projects.items() if project is not None}
    values = _values(disk, {}, found(disk, patterns_of(roots, settings, known)), ())
    yield replace(values, stamps=tree.files, folders=tree.folders, projects=projects, total=total)
    paths = sorted(tree.files)
    calls: dict[str, tuple[ParseCall, ...]] = {}
    for batch in reader.batches(paths, frozenset(), total):
        calls |= {path: one.facts.parse_calls for path, one in batch.files.items() if one is not None}
        yield batch
    if any(calls.values()):
        reader.reached = _reached(disk, roots, tree, calls)
        beside = reader.walked_beside()
        more = sorted({*beside.files, *reader.excluded_but_reached()})
        batch = reader.batch(more, frozenset(), total, total)
        found_projects = _projects(disk, beside.folders)
        yield replace(batch, stamps=beside.files, folders=beside.folders, projects=found_projects)
        tree = tree.changed(beside.files, beside.folders)
        paths = sorted(tree.files)
    searched: frozenset[str] = frozenset()
    while searched != reader.names:
        searched = reader.names
        yield from reader.batches(reader.unread(paths), searched, total)
    found_outlines = outlines(disk, Modules(roots, tree.files), reader.imports, reader.imports)
    yield Batch(outlines=found_outlines, searched=searched, done=total, total=total)


def _reached(
    disk: Disk, roots: tuple[str, ...], tree: Tree, calls: Mapping[str, Iterable[ParseCall]]
) -> Reached:
    places = Places(roots, lambda path: disk.entry(path) is not None, Modules(roots, tree.files))
    return reached(calls.items(), places, tree.folders)


def _reader(snapshot: Snapshot, disk: Disk) -> Reader:
    """Return what reads the workspace again, with all that its programs parse."""
    calls = {
        path: [call for _, call in one.parses] for path, one in snapshot.index.files.items() if one.parses
    }
    found = _reached(disk, snapshot.roots, snapshot.tree, calls) if calls else NOTHING_REACHED
    return Reader(disk, snapshot.roots, snapshot.settings, found)


def imported(snapshot: Snapshot, paths: Iterable[str], disk: Disk = REAL_DISK) -> Batch:
    """Read what is not known of the files that some kept files import, directly or through others."""
    importing = {path: snapshot.files[path].imports for path in paths if path in snapshot.files}
    known = snapshot.files.keys() | snapshot.outlines.keys()
    return Batch(outlines=outlines(disk, snapshot.modules, importing, known))


def changed(snapshot: Snapshot, disk: Disk = REAL_DISK) -> tuple[str, ...]:
    """Walk the workspace folders again and compare stamps: what to give to `reread`, in order."""
    reader, then = _reader(snapshot, disk), snapshot.tree
    now = reader.walked(*snapshot.roots, *(path for path in then.files if not reader.holds(path)))
    files = {path for path, _ in now.files.items() ^ then.files.items()}
    folders = {
        os.path.join(folder, name)
        for folder in now.folders.keys() | then.folders.keys()
        for name in _changed_configuration(now.folders.get(folder), then.folders.get(folder))
    }
    values = found(disk, snapshot.value_patterns).items() ^ then.value_files.items()
    outside = _changed_outside(snapshot, disk)
    return tuple(sorted(files | folders | {path for path, _ in values} | outside))


def _changed_outside(snapshot: Snapshot, disk: Disk) -> set[str]:
    """Return the files, none of the workspace's, that kept files import and that are not what they were."""
    importing = {path: one.imports for path, one in snapshot.files.items()}
    now = outlines(disk, snapshot.modules, importing, snapshot.files.keys() | snapshot.tree.files.keys())
    then = {path: one for path, one in snapshot.outlines.items() if not snapshot.modules.has(path)}
    return {path for path in now.keys() | then.keys() if now.get(path) != then.get(path)}


def reread(snapshot: Snapshot, paths: Collection[str], disk: Disk = REAL_DISK) -> Batch:
    """Read files or folders again that were created, changed, deleted or closed.

    paths: absolute; what is no Python file, value file, folder or configuration of ours leaves no trace.
    """
    reader = _reader(snapshot, disk)
    there, known = Tree(), Tree()
    for path in paths:
        now, then = _now(reader, snapshot, path, disk), _then(reader, snapshot, path, disk)
        there, known = there.changed(now.files, now.folders), known.changed(then.files, then.folders)
    batch = reader.batch(sorted(there.files), snapshot.placeholders | snapshot.searched)
    gone = known.files.keys() - there.files.keys()
    no_folders = known.folders.keys() - there.folders.keys()
    no_projects = (os.path.dirname(path) for path in paths if os.path.basename(path) == _PROJECT)
    projects = {**dict.fromkeys((*no_folders, *no_projects)), **_projects(disk, there.folders)}
    values = _values_again(snapshot, paths, projects, disk)
    files = {**dict.fromkeys(gone), **batch.files}
    stamps = {**dict.fromkeys(gone), **there.files}
    return replace(
        batch,
        files=files,
        stamps=stamps,
        outlines=_outlines_again(snapshot, paths, files, stamps, disk),
        folders={**dict.fromkeys(no_folders), **there.folders},
        projects=projects,
        value_files=values.value_files,
        value_stamps=values.value_stamps,
    )


def siblings(path: str, disk: Disk = REAL_DISK) -> tuple[str, ...]:
    """Give the other Python files in the folder of a file, for one that no workspace folder holds."""
    folder, name = os.path.split(path)
    entries = listed(disk, folder)
    names = (one.name for one in entries if one.stamp is not None and one.name.endswith(".py"))
    return tuple(os.path.join(folder, one) for one in names if one != name)


def project_around(path: str, disk: Disk = REAL_DISK) -> Mapping[str, Folder]:
    """Return the nearest folder around a file that is a project, with what it says of itself; nothing where none is."""
    for folder in ancestors(path):
        known = described(disk, folder)
        if known.markers:
            return {folder: known}
    return {}


def forgotten(snapshot: Snapshot, folder: str, disk: Disk = REAL_DISK) -> Batch:
    """Give what takes away all that is known of a folder; what is open in it stays."""
    files = {
        path: None for path in (*snapshot.tree.files, *snapshot.files) if os.path.dirname(path) == folder
    }
    values = _values_again(snapshot, (), {folder: None}, disk)
    return replace(values, files=files, stamps=files, folders={folder: None}, projects={folder: None})


def passed_on(snapshot: Snapshot, disk: Disk = REAL_DISK) -> Iterator[Batch]:
    """Read the files again that matter only since a name became a manager's; nothing if none did.

    It reads the whole workspace: call it when a file is saved, not at each key.
    """
    names = snapshot.placeholders | snapshot.searched
    if names == snapshot.searched:
        return
    reader = _reader(snapshot, disk)
    rest = sorted(snapshot.tree.files.keys() - snapshot.files.keys())
    yield from reader.batches(rest, names, len(rest))
    known = snapshot.files.keys() | snapshot.outlines.keys() | reader.imports.keys()
    found_outlines = outlines(disk, snapshot.modules, reader.imports, known)
    yield Batch(outlines=found_outlines, searched=names, done=len(rest), total=len(rest))


def _projects(disk: Disk, folders: Mapping[str, Folder]) -> Mapping[str, Project | None]:
    return {
        path: _project(disk, path) if _PROJECT in folder.stamps else None for path, folder in folders.items()
    }


def _project(disk: Disk, folder: str) -> Project | None:
    data = read_bytes(disk, os.path.join(folder, _PROJECT))
    return None if isinstance(data, Unreadable) else read_project(folder, data)


def _outlines_again(
    snapshot: Snapshot,
    paths: Collection[str],
    files: Mapping[str, SourceFile | None],
    stamps: Mapping[str, Stamp | None],
    disk: Disk,
) -> Mapping[str, Outline | None]:
    """Read the outlines that may be others since some files changed, came or went."""
    there = merged(snapshot.tree.files, stamps)
    kept = merged(snapshot.files, {path: one for path, one in files.items() if not snapshot.is_open(path)})
    outdated = snapshot.outlines.keys() & {*paths, *stamps}
    known = {path: one.imports for path, one in snapshot.outlines.items() if path not in outdated}
    known |= {path: one.imports for path, one in kept.items()}
    # Where files come or go, an import of any file may mean another one; be it a file that is left out.
    is_left_out = any(path.endswith(".py") and path not in there for path in paths)
    same = there.keys() == snapshot.tree.files.keys() and not is_left_out
    importing = {} if same else dict(known)
    importing |= {path: one.imports for path, one in files.items() if one is not None}
    again = {path: read_outline(disk, path) for path in outdated if disk.entry(path) is not None}
    importing |= {path: one.imports for path, one in again.items()}
    found = outlines(disk, Modules(snapshot.roots, {**there, **kept}), importing, known.keys() | again.keys())
    return {**dict.fromkeys(outdated), **again, **found}


def _values_again(
    snapshot: Snapshot, paths: Collection[str], changes: Mapping[str, Project | None], disk: Disk
) -> Batch:
    """Read the value files among paths, and those that a project names now."""
    projects = merged(snapshot.projects, changes)
    same = projects is snapshot.projects
    patterns = snapshot.value_patterns if same else patterns_of(snapshot.roots, snapshot.settings, projects)
    may_be_others = not same or any(not path.endswith(".py") for path in paths)
    if not may_be_others or not (patterns or snapshot.value_files):
        return Batch()
    return _values(disk, snapshot.tree.value_files, found(disk, patterns), paths)


def _values(
    disk: Disk, before: Mapping[str, Stamp], now: Mapping[str, Stamp], asked: Collection[str]
) -> Batch:
    """Read the value files that are others than they were, and those that are asked for."""
    changed = {path for path, stamp in now.items() if path in asked or before.get(path) != stamp}
    gone = dict.fromkeys((*(before.keys() - now.keys()), *(path for path in asked if path not in now)))
    files = {path: read_value_file(disk, path) for path in sorted(changed)}
    return Batch(
        value_files={**gone, **files}, value_stamps={**gone, **{path: now[path] for path in changed}}
    )


def _changed_configuration(now: Folder | None, then: Folder | None) -> Iterator[str]:
    stamps = (now.stamps if now else {}).items() ^ (then.stamps if then else {}).items()
    markers = (now.markers if now else frozenset()) ^ (then.markers if then else frozenset())
    yield from markers.union(name for name, _ in stamps)


def _decided_by(reader: Reader, snapshot: Snapshot, path: str, disk: Disk) -> tuple[str, ...]:
    """Give the folders in which a file excludes what it did not exclude before, or the other way round."""
    folder, name = os.path.split(path)
    if name not in (_PROJECT, ".gitignore"):
        return ()
    if not reader.holds(path):  # it says something of the workspace folders below it
        return tuple(root for root in snapshot.roots if root.startswith(os.path.join(folder, "")))
    if name == _PROJECT:
        before, now = snapshot.projects.get(folder), _project(disk, folder)
        if (before.exclude if before else ()) == (now.exclude if now else ()):
            return ()
    return (folder,)


def _now(reader: Reader, snapshot: Snapshot, path: str, disk: Disk) -> Tree:
    """Give what is there now of what a path says something about."""
    folder, name = os.path.split(path)
    if decided := _decided_by(reader, snapshot, path, disk):
        return reader.walked(*decided)
    tree = reader.walked(path)
    if name in CONFIGURATION | MARKERS and reader.holds(path) and not reader.excludes(folder, is_folder=True):
        return tree.changed({}, {folder: described(disk, folder)})
    return tree


def _then(reader: Reader, snapshot: Snapshot, path: str, disk: Disk) -> Tree:
    """Give what was known of it."""
    tops = _decided_by(reader, snapshot, path, disk) or (path,)
    files, folders = snapshot.tree.files, snapshot.tree.folders
    if not any(top in folders for top in tops):
        stamp = files.get(path, Stamp(0, 0))
        return Tree({path: stamp} if path in files or path in snapshot.files else {}, {})
    below = tuple(top.rstrip(os.sep) + os.sep for top in tops)
    return Tree(
        {one: stamp for one, stamp in files.items() if one.startswith(below)},
        {one: facts for one, facts in folders.items() if one in tops or one.startswith(below)},
    )
