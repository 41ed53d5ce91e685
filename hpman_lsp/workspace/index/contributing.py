"""Reads from a file's facts what it adds to the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from hpman.static.characters.imports import bindings_of
from hpman.static.characters.lexer import FORMATTED_NESTS
from hpman.static.facts import Access, Binding, Occurrence, ParseCall, Sign, Span
from hpman.static.scoping.arriving import only_arrives
from hpman.static.scoping.bindings import HANDED_OVER
from hpman.static.scoping.unseen import OF_CANDIDATES
from hpman_lsp.workspace.python.source import SourceFile, is_notebook

from .index import Contribution, Key, Kind, Parses, Use, with_branches
from .made import made_names

_KEPT = re.compile(r"(?:[=(\[{,]|\breturn\b)\s*[\w.]*\bparse_(?:known_)?args\s*\(")
# What an older Python says of an f-string that a newer one may read; an empty field is wrong for all.
_NESTED = re.compile(r"f-string(?!: empty expression)")
# Gives the manager that a call's name stands for: (name, scope, place of the call) -> placeholder.
Resolve = Callable[[str, "tuple[Binding, ...] | None", Span], "str | None"]


def contribution(file: SourceFile, resolve: Resolve, parses: Parses) -> Contribution:
    """Read from a file's facts what it adds to the index, but for what it says to other modules.

    parses: its `parse_file` calls, as `parses_in` gives them.
    """
    uses, open_ended, dynamic = _uses(file, resolve)
    unseen = {manager for manager, call in parses if call.more}
    open_ended, dynamic = open_ended | unseen, dynamic | unseen
    seen = list(_signs(file, resolve))
    from_text = {manager for manager, sign in seen if sign.detail == "parse_source"}
    looked_up = frozenset(sign.name for sign in file.facts.signs if sign.kind == "looked-up")
    kinds = frozenset(sign.kind for sign in file.facts.signs)
    open_ended, dynamic = open_ended | from_text | looked_up, dynamic | from_text
    newer = _unread(file, resolve)
    open_ended, dynamic = open_ended | newer, dynamic | newer
    if "executes" in kinds:
        open_ended |= {use.key.manager for use in uses}
    unknown = _managers(filter(_is_unknown_read, file.facts.accesses), resolve)
    handed = _managers(filter(_is_handed, file.facts.accesses), resolve)
    whole = {manager for manager, sign in seen if sign.kind != "method"}
    made = made_names(file, lambda one: resolve(one.callee, one.scope, one.call))
    return Contribution(
        file.path,
        uses,
        frozenset((*open_ended, *(manager for manager, sign in seen if sign.kind == "gives"))),
        frozenset(dynamic),
        unknown | whole,
        tuple(word.text for one in file.directives if one.verb == "uses" for word in one.words),
        parses,
        hands_on=handed | looked_up,
        perhaps=with_branches(_perhaps_given(file).difference(use.key for use in uses if use.kind != "read")),
        runs_any="runs-any" in kinds,
        exports=frozenset(manager for manager, sign in seen if sign.detail == "export_values"),
        made=frozenset((*made, *((manager, "") for manager in {*unseen, *from_text, *newer, *whole}))),
        starts=file.is_program,
        indirect=_is_indirect(file),
    )


def _unread(file: SourceFile, resolve: Resolve) -> set[str]:
    """Return the managers that an f-string of Python 3.12 may call, which an older one that runs hpman cannot read."""
    faults = [one for one in file.facts.problems if one.code == "syntax-error"]
    unread = [one for one in faults if not FORMATTED_NESTS and _NESTED.match(one.message) is not None]
    found = (resolve(name, None, one.span) for one in unread for name in file.names)
    return {manager for manager in found if manager is not None}


def parses_in(file: SourceFile, resolve: Resolve) -> Parses:
    """Give the `parse_file` calls of a file, each with its manager."""
    found = ((resolve(call.callee, call.scope, call.call), call) for call in file.facts.parse_calls)
    return tuple((manager, call) for manager, call in found if manager is not None)


def _named(file: SourceFile, sign: Sign, resolve: Resolve) -> str | None:
    """Return the manager that a name stands for: as its scope or the module binds it, or else some function's import."""
    root = sign.name.partition(".")[0]
    found = resolve(sign.name, sign.scope, sign.span)
    if found is None and sign.scope is None and all(one.local != root for one in file.facts.bindings):
        imported = bindings_of(file.text, 0, len(file.text), frozenset({root}))
        return resolve(sign.name, tuple(one._replace(since=0, until=0) for one in imported), sign.span)
    return found


def _managers(accesses: Iterable[Access], resolve: Resolve) -> frozenset[str]:
    return frozenset(filter(None, (resolve(one.callee, one.scope, one.call) for one in accesses)))


def _is_handed(access: Access) -> bool:
    return access.method == HANDED_OVER and not only_arrives(access.scope)


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


def _signs(file: SourceFile, resolve: Resolve) -> Iterator[tuple[str, Sign]]:
    """Yield what a file does with managers as a whole, each with its manager."""
    passed_over = {"shown"} - ({"shown"} if is_notebook(file.path) else set())
    is_bound = any(one.module.partition(".")[0] == "hpargparse" for one in file.facts.imports)
    if is_bound and _KEPT.search(file.text) is None:
        passed_over.add(
            "bound"
        )  # it hands values over to the manager, and nothing takes the options that it makes
    for sign in file.facts.signs:
        if sign.kind in OF_CANDIDATES and sign.kind not in passed_over:
            manager = _named(file, sign, resolve)
            if manager is not None:
                yield manager, sign


def _perhaps_given(file: SourceFile) -> frozenset[Key]:
    """Return what is given a value if the attribute or the item that is called is a manager: `x._("lr", 1)`."""
    return frozenset(Key(one.name, one.detail) for one in file.facts.signs if one.kind == "called")


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
