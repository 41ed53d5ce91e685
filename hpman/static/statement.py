"""What is known of one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from . import shifting
from .facts import Access, Binding, Import, Occurrence, Problem, Sign
from .pending import PendingParse

Item = TypeVar("Item")


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
    start, end, closed, occurrences, accesses, bindings, imports, *rest = statement
    if not (accesses or bindings or any(rest)):  # as it is of most: calls, or nothing
        moved = _each(shifting.moved_occurrence, occurrences, by)
        return Statement(start + by, end + by, closed, moved, imports=imports)
    return Statement(
        statement.start + by,
        statement.end + by,
        statement.closed,
        _each(shifting.moved_occurrence, statement.occurrences, by),
        _each(shifting.moved_access, statement.accesses, by),
        _each(shifting.moved_binding, statement.bindings, by),
        statement.imports,
        _each(_moved_pending, statement.pending, by),
        _each(shifting.moved_problem, statement.problems, by),
        _each(moved_statement, statement.members, by),
        _each(shifting.moved_sign, statement.signs, by),
    )


def _each(move: Callable[[Item, int], Item], items: tuple[Item, ...], by: int) -> tuple[Item, ...]:
    return tuple([move(item, by) for item in items]) if items else ()


def _moved_pending(item: PendingParse, by: int) -> PendingParse:
    return item._replace(call=shifting.moved(item.call, by), scope=shifting.moved_scope(item.scope, by))


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
