"""`shadowed-manager`: a name that is imported as a manager is something else where it is called."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator

from hpman.static.facts import Access, Binding, Occurrence, ParseCall, Span
from hpman_lsp.workspace.names.managers import Managers, Meaning
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation

_HOW = {
    "assignment": "an assignment",
    "alias": "an assignment",
    "made": "an assignment",
    "parameter": "a parameter",
    "loop": "a loop variable",
    "with": "a `with` statement",
    "except": "an `except` clause",
    "definition": "a definition",
    "pattern": "a pattern",
    "delete": "a `del` statement",
    "annotation": "a declaration",
}


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at each call with a literal name that fails for sure, or calls something else; at a method, if it fails."""
    file = snapshot.files[path]
    known = snapshot.managers
    for call in file.facts.occurrences:
        if call.name is None or not _is_suspect(file, call):
            continue
        meaning = known.meaning(file, call.callee, call.scope, call.call)
        hiding = _hiding(file, call, meaning)
        if hiding and known.is_meant(file, call.callee, call.scope):
            yield _violation(path, call.callee, call.callee_span, hiding, bool(meaning.bindings))
    yield from _unbound(file, known)


def _unbound(file: SourceFile, known: Managers) -> Iterator[Violation]:
    """Find methods of what is not bound yet in its function: `_ = _.parse_file(...)` makes `_` a local name."""
    calls: tuple[ParseCall | Access, ...] = (*file.facts.parse_calls, *file.facts.accesses)
    for call in calls:
        if not call.scope or "." in call.callee or not file.text.startswith(call.callee, call.call.start):
            continue
        if any(one.kind in ("import", "module") or one.local != call.callee for one in call.scope):
            continue
        met = known.meaning(file, call.callee, call.scope, call.call).bindings
        if not met and known.is_meant(file, call.callee, None):
            place = Span(call.call.start, call.call.start + len(call.callee))
            yield _violation(file.path, call.callee, place, call.scope, is_bound=False)


def _is_suspect(file: SourceFile, call: Occurrence) -> bool:
    """Tell at little cost whether something else than imports binds a name."""
    bindings = file.facts.bindings if call.scope is None else call.scope
    return any(one.kind not in ("import", "module") and call.callee == one.local for one in bindings)


def _hiding(file: SourceFile, call: Occurrence, meaning: Meaning) -> tuple[Binding, ...]:
    """Give the bindings that make a call fail for sure; none where a manager may be called, or gettext's `_`."""
    if meaning.bindings:
        sure = all(one.plain or _names_a_function(file, one) for one in meaning.bindings)
        return meaning.bindings if sure else ()
    if call.scope is None or any(one.kind in ("import", "module") for one in call.scope):
        return ()
    return call.scope  # of the function, but not bound yet


def _names_a_function(file: SourceFile, binding: Binding) -> bool:
    """Tell whether an assigned name is a function or class of the module, or a built-in one."""
    if binding.kind != "alias" or "." in binding.name:
        return False
    if re.search(rf"^(?:async[ \t]+def|def|class)[ \t]+{binding.name}\b", file.text, re.MULTILINE):
        return True
    bound = re.search(rf"(?<![\w.]){binding.name}[ \t]*=(?!=)|\bimport\b.*\b{binding.name}\b", file.text)
    return bound is None and hasattr(builtins, binding.name)


def _violation(path: str, name: str, place: Span, hiding: tuple[Binding, ...], is_bound: bool) -> Violation:
    last = hiding[-1]
    how = _HOW.get(last.kind, "an assignment")
    if last.kind == "delete" or not is_bound:
        outcome = f"calling it fails: {how} makes it a name that has no value here"
    else:
        outcome = f"{how} binds it to something else"
    message = f"`{name}` is not the manager here, {outcome}; give the other one another name"
    return Violation(place, message, (Related(path, last.span, f"`{name}` is bound here"),))
