"""What the static parser finds wrong with single calls, of those that call a manager."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import Problem
from hpman.static.scoping.arriving import only_arrives
from hpman_lsp.workspace.snapshot import Snapshot


def problems(snapshot: Snapshot, path: str, code: str) -> Iterator[Problem]:
    """Give the problems of one code in a file; what calls no manager, or only may, has none."""
    file = snapshot.files[path]
    for one in file.facts.problems:
        if (
            one.code == code
            and not only_arrives(one.scope)
            and snapshot.manager(file, one.callee, one.scope, one.span) is not None
        ):
            yield one
