"""Which files one program parses, and what is in them, as rules ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.snapshot import Snapshot


def in_one_program(snapshot: Snapshot, manager: str, one: str, other: str) -> bool:
    """Tell whether one program parses two files.

    In a folder of which nobody says what its program parses, two scripts are two programs.
    """
    if is_notebook(one) or is_notebook(other):
        return False  # `parse_file` reads none, and a cell's default that is run again only counts anew
    if one == other:
        return True
    common = snapshot.scopes.of(one, manager).parsed & snapshot.scopes.of(other, manager).parsed
    if any(scope.kind != "default" for scope in common):
        return True
    return bool(common) and not (snapshot.files[one].is_program and snapshot.files[other].is_program)


def uses_beside(snapshot: Snapshot, path: str, key: Key, paths: Iterable[str]) -> Iterator[Use]:
    """Give the uses of a hyperparameter in those of some files that one program parses with a file, by path and place."""
    together = (one for one in paths if in_one_program(snapshot, key.manager, path, one))
    return snapshot.index.uses(key, together)
