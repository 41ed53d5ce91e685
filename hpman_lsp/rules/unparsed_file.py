"""`unparsed-file`: a program parses other files, but not this one, which it imports."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import Span
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.questions.describe import shown_path
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the first default for each manager, once all files are known."""
    if not snapshot.complete or is_notebook(path):
        return
    for manager, use in _first_defaults(snapshot, path).items():
        if _is_of_a_program(snapshot, path, manager):
            continue
        programs = sorted(_programs(snapshot, path, manager))
        if programs and not _may_parse_anything(snapshot, manager, [*programs, path]):
            yield _violation(snapshot, manager, use, programs)


def _first_defaults(snapshot: Snapshot, path: str) -> dict[str, Use]:
    """Give the first use of each manager that `parse_file` would read a default from."""
    found: dict[str, Use] = {}
    for use in snapshot.index.files[path].uses:
        if use.kind == "definition" and use.is_seen:
            found.setdefault(use.key.manager, use)
    return found


def _is_of_a_program(snapshot: Snapshot, path: str, manager: str) -> bool:
    """Return whether some program parses a file, or it is itself what says what is parsed."""
    scopes = snapshot.scopes.of(path, manager)
    own = any(one == manager for one, _ in snapshot.index.files[path].parses)
    return own or any(one.kind != "default" for one in scopes.parsed)


def _programs(snapshot: Snapshot, path: str, manager: str) -> Iterator[str]:
    """Give the files that import a file, directly or not, and parse others, unless the user says what is parsed."""
    for other, file in snapshot.index.files.items():
        parses = any(one == manager and call.paths for one, call in file.parses)
        if (
            parses
            and path in snapshot.imports.reached([other])
            and not _is_explicit(snapshot, other, manager)
        ):
            yield other


def _is_explicit(snapshot: Snapshot, path: str, manager: str) -> bool:
    return any(scope.kind == "explicit" for scope in snapshot.scopes.of(path, manager).scopes)


def _may_parse_anything(snapshot: Snapshot, manager: str, paths: list[str]) -> bool:
    """Tell whether a program that shares files with some others parses what only running it can tell."""
    unknown = [
        path
        for path, file in snapshot.index.files.items()
        if any(one == manager and call.more for one, call in file.parses)
    ]
    shares = snapshot.reach.sees(paths, manager)
    return any(shares(other) for other in unknown)


def _violation(snapshot: Snapshot, manager: str, use: Use, programs: list[str]) -> Violation:
    first = shown_path(snapshot, programs[0])
    message = (
        f"{first} imports this file, but its `{manager}.parse_file` does not read it: `{use.key.name}` is not known "
        "before it runs; parse this file too"
    )
    related = tuple(
        Related(one, _call(snapshot, one, manager), "it parses other files here") for one in programs
    )
    return Violation(use.literal.literal, message, related)


def _call(snapshot: Snapshot, path: str, manager: str) -> Span:
    return next(call.call for one, call in snapshot.index.files[path].parses if one == manager)
