"""Reads from a file's facts what it adds to the index."""

from __future__ import annotations

import re
from collections.abc import Callable

from hpman.static.characters.imports import bindings_of
from hpman.static.facts import Access, Binding, Occurrence, ParseCall, Span
from hpman.static.scoping.arriving import only_arrives
from hpman.static.scoping.bindings import HANDED_OVER
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.python.unfollowed import executes, looked_up, perhaps_given, runs_any
from hpman_lsp.workspace.python.whole import whole_uses

from .index import Contribution, Key, Kind, Parses, Use, with_branches

_ON_TEXT = re.compile(r"(?<![\w.])(?P<name>\w+)[ \t]*\.(?P<method>parse_source|export_values)[ \t]*\(")

# Gives the manager that a call's name stands for: (name, scope, place of the call) -> placeholder.
Resolve = Callable[[str, "tuple[Binding, ...] | None", Span], "str | None"]


def contribution(file: SourceFile, resolve: Resolve, parses: Parses) -> Contribution:
    """Read from a file's facts what it adds to the index, but for what it says to other modules.

    parses: its `parse_file` calls, as `parses_in` gives them.
    """
    uses, open_ended, dynamic = _uses(file, resolve)
    unseen = {manager for manager, call in parses if call.more}
    open_ended, dynamic = open_ended | unseen, dynamic | unseen
    from_text = _called_on(file, "parse_source", resolve)
    open_ended, dynamic = open_ended | from_text | looked_up(file), dynamic | from_text
    if executes(file):
        open_ended |= {use.key.manager for use in uses}
    whole = [(_named(file, one.name, one.span, resolve), one.gives) for one in whole_uses(file)]
    unknown = (
        resolve(one.callee, one.scope, one.call) for one in file.facts.accesses if _is_unknown_read(one)
    )
    handed = (
        resolve(one.callee, one.scope, one.call)
        for one in file.facts.accesses
        if one.method == HANDED_OVER and not only_arrives(one.scope)
    )
    return Contribution(
        file.path,
        uses,
        frozenset(filter(None, (*open_ended, *(manager for manager, gives in whole if gives)))),
        frozenset(dynamic),
        frozenset(filter(None, (*unknown, *(manager for manager, _ in whole)))),
        tuple(word.text for one in file.directives if one.verb == "uses" for word in one.words),
        parses,
        hands_on=frozenset(filter(None, (*handed, *looked_up(file)))),
        perhaps=with_branches(
            frozenset(perhaps_given(file)).difference(use.key for use in uses if use.kind != "read")
        ),
        runs_any=runs_any(file),
        exports=_called_on(file, "export_values", resolve),
        starts=file.is_program,
        indirect=_is_indirect(file),
    )


def parses_in(file: SourceFile, resolve: Resolve) -> Parses:
    """Give the `parse_file` calls of a file, each with its manager."""
    found = ((resolve(call.callee, call.scope, call.call), call) for call in file.facts.parse_calls)
    return tuple((manager, call) for manager, call in found if manager is not None)


def _named(file: SourceFile, name: str, place: Span, resolve: Resolve) -> str | None:
    """Give the manager that a name in a text stands for: as the module binds it, or else some function's import."""
    root = name.partition(".")[0]
    found = resolve(name, None, place)
    if found is None and all(one.local != root for one in file.facts.bindings):
        imported = bindings_of(file.text, 0, len(file.text), frozenset({root}))
        return resolve(name, tuple(one._replace(since=0, until=0) for one in imported), place)
    return found


def _is_unknown_read(access: Access) -> bool:
    return access.kind == "read" and not access.full_name


def _uses(file: SourceFile, resolve: Resolve) -> tuple[tuple[Use, ...], set[str], set[str]]:
    """Give the uses in source order, the managers that are given values under unknown names, and those that are
    called with such.
    """
    uses: list[Use] = []
    open_ended: set[str] = set()
    dynamic: set[str] = set()
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    for one in file.facts.problems:
        if one.code == "wrong-arguments" and "*" in file.text[slice(*one.span)]:  # a default may be behind it
            open_ended |= {manager for manager in [resolve(one.callee, one.scope, one.span)] if manager}
    for source in sources:
        if isinstance(source, Access) and source.method == HANDED_OVER and only_arrives(source.scope):
            continue  # who has given it has been asked already
        manager = resolve(source.callee, source.scope, source.call)
        if manager is None:
            continue
        name = source.full_name if isinstance(source, Access) else source.name and source.name.value
        if name and source.name is not None:
            uses.append(Use(file.path, Key(manager, name), _kind(source), source.name, source))
            continue
        if _kind(source) != "read":
            open_ended.add(manager)
        if isinstance(source, Occurrence):
            dynamic.add(manager)
    uses.sort(key=lambda use: use.literal.literal)
    return tuple(uses), open_ended, dynamic


def _called_on(file: SourceFile, method: str, resolve: Resolve) -> frozenset[str]:
    """Give the managers of which a file calls a method that facts do not have."""
    if f".{method}" not in file.text:
        return frozenset()
    found = (
        _named(file, match["name"], Span(*match.span()), resolve)
        for match in _ON_TEXT.finditer(file.text)
        if match["method"] == method
    )
    return frozenset(manager for manager in found if manager is not None)


def _is_indirect(file: SourceFile) -> bool:
    facts = file.facts
    calls: tuple[Occurrence | Access | ParseCall, ...] = (
        *facts.occurrences,
        *facts.accesses,
        *facts.parse_calls,
    )
    bindings = [*facts.bindings, *(binding for call in calls for binding in call.scope or ())]
    return any(map(_asks_a_module, bindings)) or any("*" in one.names for one in facts.imports)


def _asks_a_module(binding: Binding) -> bool:
    return binding.kind in ("import", "module") and binding.module not in ("hpman", "hpman.m")


def _kind(source: Occurrence | Access) -> Kind:
    if isinstance(source, Access):
        return "write" if source.kind == "write" else "read"
    return "read" if source.default is None else "definition"
