"""What a fix is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from hpman.static.facts import Occurrence, Span
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.python.expressions import ParsedCall, parse_call
from hpman_lsp.workspace.questions.lookup import use_at
from hpman_lsp.workspace.snapshot import Snapshot


class Fix(NamedTuple):
    """Edits that mend a violation, made as a whole.

    title: what they do, as an order.
    safe: the program does the same with them, so that nobody has to look.
    """

    title: str
    edits: Mapping[str, tuple[Edit, ...]]
    safe: bool = False


# Gives the fixes of one violation in a file, the likeliest first.
Fixer = Callable[[Snapshot, str, Diagnostic], Iterator[Fix]]


def one_edit(title: str, path: str, edit: Edit | None, *, safe: bool = False) -> Iterator[Fix]:
    """Give a fix that edits one place; none where there is no edit."""
    if edit is not None:
        yield Fix(title, {path: (edit,)}, safe)


def many_edits(title: str, edits: Mapping[str, tuple[Edit | None, ...]]) -> Iterator[Fix]:
    """Give a fix that edits several places; none where one of them cannot be edited, or there is none."""
    done = {path: tuple(edit for edit in some if edit is not None) for path, some in edits.items()}
    if done and all(len(done[path]) == len(edits[path]) for path in edits):
        yield Fix(title, done)


def named_at(snapshot: Snapshot, path: str, span: Span) -> Use | None:
    """Find the use whose literal is at a place."""
    use = use_at(snapshot, path, span.start)
    return use if use is not None and use.literal.literal == span else None


def call_around(snapshot: Snapshot, path: str, span: Span) -> Occurrence | None:
    """Find the innermost call of a manager that has a place in it."""
    file = snapshot.files.get(path)
    around = [
        one
        for one in (file.facts.occurrences if file is not None else ())
        if one.call.start <= span.start and span.end <= one.call.end
    ]
    return min(around, key=lambda one: one.call.end - one.call.start, default=None)


def expression_at(snapshot: Snapshot, path: str, span: Span) -> tuple[ParsedCall, ast.expr] | None:
    """Find the argument of a manager's call that stands at a place, with that call."""
    call = call_around(snapshot, path, span)
    parsed = None if call is None else parse_call(snapshot.files[path].text, call.call)
    if parsed is None:
        return None
    arguments = [*parsed.node.args, *(one.value for one in parsed.node.keywords)]
    return next(((parsed, one) for one in arguments if parsed.span(one) == span), None)


def use_around(snapshot: Snapshot, path: str, span: Span) -> Use | None:
    """Find the use whose call has a place in it."""
    call = call_around(snapshot, path, span)
    return None if call is None or call.name is None else named_at(snapshot, path, call.name.literal)
