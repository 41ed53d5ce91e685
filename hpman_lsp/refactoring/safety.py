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
    programs = snapshot.reach.around(removed.path, manager)
    both = snapshot.scopes.of(removed.path, manager).parsed & snapshot.scopes.of(kept.path, manager).parsed
    return programs <= both and all(one.kind == "inferred" for one in programs)
