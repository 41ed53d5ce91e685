"""Calls of `parse_file`, whose arguments can need other statements to be known."""

from __future__ import annotations

from typing import NamedTuple

from .facts import Span
from .scoping.bindings import Call, Scope
from .tree.source import Source


class PendingParse(NamedTuple):
    """A `parse_file` call whose argument may use names that other statements bind."""

    callee: str
    call: Span
    scope: Scope


def pending_of(call: Call, source: Source) -> PendingParse:
    """Read a call of `parse_file` in its statement."""
    return PendingParse(call.name, source.span(call.node), call.scope)
