"""`unknown-method`: a manager has no such method, so that calling it raises AttributeError."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpman._names import alike, did_you_mean
from hpman.static.calls import METHODS
from hpman.static.facts import Binding, Problem
from hpman.static.scoping.arriving import CLASS
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.parsed import problems


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at the method, where the manager is one of hpman's class for sure, and nothing asks for the method."""
    file = snapshot.files[path]
    for one in problems(snapshot, path, "unknown-method"):
        met = snapshot.managers.meaning(file, one.callee, one.scope, one.span).bindings
        if all(_is_plain_manager(file, binding) for binding in met) and not _is_asked_for(file, one):
            message = f"a manager has no method `{one.message}`: calling it raises AttributeError"
            yield Violation(one.span, message + did_you_mean(meant(one.message)))


def meant(method: str) -> tuple[str, ...]:
    """Return the methods that may be meant, the likeliest first."""
    return alike(method, sorted(METHODS), lambda _: True)


def _is_plain_manager(file: SourceFile, binding: Binding) -> bool:
    """Whether what is bound is of the class itself, and of no subclass, which may have more methods."""
    if binding.kind == "alias":
        others = [one for one in file.facts.bindings if one.local == binding.name and one.kind != "alias"]
        return bool(others) and all(_is_plain_manager(file, one) for one in others)
    return binding.kind in ("import", "module") or (
        binding.kind == "made" and binding.module.rpartition(".")[2] == CLASS
    )


def _is_asked_for(file: SourceFile, problem: Problem) -> bool:
    """Whether a text asks whether there is the method, or expects that there is none."""
    return (
        re.search(rf"AttributeError|[\"']{problem.message}[\"']|\.{problem.message}\s*=[^=]", file.text)
        is not None
    )
