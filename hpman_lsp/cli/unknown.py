"""What of the files that are asked for is not known, and why: else "no problems" would say too much."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from hpman_lsp.workspace.questions.describe import counted, line_of, shown_path
from hpman_lsp.workspace.snapshot import Snapshot

_MOST = 10  # lines


def unknown(snapshot: Snapshot, covers: Callable[[str], bool], targets: Iterable[str]) -> list[str]:
    """Give lines about what could not be read, or only in part; not more than a person reads.

    covers: tells whether a path is asked for; targets: the files and folders that the user named.
    """
    told = sorted(
        [*_unreadable(snapshot, covers), *_unparsed(snapshot, covers), *_left_out(snapshot, targets)]
    )
    left = len(told) - _MOST
    return [*told[:_MOST], f"and {counted(left, 'more file')} that cannot be read"] if left > 0 else told


def _unreadable(snapshot: Snapshot, covers: Callable[[str], bool]) -> Iterator[str]:
    closed = (one for one in snapshot.tree.folders if covers(one) and not os.access(one, os.R_OK | os.X_OK))
    for path, reason in (*snapshot.unreadable.items(), *((one, "may not be listed") for one in closed)):
        if covers(path):
            yield f"{shown_path(snapshot, path)} {reason}: what is in it is not known"


def _unparsed(snapshot: Snapshot, covers: Callable[[str], bool]) -> Iterator[str]:
    for path, file in snapshot.files.items():
        fault = next((one for one in file.facts.problems if one.code == "syntax-error"), None)
        if fault is not None and covers(path):
            line = line_of(snapshot, path, fault.span.start) + 1
            yield f"{shown_path(snapshot, path)}:{line} does not parse: what is around it is known in part"


def _left_out(snapshot: Snapshot, targets: Iterable[str]) -> Iterator[str]:
    tree = snapshot.tree
    for path in targets:
        if snapshot.lines(path) is None and not any(path in one for one in (tree.files, tree.folders)):
            source = os.path.isdir(path) or path.endswith(".py")
            why = (
                "git ignores it, `exclude` names it, or it is an environment"
                if source
                else "it is neither Python nor named by `value-files`"
            )
            yield f"{shown_path(snapshot, path)} is not read: {why}"
