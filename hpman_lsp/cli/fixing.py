"""Mends what can be mended without looking: all of it or nothing."""

from __future__ import annotations

from dataclasses import replace

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.fixes.checked import edited, safe_edits
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.text.edits import Edit

from .output import note
from .project import Opened
from .rewriting import rewrite


def fix(opened: Opened) -> Opened:
    """Rewrite the files that are asked for, and tell how much was mended; raises CommandError.

    Gives the workspace as it is then.
    """
    snapshot = opened.snapshot
    edits: dict[str, tuple[Edit, ...]] = {}
    for path in filter(opened.covers, sorted(checked_paths(snapshot))):
        edits[path] = safe_edits(snapshot, path, diagnostics)
        snapshot = edited(snapshot, {path: edits[path]}) if edits[path] else snapshot
    rewrite(opened.snapshot, edits)
    places, files = sum(map(len, edits.values())), sum(map(bool, edits.values()))
    where = f"{places} place{'' if places == 1 else 's'} in {files} file{'' if files == 1 else 's'}"
    note(f"fixed {where}" if places else "nothing to fix")
    return replace(opened, snapshot=snapshot)
