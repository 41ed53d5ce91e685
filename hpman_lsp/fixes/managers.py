"""Fixes for managers that are hidden, or called by another name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from hpman.static.facts import Binding, Occurrence, Span
from hpman.static.tree import syntax
from hpman.static.tree.source import Source
from hpman_lsp.refactoring.imports import import_edit
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.unknown_method import meant
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, call_around, many_edits

_RENAMED = frozenset({"loop", "assignment", "with", "except", "pattern", "parameter"})
# `_ = _` up to the second: in a function, an assignment makes the name a local one.
_ASSIGNED = re.compile(r"(?<![\w.])(?P<name>\w+)[ \t]*=[ \t]*(?P=name)\Z")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_OTHERS = ("unused", "other", "another")


def shadowed_manager(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Do without the assignment of the manager to its own name, or give what hides it another one, where nothing reads it."""
    file = snapshot.files[path]
    assigned = _ASSIGNED.search(file.text, 0, diagnostic.span.end)
    if assigned is not None and assigned["name"] == file.text[slice(*diagnostic.span)]:
        removed = Edit(Span(assigned.start(), diagnostic.span.start), "")
        yield Fix("Do not assign the manager to its own name", {path: (removed,)})
        return
    call = call_around(snapshot, path, diagnostic.span)
    if call is None:
        return
    bindings = file.facts.bindings if call.scope is None else call.scope
    hiding = [one for one in bindings if one.local == call.callee and one.kind not in ("import", "module")]
    words = set(re.findall(r"\w+", file.text))
    other = next((one for one in _OTHERS if one not in words), None)
    if (
        other is None
        or any(one.kind not in _RENAMED for one in hiding)
        or _is_read(file, call.callee, hiding)
    ):
        return
    edits = tuple(Edit(one.span, other) for one in hiding)
    last = hiding[-1].kind if hiding else ""
    what = {"loop": "the loop variable", "parameter": "the parameter"}.get(last, "the other one")
    yield from many_edits(f"Call {what} `{other}`", {path: edits} if edits else {})


def unseen_alias(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Call the manager by its own name in the whole file, and import it so."""
    file = snapshot.files[path]
    found = _alias_at(snapshot, file, diagnostic.span)
    if found is None:
        return
    alias, placeholder = found
    imported = _import_of(file, alias, placeholder)
    edits = [*_uses(file, alias, placeholder)]
    if imported is not None:
        edits.append(imported)
    elif not any(one.local == placeholder and one.module == "hpman.m" for one in file.facts.bindings):
        edits.append(import_edit(file.text, placeholder))
    yield from many_edits(f"Call the manager by its name, `{placeholder}`", {path: tuple(edits)})


def unknown_method(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the method that is meant."""
    for one in meant(snapshot.files[path].text[slice(*diagnostic.span)])[:1]:
        yield Fix(f"Call `{one}`", {path: (Edit(diagnostic.span, one),)})


def _is_read(file: SourceFile, name: str, hiding: list[Binding]) -> bool:
    """Tell whether what hides a manager may be read: by its name, other than as a manager is."""
    tree = syntax.module(file.text.removeprefix("\ufeff"))
    if not isinstance(tree, ast.Module):
        return True
    called = {
        id(node.func.value if isinstance(node.func, ast.Attribute) else node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    scopes = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS) and _holds(file, node, hiding)]
    around = scopes[-1] if scopes else tree
    return any(
        isinstance(node, ast.Name)
        and node.id == name
        and isinstance(node.ctx, ast.Load)
        and id(node) not in called
        for node in ast.walk(around)
    )


def _holds(file: SourceFile, scope: ast.AST, hiding: list[Binding]) -> bool:
    span = Source(file.text, 0, len(file.text)).span(scope)
    return all(span.start <= one.span.start and one.span.end <= span.end for one in hiding)


def _alias_at(snapshot: Snapshot, file: SourceFile, span: Span) -> tuple[str, str] | None:
    """Give the other name of a manager that a diagnostic is about, and the manager's own."""
    calls = [call for call in file.facts.occurrences if _concerns(file, call, span)]
    for call in calls:
        placeholder = snapshot.manager(file, call.callee, call.scope, call.call)
        if placeholder is not None and placeholder != call.callee:
            return call.callee, placeholder
    return None


def _concerns(file: SourceFile, call: Occurrence, span: Span) -> bool:
    if call.callee_span == span:
        return True
    bindings = file.facts.bindings if call.scope is None else call.scope
    return any(one.span == span and one.local == call.callee for one in bindings)


def _uses(file: SourceFile, alias: str, placeholder: str) -> Iterator[Edit]:
    """Write the manager's name wherever the other one is read."""
    for match in re.finditer(rf"(?<![\w.\"']){re.escape(alias)}(?=[ \t]*[(.])", file.text):
        yield Edit(Span(*match.span()), placeholder)


def _import_of(file: SourceFile, alias: str, placeholder: str) -> Edit | None:
    """Import a manager that is imported under another name by its own."""
    for one in file.facts.bindings:
        written = file.text[slice(*one.span)]
        if (
            one.local == alias
            and one.kind == "import"
            and re.fullmatch(rf"{placeholder}\s+as\s+{alias}", written)
        ):
            return Edit(one.span, placeholder)
    return None
