"""What comments silence: `# hpman: ignore[code]` on a line, `# hpman: ignore-file`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from hpman.static.facts import Access, Occurrence, Span
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.python.directives import Directive, directives_of
from hpman_lsp.workspace.snapshot import Snapshot

from .finding import Diagnostic, Violation
from .kinds import kind_of


class Outcome(NamedTuple):
    """What is left to be told, and what is told of comments that silence nothing."""

    told: tuple[Diagnostic, ...]
    idle: tuple[Violation, ...]


class Commented(NamedTuple):
    """A file whose comments can speak to hpman.

    directives: what they say, and reads: finds the same in another text of the file.
    calls: of managers, which a comment at their end is for.
    is_broken: something in the file may not have been found.
    """

    lines: Lines
    directives: tuple[Directive, ...]
    reads: Callable[[str], tuple[Directive, ...]]
    calls: tuple[Span, ...] = ()
    is_broken: bool = False


def commented(snapshot: Snapshot, path: str) -> Commented | None:
    """Give a file with its comments: Python, a value file, or the pyproject.toml of a project."""
    kind = kind_of(snapshot, path)
    if kind == "source":
        file, known = snapshot.files[path], snapshot.index.files[path]
        directives = file.directives if known.is_ours else ()
        sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
        calls = (one.call for one in sources)
        return Commented(
            file.lines,
            directives,
            directives_of,
            tuple(calls) if directives else (),
            file.is_broken,
        )
    if kind == "values":
        values = snapshot.value_files[path]
        return Commented(
            values.lines,
            values.directives,
            lambda text: replace(values, text=text).directives,
            is_broken=values.is_broken,
        )
    if kind == "project":
        project = snapshot.projects[os.path.dirname(path)]
        return Commented(
            project.lines, directives_of(project.text), directives_of, is_broken=project.is_broken
        )
    return None


class _Ignores(NamedTuple):
    """The comments of a file that silence, by where they do.

    calls: the calls that end on a line with such a comment.
    """

    everywhere: tuple[Directive, ...]
    by_line: Mapping[int, tuple[Directive, ...]]
    calls: tuple[tuple[Span, int], ...]


def silenced(file: Commented, found: Iterable[Diagnostic], codes: frozenset[str]) -> Outcome:
    """Take from what was found what comments silence.

    A comment on a line is for what begins or ends there, and for all of a call that ends there.

    codes: of all rules; a comment that names another is told of by `unused_ignore`.
    """
    ignores = _ignores(file)
    told: list[Diagnostic] = []
    used: set[tuple[Directive, str]] = set()
    for one in found:
        against = [each for each in _against(file, ignores, one.span) if _names(each, one.code)]
        used.update((each, one.code) for each in against)
        told += [] if against else [one]
    return Outcome(tuple(told), tuple(_idle(file, used, codes)))


def _ignores(file: Commented) -> _Ignores:
    by_line: dict[int, tuple[Directive, ...]] = {}
    for one in file.directives:
        if one.verb == "ignore":
            line = file.lines.line_of(one.span.start)
            by_line[line] = (*by_line.get(line, ()), one)
    ends = ((span, file.lines.line_of(span.end)) for span in (file.calls if by_line else ()))
    everywhere = tuple(one for one in file.directives if one.verb == "ignore-file")
    return _Ignores(everywhere, by_line, tuple((span, line) for span, line in ends if line in by_line))


def _against(file: Commented, ignores: _Ignores, span: Span) -> Iterator[Directive]:
    yield from ignores.everywhere
    lines = {file.lines.line_of(at) for at in span}
    lines.update(line for call, line in ignores.calls if call.start <= span.start < call.end)
    for line in lines:
        yield from ignores.by_line.get(line, ())


def _names(directive: Directive, code: str) -> bool:
    return not directive.words or any(word.text == code for word in directive.words)


def _idle(file: Commented, used: set[tuple[Directive, str]], codes: frozenset[str]) -> Iterator[Violation]:
    for one in file.directives:
        if one.verb not in ("ignore", "ignore-file"):
            continue
        silenced_codes = {code for directive, code in used if directive is one}
        where = "in this file" if one.verb == "ignore-file" else "on this line"
        if not one.words and not silenced_codes:
            yield Violation(one.span, f"there is nothing {where} to ignore: remove this comment", faded=True)
        for word in one.words:
            if word.text in codes - silenced_codes:
                message = f"there is no `{word.text}` {where} to ignore: remove it from this comment"
                yield Violation(word.span, message, faded=True)
