"""Fixes for hints that describe no space for a search."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.helpers.hints import Hinted, hint_for
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, many_edits, one_edit, use_around
from .hints import bounds_as_written


def hint_not_a_space(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Swap the bounds, take a linear scale, or write the default as a float."""
    use = use_around(snapshot, path, diagnostic.span)
    if use is None:
        return
    written = snapshot.files[path].text[slice(*diagnostic.span)]
    hints = hint_for(snapshot, use, "range", "min", "max", "scale")
    if diagnostic.data == "swap":
        yield from _swapped(hints)
    elif diagnostic.data == "scale" and "scale" in hints:
        scale = hints["scale"]
        yield from one_edit("Make the scale linear", scale.use.path, Edit(scale.value.span, '"linear"'))
    elif diagnostic.data == "float" and written.isdecimal():
        yield from one_edit(f"Write it as {written}.0", path, Edit(diagnostic.span, f"{written}.0"))


def _swapped(hints: dict[str, Hinted]) -> Iterator[Fix]:
    ends = [(hint.use.path, end) for _, hint, end in bounds_as_written(hints)]
    if len(ends) == 2:
        (one, low), (other, high) = ends
        edits: dict[str, tuple[Edit, ...]] = {one: (Edit(low.span, high.text),)}
        edits[other] = (*edits.get(other, ()), Edit(high.span, low.text))
        yield from many_edits("Swap the bounds", edits)
