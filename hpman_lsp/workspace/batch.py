"""What is read of the disk at a time, on its way into a snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from .configuration.projects import Project
from .disk.port import Stamp
from .disk.tree import Folder
from .python.outline import Outline
from .python.source import SourceFile
from .values.files import ValueFile

SLICE: Final = 64  # files: taking them into the index is some 10 ms of work, and requests wait for that


@dataclass(frozen=True)
class Batch:
    """What is on disk: one step of loading, or files that changed.

    files: the files that matter; None for one that is gone or does not matter.
    unreadable: why a file cannot be read, for the log; such a file is None in `files`.
    stamps, folders, projects: what is new in the tree; None for what is gone.
    value_files, value_stamps: the files of values; None for what is gone, or is none any more.
    outlines: of files that are not kept and that others import; None for what is gone.
    searched: names of which all files of the workspace have been searched, with this batch.
    done, total: Python files seen so far in this loading, and how many there are.
    """

    files: Mapping[str, SourceFile | None] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp | None] = field(default_factory=dict)
    folders: Mapping[str, Folder | None] = field(default_factory=dict)
    projects: Mapping[str, Project | None] = field(default_factory=dict)
    value_files: Mapping[str, ValueFile | None] = field(default_factory=dict)
    value_stamps: Mapping[str, Stamp | None] = field(default_factory=dict)
    outlines: Mapping[str, Outline | None] = field(default_factory=dict)
    searched: frozenset[str] = frozenset()
    done: int = 0
    total: int = 0

    def slices(self) -> Iterator[Batch]:
        """Split the batch, so that nobody waits while one is taken: the files are in several, the rest is in the first."""
        paths = list(self.files)
        for start in range(0, len(paths) or 1, SLICE):
            files = {path: self.files[path] for path in paths[start : start + SLICE]}
            if start == 0:
                yield replace(self, files=files)
            else:
                unreadable = {path: why for path, why in self.unreadable.items() if path in files}
                yield Batch(files=files, unreadable=unreadable, done=self.done, total=self.total)

    def packed(self) -> Batch:
        """Give the same with the texts packed, for a snapshot that lives long."""
        return replace(self, files={path: file and file.packed() for path, file in self.files.items()})
