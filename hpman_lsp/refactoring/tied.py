"""What must be renamed together: hyperparameters that share a key of a value file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile

from .places import names_of, sharing_paths
from .target import Target


class Tied(NamedTuple):
    """Targets of one name, each with the Python files that share it, and the value files that have the name."""

    targets: tuple[tuple[Target, frozenset[str]], ...]
    value_files: tuple[str, ...]


def tied_to(snapshot: Snapshot, target: Target) -> Tied:
    """Find what shares keys with a target, directly or through one another; the target itself is the first."""
    targets = [(target, sharing_paths(snapshot, target))]
    value_files: dict[str, None] = {}
    for one, paths in targets:  # it grows
        for file in snapshot.values.of(paths, one.key.manager):
            if file.path not in value_files and _may_name(file, target.key.name):
                value_files[file.path] = None
                for other in _named_in(snapshot, file.path, target.key.name):
                    if not any(known.key == other.key and other.path in some for known, some in targets):
                        targets.append((other, sharing_paths(snapshot, other)))
    return Tied(tuple(targets), tuple(sorted(value_files)))


def _may_name(file: ValueFile, name: str) -> bool:
    """Whether a value file has a name, or may have it where it cannot be read."""
    return name in file.names or file.is_unread or (file.is_broken and name.rpartition(".")[2] in file.text)


def _named_in(snapshot: Snapshot, value_path: str, name: str) -> Iterator[Target]:
    """Give the targets of a name that are a value file's, one for each Python file that uses it."""
    for manager in snapshot.index.managers:
        shares = snapshot.values.shares(value_path, manager)
        one = Target(Key(manager, name), value_path)
        users = {path for key in names_of(snapshot, one) for path in snapshot.index.users(key).paths}
        yield from (one._replace(path=path) for path in sorted(filter(shares, users)))
