"""Which files rules can look at, and of what kind each is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from hpman_lsp.workspace.configuration.projects import PROJECT_FILE
from hpman_lsp.workspace.snapshot import Snapshot

# "source": Python with hyperparameters; "project": a pyproject.toml with `[tool.hpman]`; "values": a
# value file.
Kind = Literal["source", "project", "values"]


def kind_of(snapshot: Snapshot, path: str) -> Kind | None:
    """Give the kind of a file; None for what no rule looks at."""
    if path in snapshot.index.files:
        return "source"
    if path in snapshot.value_files:
        return "values"
    folder, name = os.path.split(path)
    return "project" if name == PROJECT_FILE and folder in snapshot.projects else None


def checked_paths(snapshot: Snapshot) -> Iterator[str]:
    """Give all files that some rule looks at."""
    yield from snapshot.index.files
    yield from snapshot.value_files
    yield from (os.path.join(folder, PROJECT_FILE) for folder in snapshot.projects)
