"""Reads what files that are not kept say to those that import them, so that nothing is read once a workspace is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
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
    is_there = cache(lambda path: disk.entry(path) is not None)
    for path, imports in importing.items():
        for place in _outside(modules, path, imports, is_there):
            if place not in known and place not in found:
                found[place] = read_outline(disk, place)
    return found


def read_outline(disk: Disk, path: str) -> Outline:
    """Read the outline of a file; one without anything where it cannot be read."""
    data = read_bytes(disk, path)
    return NO_OUTLINE if isinstance(data, Unreadable) else outline_of(data.decode("utf-8", "replace"))


def _outside(
    modules: Modules, path: str, imports: Iterable[Import], is_there: Callable[[str], bool]
) -> Iterator[str]:
    """Return the files that imports may mean and that are none of the workspace's."""
    names = {one.module for one in imports}
    names.update(submodule(one.module, name) for one in imports for name in one.names)
    for name in names:
        for place in modules.places(name, path):
            if not modules.has(place) and is_there(os.path.dirname(place)) and is_there(place):
                yield place
