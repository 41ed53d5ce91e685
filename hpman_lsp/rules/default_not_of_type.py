"""`default-not-of-type`: the default is not of the type that the hint `type` names."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.questions.describe import shown_value, type_of
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import defaults_with_hints, known_value, related
from .helpers.finding import Violation

# What else fits where a type is asked for: Python takes an int for a float, and a file has no tuples.
_FITTING = {
    "int": {"int"},
    "float": {"float", "int"},
    "str": {"str"},
    "bool": {"bool"},
    "bytes": {"bytes"},
    "complex": {"complex", "float", "int"},
    "list": {"list", "tuple"},
    "tuple": {"list", "tuple"},
    "set": {"set"},
    "dict": {"dict"},
}


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the default; None, which stands for no value, is of any type."""
    for use, default, hints in defaults_with_hints(snapshot, path):
        hint = hints.get("type")
        wanted = hint.value.value if hint is not None else None
        if hint is None or not isinstance(wanted, str) or known_value(default) is None:
            continue
        found = type_of(default)
        if found not in _FITTING.get(wanted, {found}):
            what = f"the default {shown_value(default, 40)} of `{use.key.name}` is of type {found}"
            yield Violation(
                default.span, f"{what}, not {wanted} as its hint says: change one of them", related(use, hint)
            )
