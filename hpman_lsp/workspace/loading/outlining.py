"""Reads what files that are not kept say to those that import them, so that nothing is read once a workspace is loaded."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache

from hpman.static.characters.imports import submodule
from hpman.static.facts import Import
from hpman_lsp.workspace.disk.port import Disk, Unreadable, read_bytes
from hpman_lsp.workspace.names.modules import Modules
from hpman_lsp.workspace.python.outline import NO_OUTLINE, Outline, outline_of


def outlines(
    disk: Disk, modules: Modules, importing: Mapping[str, tuple[Import, ...]], known: Container[str]
) -> dict[str, Outline]:
    """Read the outlines of files that some files import, directly or through others.

    importing: the imports of these files, by path; what they import from outside of the workspace's files is looked
        for too, in the places where Python would look: git may ignore it, or a project exclude it.
    known: paths of which nothing has to be read.
    """
    found: dict[str, Outline] = {}
    pending = list(importing.items())
    while pending:
        path, imports = pending.pop()
        for target in (one for some in imports for one in modules.imported(some, path)):
            if target not in known and target not in found:
                found[target] = read_outline(disk, target)
                pending.append((target, found[target].imports))
    for place in _outside(disk, modules, importing):
        if place not in known and place not in found:
            found[place] = read_outline(disk, place)
    return found


def read_outline(disk: Disk, path: str) -> Outline:
    """Read the outline of a file; one without anything where it cannot be read."""
    data = read_bytes(disk, path)
    return NO_OUTLINE if isinstance(data, Unreadable) else outline_of(data.decode("utf-8", "replace"))


def _outside(disk: Disk, modules: Modules, importing: Mapping[str, tuple[Import, ...]]) -> Iterator[str]:
    """Return the files that imports may mean and that are none of the workspace's."""
    asked = {
        (os.path.dirname(path), name): path
        for path, imports in importing.items()
        for one in imports
        for name in (one.module, *(submodule(one.module, name) for name in one.names))
    }
    is_there = cache(lambda path: disk.entry(path) is not None)
    tops = {(folder, name.partition(".")[0]): path for (folder, name), path in asked.items()}
    # Most of what is imported is installed elsewhere: then neither its file nor its folder is in any of the places.
    near = {
        key
        for key, path in tops.items()
        if not key[1] or any(is_there(one) for one in _files_and_folders(modules.places(key[1], path)))
    }
    for (folder, name), path in asked.items():
        if (folder, name.partition(".")[0]) in near and modules.find(name, path) is None:
            yield from filter(is_there, modules.places(name, path))


def _files_and_folders(places: Iterable[str]) -> Iterator[str]:
    for place in places:
        yield os.path.dirname(place) if place.endswith("__init__.py") else place
