"""Which defaults can go without a look: what each program does is the same without them, whoever runs it."""

from __future__ import annotations

from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.snapshot import Snapshot


def is_safe(snapshot: Snapshot, removed: Use, kept: Use) -> bool:
    """Whether a default can go because all programs that run its file have it from another call.

    Only what `parse_file` reads is known to each run: of two stages, branches or scripts one may run alone. So each
    program that runs the file has to parse both calls; it refuses them today.
    """
    if not (removed.is_seen and kept.is_seen):
        return False
    manager = removed.key.manager
    sure = snapshot.scopes.of(removed.path, manager).sure & snapshot.scopes.of(kept.path, manager).sure
    programs = snapshot.programs.reading(removed.path, manager)
    return all(one.scope.kind == "inferred" and (one.scope, "") in sure for one in programs)
