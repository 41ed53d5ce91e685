"""`duplicate-key`: a value file gives a name two values, of which the last one counts."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import Problem
from hpman.valuefiles.entries import Entry
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.value_entries import bounded


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the second key, with the first."""
    clashes = (problem for _, problem in snapshot.values.clashes(path))
    problems = [
        one for one in (*snapshot.values.as_used(path).problems, *clashes) if one.code == "duplicate-key"
    ]
    at = {entry.key.span: entry for entry in snapshot.values.entries(path)} if problems else {}
    yield from bounded(_told(snapshot, path, one, at.get(one.span)) for one in problems)


def _told(snapshot: Snapshot, path: str, problem: Problem, this: Entry | None) -> Violation:
    same = () if this is None else snapshot.values.named(path, this.name)
    first = next((one for one in same if this and one.document == this.document), None)
    is_other = first is not None and first.key.span != problem.span
    related = (Related(path, first.key.span, "the other one is here"),) if first and is_other else ()
    return Violation(problem.span, problem.message, related)
