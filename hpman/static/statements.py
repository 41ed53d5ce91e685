"""Reads statements: what is not needed to know their calls is not parsed."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, TypeVar

from .broken.recovery import Recovered
from .calls import accesses_of, misspelt_method, occurrence_of
from .characters.blocks import members
from .characters.imports import imports_of
from .characters.lexer import Segment
from .facts import Span
from .pending import PendingParse, pending_of
from .reading import is_free, is_idle, read_lines, read_tree, read_whole
from .scoping.binders import word
from .signs import signs_in
from .statement import Statement
from .tree.discarded import discarded
from .tree.source import Source

# A class of so many characters is read by its members even where its lines would do: after an edit, only those are
# read again that it touches.
_LARGE = 10_000

Item = TypeVar("Item")


class _Part(NamedTuple):
    """A statement whose lines are still to be read; is_member: it stands in the body of a class."""

    segment: Segment
    is_member: bool


class _Plan(NamedTuple):
    """A statement, and those parts of it that are still to be read."""

    statement: Statement
    parts: tuple[_Part, ...] = ()


def read_statements(
    text: str,
    cut: Iterable[Segment],
    candidates: frozenset[str],
    known: Mapping[Segment, Statement] | None = None,
) -> list[Statement]:
    """Read statements. What names no candidate is not parsed, and a class is read by its members where that is as good.

    known: members of classes that need not be read again.

    All lines that give the same by themselves are parsed in one go.
    """
    whole = list(cut)
    plans = [_planned(text, _Part(one, False), candidates, known or {}) for one in whole]
    parts = list(chain.from_iterable(plan.parts for plan in plans))
    read = {one.start: one for one in _read_parts(text, parts, candidates)}
    found = [_filled(plan.statement, read) if plan.parts else plan.statement for plan in plans]
    for index, signs in signs_in(text, [one.place for one in whole], candidates):
        found[index] = found[index]._replace(signs=signs)
    return found


def read_module(text: str, start: int, tree: ast.Module, candidates: frozenset[str]) -> list[Statement]:
    """Read the statements of a text that Python has parsed as a whole: what `read_statements` gives.

    start: where in the text the tree's first line begins.
    """
    source = Source(text, start, len(text))
    read: list[Statement] = []
    for segment, body in _cut(tree, source):
        if names_candidate(text, segment, candidates):
            part = source.part(segment.start, segment.end)
            read += _statements(text, [segment], read_tree(ast.Module(body, []), part, candidates))
        else:
            read.append(_unread(text, segment))
    return read


def names_candidate(text: str, segment: Segment, candidates: frozenset[str]) -> bool:
    """Tell whether a statement names a candidate, or what it begins with: only then is it parsed."""
    return bool(candidates) and word(candidates).search(text, segment.start, segment.end) is not None


def _planned(text: str, part: _Part, candidates: frozenset[str], known: Mapping[Segment, Statement]) -> _Plan:
    segment, place = part.segment, part.segment.place
    if part.is_member and segment in known:
        return _Plan(known[segment])
    if not names_candidate(text, segment, candidates):
        return _Plan(_unread(text, segment))
    free = is_free(text, place, candidates)
    if not free and is_idle(text, place, candidates):
        return _Plan(_unread(text, segment))
    if not free or segment.end - segment.start > _LARGE:
        plan = _planned_class(text, segment, candidates, known)
        if plan is not None:
            return plan
    if free:
        return _Plan(Statement(*segment), (part,))
    return _Plan(_statements(text, [segment], read_whole(text, place, candidates, part.is_member))[0])


def _planned_class(
    text: str, segment: Segment, candidates: frozenset[str], known: Mapping[Segment, Statement]
) -> _Plan | None:
    """Plan to read a class by its members; None if it is no class, or they are not independent of each other."""
    cut = members(text, segment)
    if not cut or not is_free(text, cut[0], candidates):
        return None
    plans = [_planned(text, _Part(Segment(*one, True), True), candidates, known) for one in cut]
    if any(plan.statement.bindings or plan.statement.pending for plan in plans):
        return None
    parts = tuple(chain.from_iterable(plan.parts for plan in plans))
    return _Plan(Statement(*segment, members=tuple(plan.statement for plan in plans)), parts)


def _read_parts(text: str, parts: list[_Part], candidates: frozenset[str]) -> list[Statement]:
    """Read the lines of statements, all at once if all of them parse; else one that does not is read as a whole."""
    cut = [one.segment for one in parts]
    found = read_lines(text, [one.place for one in cut], candidates) if parts else None
    if found is not None:
        return _statements(text, cut, found)
    if len(parts) != 1:
        return [statement for one in parts for statement in _read_parts(text, [one], candidates)]
    return _statements(text, cut, read_whole(text, cut[0].place, candidates, parts[0].is_member))


def _filled(statement: Statement, read: Mapping[int, Statement]) -> Statement:
    """Put the parts of a statement that were read into it."""
    if statement.members:
        return statement._replace(members=tuple(_filled(one, read) for one in statement.members))
    return read.get(statement.start, statement)


def _cut(tree: ast.Module, source: Source) -> Iterator[tuple[Segment, list[ast.stmt]]]:
    """Give the lines of each top-level statement, up to the next, and its nodes: more than one behind a `;`."""
    begin, line, body = source.start, 0, list[ast.stmt]()
    for node in tree.body:
        if source.first_line(node) > line:
            start = source.start_of(node)
            if start > begin:
                yield Segment(begin, start, True), body
            begin, body = start, []
        body.append(node)
        line = node.end_lineno or 0
    if begin < source.end:
        yield Segment(begin, source.end, True), body


def _unread(text: str, segment: Segment) -> Statement:
    return Statement(*segment, imports=imports_of(text, segment.start, segment.end))


def _statements(text: str, cut: list[Segment], found: Recovered) -> list[Statement]:
    """Give to each of some statements what was read in it."""
    problems, accesses, occurrences = found.problems, found.accesses, found.occurrences
    pending: list[PendingParse] = []
    alone = discarded(found.tree) if found.calls else frozenset()
    for call, around in found.calls:
        if call.method is None:
            occurrence, wrong = occurrence_of(call, around, id(call.node) in alone)
            if occurrence is not None:
                occurrences.append(occurrence)
            problems += [one._replace(callee=call.name, scope=call.scope) for one in wrong]
        elif call.method == "parse_file":
            pending.append(pending_of(call, around))
        else:
            accesses += accesses_of(call, around)
            problems += misspelt_method(call, around)
    starts = [one.start for one in cut]
    lists = zip(
        _shared_out(occurrences, starts, lambda item: item.call),
        _shared_out(accesses, starts, lambda item: item.name.span if item.name else item.call),
        _shared_out(found.bindings, starts, lambda item: item.span),
        (imports_of(text, one.start, one.end) for one in cut),
        _shared_out(pending, starts, lambda item: item.call),
        _shared_out(problems, starts, lambda item: item.span),
        strict=True,
    )
    return [Statement(*segment, *some) for segment, some in zip(cut, lists, strict=True)]


def _shared_out(
    items: list[Item], starts: list[int], place: Callable[[Item], Span]
) -> list[tuple[Item, ...]]:
    """Give to each of some statements, by where they begin, those items that are in it, in source order."""
    if not items:  # most have none
        return [()] * len(starts)
    shares: list[list[Item]] = [[] for _ in starts]
    for item in sorted(items, key=place):
        shares[bisect_right(starts, place(item).start) - 1].append(item)
    return [tuple(share) for share in shares]
