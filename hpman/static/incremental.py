"""The facts of a text after an edit: only the statements, or the members of classes, that it touches are read again."""

from __future__ import annotations

from bisect import bisect_right

from .characters.lexer import Segment, segments
from .parser import Parsed, added_up, all_candidates, body_start, parsed
from .statement import Statement, all_members, moved_statement
from .statements import read_statements


def reparsed(before: Parsed, text: str) -> Parsed:
    """Read the facts of a text that came from another by editing; equal to reading it from scratch.

    before: the former text, read.
    text: the new one; where the two differ is found by comparing them.
    """
    if text == before.text:
        return before
    names = all_candidates(text, before.candidates)
    if names != before.names or body_start(text) != body_start(before.text):
        return parsed(text, before.candidates)
    statements = _merged(before, text, names)
    return Parsed(text, before.candidates, names, statements, added_up(text, statements))


def _merged(before: Parsed, text: str, names: frozenset[str]) -> tuple[Statement, ...]:
    old = before.statements
    head, tail = _common(before.text, text)
    # An edit at a statement's first line can join it to the one before it, so this one is cut again too.
    kept = max(0, bisect_right([statement.start for statement in old], head) - 2)
    shift = len(text) - len(before.text)
    # Statements that begin behind the edit can be taken over once a new one begins where one of them does;
    # the character before its start must be unchanged too, for it ends the line before.
    ends = len(before.text) - tail
    behind = {one.start + shift: index for index, one in enumerate(old) if one.start > ends}
    touched = old[kept : min(behind.values(), default=len(old))]
    untouched = {Segment(*one[:3]): one for one in touched if one.end <= head}
    known = {
        Segment(*one[:3]): one
        for member in all_members(touched)
        if (one := _taken_over(member, head, ends, shift)) is not None
    }
    merged = list(old[:kept])
    start = old[kept].start if kept < len(old) else body_start(text)
    for segment in segments(text, start):
        same = behind.get(segment.start)
        if same is not None:
            return (*merged, *(moved_statement(one, shift) for one in old[same:]))
        merged.append(untouched.get(segment) or read_statements(text, [segment], names, known)[0])
    return tuple(merged)


def _taken_over(member: Statement, head: int, ends: int, shift: int) -> Statement | None:
    """Give a member of a class as it is after an edit from `head` to `ends`; None if that may have changed it."""
    if member.end <= head:
        return member
    return moved_statement(member, shift) if member.start > ends else None


def _common(before: str, after: str) -> tuple[int, int]:
    """Give how many characters two texts share at their beginning, and how many of the rest at their end."""
    head = _shared(before, after)
    most = min(len(before), len(after)) - head
    tail = _shared_end(before, after, most)
    return head, tail


def _shared(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves, for comparing slices is much faster than comparing characters
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(one: str, other: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
