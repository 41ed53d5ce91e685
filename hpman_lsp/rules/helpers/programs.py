"""What programs surely have beside a file, as rules ask it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial

from hpman_lsp.workspace.disk.tree import ancestors
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.snapshot import Snapshot


def in_one_program(snapshot: Snapshot, manager: str, one: str, other: str) -> bool:
    """Return whether some program surely parses two files; see `Programs.parsed_together`."""
    if is_notebook(one) or is_notebook(other):
        return False  # `parse_file` reads none, and a cell's default that is run again only counts anew
    return snapshot.programs.parsed_together(one, other, manager)


def uses_beside(snapshot: Snapshot, path: str, key: Key, paths: Iterable[str]) -> Iterator[Use]:
    """Yield the uses of a hyperparameter in those of some files that a program surely parses with a file, in order."""
    together = (one for one in paths if in_one_program(snapshot, key.manager, path, one))
    return snapshot.index.uses(key, together)


def is_read_in_part(snapshot: Snapshot, path: str) -> bool:
    """Return whether a file's project has more than was read: it is above what is read of a file that no folder holds."""
    if any(folder in snapshot.roots for folder in ancestors(path)):
        return False
    return snapshot.scopes.project_folder(path) != os.path.dirname(path)


def uses_met(snapshot: Snapshot, path: str, key: Key, paths: Iterable[str]) -> Iterator[Use]:
    """Yield the uses of a hyperparameter in those of some files that a program surely reads with a file, in order."""
    meets = partial(_meet, snapshot, key.manager, path)
    return snapshot.index.uses(key, filter(meets, paths))


def _meet(snapshot: Snapshot, manager: str, one: str, other: str) -> bool:
    if is_notebook(one) or is_notebook(other):
        return False
    return snapshot.programs.read_together(one, other, manager)
