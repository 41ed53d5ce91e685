"""From text to facts: the static parser that the library, the command line and the language server share."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .arguments.kept import keeps_method
from .arguments.reading import parse_calls
from .characters.imports import manager_aliases
from .characters.lexer import segments
from .facts import NO_FACTS, FileFacts, Problem, Span
from .statement import Statement, leaves
from .statements import read_module, read_statements
from .tree import syntax
from .tree.source import Source


class Parsed(NamedTuple):
    """A text, its statements, and the facts that they add up to; what an edit starts from.

    candidates: those that were given; names: with those that the text imports from `hpman.m`.
    """

    text: str
    candidates: frozenset[str]
    names: frozenset[str]
    statements: tuple[Statement, ...]
    facts: FileFacts


def parse(text: str, candidates: frozenset[str]) -> FileFacts:
    """Read the facts of one file; never raises.

    text: the source, decoded.
    candidates: names whose calls are taken for a manager's, beside those that the text itself imports
        from `hpman.m`.
    """
    return parsed(text, candidates).facts


def parse_strictly(text: str, candidates: frozenset[str]) -> FileFacts:
    """Read the facts of one file, its problems being all that Python refuses; never raises.

    (`parse` passes over a statement that does not parse if no candidate is named in it.) No signs are looked for.
    """
    start = body_start(text)
    tree = syntax.module(text[start:])
    if isinstance(tree, ast.Module):
        return added_up(text, tuple(read_module(text, start, tree, all_candidates(text, candidates))))
    facts = parse(text, candidates)
    known = (one for one in facts.problems if one.code != "syntax-error")
    return facts._replace(problems=(*known, *_refused(text)))


def parsed(text: str, candidates: frozenset[str]) -> Parsed:
    """Read the facts of one file, and keep what `incremental.reparsed` needs after an edit."""
    names = all_candidates(text, candidates)
    statements = tuple(read_statements(text, segments(text, body_start(text)), names))
    return Parsed(text, candidates, names, statements, added_up(text, statements))


def all_candidates(text: str, candidates: frozenset[str]) -> frozenset[str]:
    """Give the names whose calls are read in a text."""
    return candidates.union(local for _, local in manager_aliases(text))


def body_start(text: str) -> int:
    """Give where statements begin: behind a byte order mark."""
    return 1 if text.startswith("\ufeff") else 0


def added_up(text: str, statements: tuple[Statement, ...]) -> FileFacts:
    """Add the facts of all statements up to those of the file."""
    if not statements:
        return NO_FACTS
    read = tuple(leaves(statements))
    pending = [item for statement in read for item in statement.pending]
    has_calls = bool(pending) or keeps_method(text)
    places = [Span(one.start, one.end) for one in statements] if has_calls else []
    return FileFacts(
        tuple(item for statement in read for item in statement.occurrences),
        tuple(item for statement in read for item in statement.accesses),
        tuple(item for statement in read for item in statement.bindings),
        tuple(item for statement in read for item in statement.imports),
        parse_calls(text, places, pending) if has_calls else (),
        tuple(item for statement in read for item in statement.problems),
        tuple(item for statement in statements for item in statement.signs),
    )


def _refused(text: str) -> Iterator[Problem]:
    """Tell what Python refuses, in each statement."""
    for start, end, _ in segments(text, body_start(text)):
        tree = syntax.module(text[start:end])
        if isinstance(tree, syntax.Fault) and not tree.too_deep:
            at = Source(text, start, end).at(tree.line, tree.column)
            yield Problem("syntax-error", tree.message, Span(at, min(at + 1, len(text))))
