"""What can be done at a place: mend what is wrong, extract, inline, move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from hpman.static.facts import Span
from hpman_lsp.fixes.checked import Diagnose, fixes, remembered, safe_edits
from hpman_lsp.fixes.comments import ignored
from hpman_lsp.refactoring.action import Action
from hpman_lsp.refactoring.extract import extract
from hpman_lsp.refactoring.inline import inline
from hpman_lsp.refactoring.move import move
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.conflicts import has_conflict
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.questions.lookup import called_at, use_at
from hpman_lsp.workspace.snapshot import Snapshot

Kind = Literal["quickfix", "refactor.extract", "refactor.inline", "refactor.move", "source.fixAll.hpman"]
Wanted = Callable[[Kind], bool]


class CodeAction(NamedTuple):
    """A change that is offered; it is made as a whole.

    title: what it does, as an order.
    mends: the diagnostic that it is for.
    preferred: it is the one way to mend it.
    doubt: why the user has to confirm it; only for a client that can ask.
    """

    title: str
    kind: Kind
    edits: Mapping[str, tuple[Edit, ...]]
    mends: Diagnostic | None = None
    preferred: bool = False
    doubt: str | None = None


def code_actions(
    snapshot: Snapshot, path: str, selection: Span, wanted: Wanted, diagnose: Diagnose
) -> Iterator[CodeAction]:
    """Give what can be done at a selection, or at a cursor; nothing before all files are known.

    wanted: tells of a kind of action whether it is asked for.
    diagnose: gives what is wrong with a file.
    """
    if not snapshot.complete:
        return
    diagnose = remembered(snapshot, diagnose)
    if wanted("quickfix"):
        yield from _quick_fixes(snapshot, path, selection, diagnose)
    if wanted("source.fixAll.hpman") and (edits := safe_edits(snapshot, path, diagnose)):
        yield CodeAction("Fix all that hpman can mend safely", "source.fixAll.hpman", {path: edits})
    for kind, actions in _refactorings(snapshot, path, selection, wanted):
        yield from (CodeAction(one.title, kind, one.edits, doubt=one.doubt) for one in actions)


def _quick_fixes(snapshot: Snapshot, path: str, selection: Span, diagnose: Diagnose) -> Iterator[CodeAction]:
    lines = snapshot.lines(path)
    if lines is None or has_conflict(lines.text):
        return
    for one in diagnose(snapshot, path):
        if one.span.start <= selection.end and selection.start <= one.span.end:
            found = list(fixes(snapshot, path, one, diagnose))
            for fix in found:
                yield CodeAction(fix.title, "quickfix", fix.edits, one, len(found) == 1)
            silence = ignored(snapshot, path, one)
            if silence is not None:
                yield CodeAction(silence.title, "quickfix", silence.edits, one)


def _refactorings(
    snapshot: Snapshot, path: str, selection: Span, wanted: Wanted
) -> Iterator[tuple[Kind, Iterator[Action]]]:
    if wanted("refactor.extract"):
        yield "refactor.extract", extract(snapshot, path, selection)
    use = use_at(snapshot, path, selection.start) or called_at(snapshot, path, selection.start)
    if use is not None and wanted("refactor.inline"):
        yield "refactor.inline", inline(snapshot, use)
    if use is not None and wanted("refactor.move"):
        yield "refactor.move", move(snapshot, use)
