"""What a fix would do, found out before it is offered."""

from __future__ import annotations

import ast
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from hpman.static.tree import syntax
from hpman_lsp.rules.affected import affected
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.conflicts import has_conflict
from hpman_lsp.text.edits import ConflictingEditsError, Edit, apply_edits
from hpman_lsp.workspace.configuration.projects import edited_project
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix
from .table import FIXERS

# Gives all diagnostics of a file.
Diagnose = Callable[[Snapshot, str], tuple[Diagnostic, ...]]

_MOST = 50  # files that are checked again for one fix; where more could change, the edited ones are looked at


def fixes(snapshot: Snapshot, path: str, diagnostic: Diagnostic, diagnose: Diagnose) -> Iterator[Fix]:
    """Give the fixes that mend a violation and bring no other; none in a file with two versions of a part."""
    for fix in _possible(snapshot, path, diagnostic):
        if _mends(snapshot, path, diagnostic, fix, diagnose):
            yield fix


def remembered(base: Snapshot, diagnose: Diagnose) -> Diagnose:
    """Give the same answers, those of one snapshot without asking twice."""
    known: dict[str, tuple[Diagnostic, ...]] = {}

    def once(snapshot: Snapshot, path: str) -> tuple[Diagnostic, ...]:
        if snapshot is not base:
            return diagnose(snapshot, path)
        if path not in known:
            known[path] = diagnose(base, path)
        return known[path]

    return once


def safe_edits(snapshot: Snapshot, path: str, diagnose: Diagnose) -> tuple[Edit, ...]:
    """Give the edits of a file that mend all that can be mended without looking."""
    chosen: tuple[Edit, ...] = ()
    for diagnostic in diagnose(snapshot, path):
        for fix in _possible(snapshot, path, diagnostic):
            edits = (*chosen, *fix.edits.get(path, ()))
            alone = fix.safe and fix.edits.keys() == {path} and _are_apart(edits)
            if alone and _mends(snapshot, path, diagnostic, fix, diagnose):
                chosen = edits
                break
    return chosen


def edited(snapshot: Snapshot, edits: Mapping[str, Iterable[Edit]]) -> Snapshot:
    """Give the workspace as it is after an edit of its files."""
    texts = {path: apply_edits(_text(snapshot, path), some) for path, some in edits.items()}
    sources = {path: snapshot.files[path] for path in texts if path in snapshot.files}
    values = {path: snapshot.value_files[path] for path in texts if path in snapshot.value_files}
    after = snapshot.with_files(
        {
            path: source_file(path, texts[path], file.version, snapshot.placeholders, file)
            for path, file in sources.items()
        }
    )
    after = after.with_value_files({path: replace(file, text=texts[path]) for path, file in values.items()})
    projects = {
        os.path.dirname(path): text
        for path, text in texts.items()
        if path not in sources and path not in values
    }
    changed = {
        folder: edited_project(folder, text, snapshot.projects.get(folder))
        for folder, text in projects.items()
    }
    return after.with_projects(changed) if changed else after


def _possible(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    fixer = FIXERS.get(diagnostic.code)
    return iter(()) if fixer is None else fixer(snapshot, path, diagnostic)


def _text(snapshot: Snapshot, path: str) -> str:
    lines = snapshot.lines(path)
    return "" if lines is None else lines.text


def _mends(snapshot: Snapshot, path: str, diagnostic: Diagnostic, fix: Fix, diagnose: Diagnose) -> bool:
    texts = (_text(snapshot, one) for one in fix.edits)
    if any(map(has_conflict, texts)) or not all(map(_are_apart, fix.edits.values())):
        return False
    _ = snapshot.scopes, snapshot.reach  # known once, and kept by the edited one
    after = edited(snapshot, fix.edits)
    sources = (one for one in fix.edits if one in snapshot.files)
    if any(_breaks(snapshot.files[one].text, after.files[one].text) for one in sources):
        return False
    changed = affected(snapshot, after)
    paths = {path, *fix.edits, *(changed if len(changed) <= _MOST else ())}
    before, now = (Counter(_told(one, paths, diagnose, diagnostic.code)) for one in (snapshot, after))
    return now[path, diagnostic.code] < before[path, diagnostic.code] and now <= before


def _told(
    snapshot: Snapshot, paths: Iterable[str], diagnose: Diagnose, code: str
) -> Iterator[tuple[str, str]]:
    """Give what is wrong; that something need not be there is no harm that a fix does, but for a fix of that."""
    for path in paths:
        found = diagnose(snapshot, path)
        yield from ((path, one.code) for one in found if not one.faded or one.code == code)


def _breaks(before: str, after: str) -> bool:
    """Tell whether a text parsed, and does not any more."""
    return not isinstance(syntax.module(after), ast.Module) and isinstance(syntax.module(before), ast.Module)


def _are_apart(edits: Collection[Edit]) -> bool:
    try:
        apply_edits(" " * max((edit.span.end for edit in edits), default=0), edits)
    except ConflictingEditsError:
        return False
    return True
