"""`value-not-of-type`: a value in a value file is of another type than the default."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import NOT_LITERAL
from hpman.valuefiles.fitting import misfit
from hpman_lsp.workspace.questions.describe import shown_place
from hpman_lsp.workspace.questions.value_meaning import allows, is_known_when_read
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.value_entries import bounded, values_in


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the value, with the default."""
    yield from bounded(_found(snapshot, path))


def _found(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    for entry, (_, _, taken) in values_in(snapshot, path):
        if not taken:
            continue
        value = snapshot.value_files[path].value(entry)
        if value is NOT_LITERAL:
            yield Violation(entry.value.span, f"`{entry.name}` has a value that is no plain data")
        elif not any(allows(one, value) for one in taken) and not is_known_when_read(
            snapshot, path, entry.value
        ):
            use, default = taken[0].use, taken[0].default
            related = Related(use.path, use.literal.literal, f"`{use.key.name}` has its default here")
            message = f"{misfit(entry.name, entry.value, default)} ({shown_place(snapshot, use)})"
            yield Violation(entry.value.span, message, (related,))
