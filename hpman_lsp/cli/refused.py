"""What `parse_file` refuses of the files that programs parse: the library is asked itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from hpman._parsing.parsing import refused_in
from hpman._parsing.problems import SourceProblem
from hpman_lsp.rules.helpers.finding import Violation
from hpman_lsp.rules.table import RULES, Rule
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.snapshot import Snapshot

# What an editor's Python server reports; the others are those of rules.
_UNREADABLE = frozenset({"syntax-error", "unreadable"})
_OF_CALLS = frozenset({"name-not-literal", "wrong-arguments", "hint-not-literal", "bad-literal", "bad-name"})


def _check(_snapshot: Snapshot, _path: str) -> Iterator[Violation]:
    """Report nothing: a file that is refused need not be one that rules look at; see `refusals`."""
    yield from ()


REFUSED = Rule("syntax-error", "error", "A file that a program parses is no valid Python.", _check)


def refusals(snapshot: Snapshot, covers: Callable[[str], bool]) -> Iterator[tuple[str, SourceProblem]]:
    """Yield what `parse_file` refuses, by file: what keeps Python from reading it, else what no rule finds.

    covers: returns whether a file is asked for.
    """
    managers = sorted(_managers(snapshot))
    for path in sorted(filter(covers, snapshot.tree.files)) if managers else ():
        for manager in managers:
            if any(one.kind != "default" for one in snapshot.scopes.of(path, manager).parsed):
                found = _refused(snapshot, path, manager)
                yield from ((path, one) for one in found)
                if found:
                    break


def _refused(snapshot: Snapshot, path: str, manager: str) -> list[SourceProblem]:
    found = refused_in(path, manager)
    faults = [one for one in found if one.code in _UNREADABLE]
    if faults or not found:
        return faults[:1]
    known = set(_found_by_rules(snapshot, path))
    return [one for one in found if (code_of(one), one.line, one.column) not in known]


def _found_by_rules(snapshot: Snapshot, path: str) -> Iterator[tuple[str, int, int]]:
    """Yield what rules find in the calls of a file, whether or not a comment silences it."""
    lines = snapshot.lines(path) or Lines("")
    for rule in RULES if path in snapshot.index.files else ():
        check = rule.check_of("source") if rule.code in _OF_CALLS else None
        for one in check(snapshot, path) if check is not None else ():
            line, column = lines.position(one.span.start, "utf-32")
            yield rule.code, line + 1, column + 1


def code_of(problem: SourceProblem) -> str:
    """Return the code of the rule that a problem of the library is one of."""
    return REFUSED.code if problem.code in _UNREADABLE else problem.code.replace("invalid-name", "bad-name")


def message_of(problem: SourceProblem) -> str:
    """Return what is wrong, in the library's words."""
    if problem.code == "syntax-error":
        version = ".".join(map(str, sys.version_info[:2]))
        return f"Python {version} cannot read this file, so that `parse_file` fails: {problem.message}"
    return f"`parse_file` refuses this file: {problem.message}"


def _managers(snapshot: Snapshot) -> frozenset[str]:
    """Return the managers whose programs are known: that parse files, or that scopes in `[tool.hpman]` are for."""
    parsing = {manager for one in snapshot.index.files.values() for manager, _ in one.parses}
    declared = any(project.scopes for project in snapshot.projects.values())
    return frozenset(parsing).union(snapshot.index.managers if declared else ())
