"""What is known of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import shifting
from .facts import Access, Binding, Import, Occurrence, Problem, Sign
from .pending import PendingParse


class Statement(NamedTuple):
    """One statement and what is known of it; its lists are in source order.

    members: what it is read by, if it is a class: then its lists are empty, but for signs, which members have not.
    """

    start: int
    end: int
    closed: bool
    occurrences: tuple[Occurrence, ...] = ()
    accesses: tuple[Access, ...] = ()
    bindings: tuple[Binding, ...] = ()
    imports: tuple[Import, ...] = ()
    pending: tuple[PendingParse, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[Statement, ...] = ()
    signs: tuple[Sign, ...] = ()


def moved_statement(statement: Statement, by: int) -> Statement:
    """Give a statement as it is after an edit before it."""
    if by == 0:
        return statement
    return Statement(
        statement.start + by,
        statement.end + by,
        statement.closed,
        tuple(shifting.moved_occurrence(item, by) for item in statement.occurrences),
        tuple(shifting.moved_access(item, by) for item in statement.accesses),
        tuple(shifting.moved_binding(item, by) for item in statement.bindings),
        statement.imports,
        tuple(
            item._replace(call=shifting.moved(item.call, by), scope=shifting.moved_scope(item.scope, by))
            for item in statement.pending
        ),
        tuple(shifting.moved_problem(item, by) for item in statement.problems),
        tuple(moved_statement(item, by) for item in statement.members),
        tuple(shifting.moved_sign(item, by) for item in statement.signs),
    )


def all_members(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Give what statements are read by, at whatever depth."""
    for one in statements:
        yield from one.members
        yield from all_members(one.members)


def leaves(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Give the statements that have facts: instead of one that is read by its members, these."""
    for one in statements:
        if one.members:
            yield from leaves(one.members)
        else:
            yield one
