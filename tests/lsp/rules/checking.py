"""One check for all rules: a workspace, and what they say of it."""

from __future__ import annotations

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import fixture, short

IMPORT = "from hpman.m import _\n"


def check(code: str, text: str, *answer: str) -> None:
    """Compare what one rule says of all files as `path:line: what is underlined`."""
    assert told(code, fixture(text).snapshot) == list(answer)


def silent(code: str, source: str) -> None:
    """Expect nothing of a rule for a file that imports the manager."""
    check(code, IMPORT + source)


def told(code: str, snapshot: Snapshot) -> list[str]:
    """Give what one rule says of all files as `path:line: what is underlined`."""
    found = []
    for path in sorted(checked_paths(snapshot)):
        lines = snapshot.lines(path)
        for one in diagnostics(snapshot, path):
            if one.code == code and lines is not None:
                line = lines.line_of(one.span.start) + 1
                found.append(f"{short(path)}:{line}: {lines.text[slice(*one.span)]}")
    return found


def messages(code: str, text: str) -> list[str]:
    """Give the messages of one rule for all files."""
    snapshot = fixture(text).snapshot
    return [
        one.message
        for path in sorted(checked_paths(snapshot))
        for one in diagnostics(snapshot, path)
        if one.code == code
    ]
