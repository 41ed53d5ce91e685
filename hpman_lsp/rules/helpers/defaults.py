"""The defaults in a file, for rules that compare them with hints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hpman.static.facts import NOT_LITERAL, Expression
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import given, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .finding import Related
from .hints import Hinted, uses_with_hints


def defaults(snapshot: Snapshot, path: str) -> Iterator[tuple[Use, Expression]]:
    """Give each call with a default, and the default."""
    for use in snapshot.index.files[path].uses:
        default = given(use) if use.kind == "definition" else None
        if default is not None:
            yield use, default


def defaults_with_hints(
    snapshot: Snapshot, path: str
) -> Iterator[tuple[Use, Expression, Mapping[str, Hinted]]]:
    """Yield each call with a default that hints say something about, the default, and the hints."""
    for use, hints in uses_with_hints(snapshot, path):
        default = given(use) if use.kind == "definition" else None
        if default is not None:
            yield use, default, hints


def known_value(default: Expression) -> object:
    """Give a literal's value; None where only running the code can tell, as it is for a literal None."""
    return None if default.value is NOT_LITERAL else default.value


def related(use: Use, *hints: Hinted) -> tuple[Related, ...]:
    """Give the places of hints that stand in another call than the default."""
    return tuple(
        Related(one.use.path, one.value.span, f"`{one.key}` is {shown_value(one.value, 40)} here")
        for one in hints
        if one.use is not use
    )
