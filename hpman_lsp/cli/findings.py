"""The diagnostics of an opened workspace, with places as people and tools count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hpman._parsing.problems import SourceProblem
from hpman.static.facts import Span
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.helpers.finding import SEVERITIES, Severity
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.questions.describe import shown_path
from hpman_lsp.workspace.snapshot import Snapshot

from .project import Opened
from .refused import REFUSED, code_of, message_of, refusals


class Place(NamedTuple):
    """A range in a file; lines and columns from 1, columns in characters, the end behind the last character.

    path: absolute; shown: as `shown_path` has it.
    """

    path: str
    shown: str
    line: int
    column: int
    end_line: int
    end_column: int


class Remark(NamedTuple):
    """Another place that a finding is about."""

    place: Place
    message: str


class Finding(NamedTuple):
    """One diagnostic.

    text: the source that it is about: it tells a finding from others when lines have moved.
    """

    place: Place
    severity: Severity
    code: str
    message: str
    text: str
    related: tuple[Remark, ...]


def findings(opened: Opened) -> Iterator[Finding]:
    """Give what is wrong in the files that are asked for, by path and place."""
    snapshot = opened.snapshot
    refused: dict[str, list[Finding]] = {}
    for path, problem in refusals(snapshot, opened.covers):
        refused.setdefault(path, []).append(_refused(snapshot, path, problem))
    for path in filter(opened.covers, sorted({*checked_paths(snapshot), *refused})):
        yield from refused.get(path, ())
        content = _lines(snapshot, path).text
        for one in diagnostics(snapshot, path):
            related = tuple(
                Remark(_place(snapshot, other.path, other.span), other.message) for other in one.related
            )
            place, text = _place(snapshot, path, one.span), content[slice(*one.span)]
            yield Finding(place, one.severity, one.code, one.message, text, related)


def _refused(snapshot: Snapshot, path: str, problem: SourceProblem) -> Finding:
    line, column = problem.line, problem.column
    place = Place(path, shown_path(snapshot, path), line, column, line, column + 1)
    lines = problem.source.lines if problem.source is not None else ()
    text = lines[line - 1].strip() if line <= len(lines) else ""
    return Finding(place, REFUSED.severity, code_of(problem), message_of(problem), text, ())


def counts(found: Iterable[Finding]) -> dict[Severity, int]:
    """Count findings by severity."""
    found = list(found)
    return {severity: sum(one.severity == severity for one in found) for severity in SEVERITIES}


def _place(snapshot: Snapshot, path: str, span: Span) -> Place:
    lines = _lines(snapshot, path)
    (line, column), (end_line, end_column) = (lines.position(at, "utf-32") for at in span)
    return Place(path, shown_path(snapshot, path), line + 1, column + 1, end_line + 1, end_column + 1)


def _lines(snapshot: Snapshot, path: str) -> Lines:
    return snapshot.lines(path) or Lines("")
