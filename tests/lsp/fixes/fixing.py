"""Fixes as users meet them: by their titles, and the files that they leave."""

from __future__ import annotations

import ast
from collections import Counter

from hpman.static.facts import Span
from hpman_lsp.features.code_actions import CodeAction, code_actions
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.text.edits import apply_edits
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import Fixture, fixture, snapshot_of

# Quick fixes that are offered with every diagnostic, and are not about what is wrong.
ALWAYS = "Ignore "


def offered(at: Fixture, kind: str = "quickfix") -> dict[str, CodeAction]:
    """Give the actions at the cursor, by title."""
    where = Span(max(at.offset, 0), max(at.offset, 0))
    found = code_actions(at.snapshot, at.path, where, lambda one: one == kind, diagnostics)
    return {one.title: one for one in found}


def mending(at: Fixture) -> dict[str, CodeAction]:
    """Give the quick fixes at the cursor of what is wrong; that nothing reads a call alone is beside the point."""
    return {
        title: one
        for title, one in offered(at).items()
        if not title.startswith(ALWAYS) and one.mends is not None and one.mends.code != "unused"
    }


def done(at: Fixture, action: CodeAction) -> Fixture:
    """Give the workspace after an action, and the cursor where it was."""
    edited = {path: apply_edits(at.files[path], edits) for path, edits in action.edits.items()}
    return at._replace(files={**at.files, **edited})


def fixed(text: str) -> dict[str, str]:
    """Give a file that imports the manager after each quick fix at the cursor, by title."""
    at = fixture(IMPORT + text)
    return {title: done(at, one).files[at.path][len(IMPORT) :] for title, one in mending(at).items()}


def told(files: dict[str, str], code: str = "") -> Counter[tuple[str, str]]:
    """Count what is wrong, by file and code; what only need not be there (a faded hint) if it is of a code."""
    snapshot = snapshot_of(files)
    found = ((path, one) for path in files for one in diagnostics(snapshot, path))
    return Counter((path, one.code) for path, one in found if not one.faded or one.code == code)


def check_fixes(files: dict[str, str]) -> int:
    """After each fix its diagnostic is gone, no other came, and all files parse; gives the number of fixes."""
    snapshot, count = snapshot_of(files), 0
    for path, text in files.items():
        everything = Span(0, len(text))
        for action in code_actions(snapshot, path, everything, lambda one: one == "quickfix", diagnostics):
            assert action.mends in diagnostics(snapshot, path)
            assert action.mends is not None
            after = done(Fixture(files, path, 0), action).files
            before, now = (told(one, action.mends.code) for one in (files, after))
            assert now[path, action.mends.code] < before[path, action.mends.code], (action.title, after)
            assert now <= before, (action.title, after)
            for one, content in after.items():
                assert not one.endswith(".py") or ast.parse(content) is not None
            count += not action.title.startswith(ALWAYS)
    return count
