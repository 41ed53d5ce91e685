"""`value-not-in-choices`: a value in a value file is none of those that the hint `choices` lists."""

from __future__ import annotations

from collections.abc import Iterator

from hpman._names import alike, did_you_mean
from hpman.static.facts import NOT_LITERAL
from hpman.valuefiles.fitting import written
from hpman_lsp.workspace.questions.describe import shortened
from hpman_lsp.workspace.questions.value_meaning import Taken, allows, chooses, is_known_when_read
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.value_entries import bounded, values_in


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the value, with the choices; what is of another type is told by `value-not-of-type`."""
    yield from bounded(_found(snapshot, path))


def _found(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    for entry, (_, _, taken) in values_in(snapshot, path):
        if all(one.choices is None for one in taken):
            continue
        value = snapshot.value_files[path].value(entry)
        fitting = [one for one in taken if value is not NOT_LITERAL and allows(one, value)]
        is_wrong = fitting and not any(chooses(one, value) for one in fitting)
        if is_wrong and not is_known_when_read(snapshot, path, entry.value):
            use = fitting[0].use
            related = Related(use.path, use.literal.literal, f"`{use.key.name}` has its choices here")
            yield Violation(entry.value.span, _message(entry.name, value, fitting[0]), (related,))


def _message(name: str, value: object, taken: Taken) -> str:
    choices = taken.choices or ()
    listed = shortened(", ".join(map(written, choices)), 200)
    meant = alike(value, [one for one in choices if isinstance(one, str)]) if isinstance(value, str) else ()
    return f"`{name}` is one of {listed}, not {shortened(written(value), 60)}{did_you_mean(meant)}"
