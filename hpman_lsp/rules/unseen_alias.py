"""`unseen-alias`: a manager is called by a name that `parse_file` does not look for."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import Binding, Occurrence, Span
from hpman_lsp.workspace.names.managers import Managers
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation

# What binds the owner of an attribute that is followed: `common._`, `self.hp`, `Config.hp`.
_OWNERS = frozenset({"import", "module", "alias", "parameter", "definition"})


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it once where the other name comes from; at the call where it is an attribute."""
    file = snapshot.files[path]
    known = snapshot.managers
    own = _own_names(file)
    told: dict[Span, str] = {}
    for call in file.facts.occurrences:
        if call.name is None or (call.scope is None and call.callee in own):
            continue
        place, message = _told(known, file, call) or (call.call, "")
        if message:
            told.setdefault(place, message)
    yield from (Violation(place, message) for place, message in told.items())


def _own_names(file: SourceFile) -> frozenset[str]:
    """Give the names that a module imports from `hpman.m` alone, each as what it is: most calls are of these."""
    imported = [one for one in file.facts.bindings if one.module == "hpman.m" and one.name == one.local]
    others = {one.local for one in file.facts.bindings if one.module != "hpman.m" or one.name != one.local}
    return frozenset(one.local for one in imported) - others


def _told(known: Managers, file: SourceFile, call: Occurrence) -> tuple[Span, str] | None:
    meaning = known.meaning(file, call.callee, call.scope, call.call)
    name = call.callee
    if meaning.placeholder is None or meaning.placeholder == name:
        return None
    if "." in name and any(one.kind not in _OWNERS for one in meaning.bindings):
        return None  # of an object that only running the program tells
    place = call.callee_span if "." in name else _origin(known, file, meaning.bindings, name)
    return place or call.callee_span, _message(name, meaning.placeholder)


def _message(name: str, placeholder: str) -> str:
    return (
        f"`{name}` is the manager `{placeholder}`, but `{placeholder}.parse_file` looks for calls of "
        f"`{placeholder}` alone: what `{name}(...)` defines is not seen; call it by its name, "
        f"`from hpman.m import {placeholder}`"
    )


def _origin(known: Managers, file: SourceFile, bindings: tuple[Binding, ...], name: str) -> Span | None:
    """Give where the other name comes from."""
    found = [one.span for one in bindings if one.local == name and known.resolves(file, one)]
    return found[-1] if found else None
