"""Moves facts along their text: what an edit before a statement does to the facts of that statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Access, Binding, Expression, Hint, Name, Occurrence, Problem, Sign, Span

if TYPE_CHECKING:
    from .scoping.bindings import Scope


def moved(span: Span, by: int) -> Span:
    """Move a place by a number of characters."""
    start, end = span
    return Span(start + by, end + by)


def moved_occurrence(item: Occurrence, by: int) -> Occurrence:
    """Move an occurrence with all that it holds."""
    name, default, hints = item.name, item.default, item.hints
    return Occurrence(
        item.callee,
        moved(item.callee_span, by),
        moved(item.call, by),
        None if name is None else moved_name(name, by),
        None if default is None else _moved_expression(default, by),
        tuple([Hint(hint.key, _moved_expression(hint.value, by)) for hint in hints]) if hints else (),
        None if item.scope is None else moved_scope(item.scope, by),
        item.discarded,
    )


def moved_access(item: Access, by: int) -> Access:
    """Move a read or write by name with all that it holds."""
    return item._replace(
        call=moved(item.call, by),
        name=_name(item.name, by),
        value=_expression(item.value, by),
        scope=moved_scope(item.scope, by),
        way=tuple(moved_name(one, by) for one in item.way),
    )


def moved_binding(item: Binding, by: int) -> Binding:
    """Move a binding."""
    until = None if item.until is None else item.until + by
    again = None if item.again is None else item.again + by
    return item._replace(span=moved(item.span, by), since=item.since + by, until=until, again=again)


def moved_problem(item: Problem, by: int) -> Problem:
    """Move a problem."""
    return item._replace(span=moved(item.span, by), scope=moved_scope(item.scope, by))


def moved_sign(item: Sign, by: int) -> Sign:
    """Move a sign."""
    return item._replace(span=moved(item.span, by), scope=moved_scope(item.scope, by))


def moved_scope(scope: Scope, by: int) -> Scope:
    """Move the bindings that hide a name."""
    return None if scope is None else tuple(moved_binding(binding, by) for binding in scope)


def moved_name(name: Name, by: int) -> Name:
    """Move a name's literal."""
    return Name(name.value, moved(name.span, by), moved(name.literal, by), name.plain)


def _name(name: Name | None, by: int) -> Name | None:
    return None if name is None else moved_name(name, by)


def _expression(expression: Expression | None, by: int) -> Expression | None:
    return None if expression is None else _moved_expression(expression, by)


def _moved_expression(expression: Expression, by: int) -> Expression:
    return Expression(moved(expression.span, by), expression.text, expression.value)
