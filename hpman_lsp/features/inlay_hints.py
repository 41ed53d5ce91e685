"""The value behind a call that shows none: `_("lr")` with ` = 1e-3` after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.facts import Occurrence, Span
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.questions.describe import given, shortened, shown_path, shown_place, shown_value
from hpman_lsp.workspace.questions.in_force import display_in, giver_in_force
from hpman_lsp.workspace.questions.in_program import symbol_seen
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse


class InlayHint(NamedTuple):
    """offset: where it is shown, behind the call; label: `= 1e-3`; tooltip: where the value is given."""

    offset: int
    label: str
    tooltip: str


def inlay_hints(snapshot: Snapshot, path: str, span: Span) -> tuple[InlayHint, ...]:
    """Give the hints in a part of a file; none where they are switched off.

    A name that has several values, as far as the source and the value files tell, has no hint: none of them would be the
    truth. What a value file says goes before the default, as it does in a program that loads it.
    """
    file = snapshot.index.files.get(path)
    display = display_in(snapshot, path)
    if file is None or not display.inlay_hints:
        return ()
    shown = [use for use in file.uses if _reads(use) and span.start <= use.call.end <= span.end]
    return tuple(_hints(snapshot, shown, display.inlay_length))


def _reads(use: Use) -> bool:
    if isinstance(use.source, Occurrence):
        return use.kind == "read"
    return use.source.method == "get_value"


def _hints(snapshot: Snapshot, uses: list[Use], most: int) -> Iterator[InlayHint]:
    givers: dict[Key, Use | ValueUse | None] = {}
    for use in uses:
        if use.key not in givers:
            givers[use.key] = giver_in_force(symbol_seen(snapshot, use))
        giver = givers[use.key]
        if isinstance(giver, ValueUse):
            place = f"{shown_path(snapshot, giver.path)}:{giver.line + 1}"
            yield InlayHint(use.call.end, f"= {shortened(giver.written, most)}", f"set in {place}")
        elif giver is not None:
            where = "default" if giver.kind == "definition" else "set"
            label = f"= {shown_value(given(giver), most)}"
            yield InlayHint(use.call.end, label, f"{where} in {shown_place(snapshot, giver)}")
