"""Fixes for names with too many defaults, or none."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.facts import NOT_LITERAL, Access, Occurrence, Span
from hpman_lsp.refactoring.arguments import with_default, without_default
from hpman_lsp.refactoring.safety import is_safe
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.helpers.hints import hint_for
from hpman_lsp.rules.missing_default import suggestions
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.python.literals import renaming
from hpman_lsp.workspace.questions.describe import given, shortened, shown_place, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, many_edits, named_at, one_edit
from .folding import written


def duplicate_default(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Remove this default, or all others; a call that repeats an earlier one's default needs none."""
    use = named_at(snapshot, path, diagnostic.span)
    others = [named_at(snapshot, one.path, one.span) for one in diagnostic.related]
    found = [one for one in others if one is not None]
    if use is None or not found or len(found) < len(others):
        return
    value = shown_value(given(use), 40)
    edits: dict[str, tuple[Edit | None, ...]] = {}
    for one in found:
        edits[one.path] = (*edits.get(one.path, ()), _removed(snapshot, one))
    yield from many_edits(f"Make {value} the only default of `{use.key.name}`", edits)
    first = found[0]
    kept = f"{shown_value(given(first), 40)} in {shown_place(snapshot, first)}"
    title = f"Remove this default: keep {kept}" if len(found) == 1 else "Remove this default"
    repeats = _place(first) < _place(use) and all(_same(use, one) for one in found)
    safe = repeats and is_safe(snapshot, use, first)
    yield from one_edit(title, path, _removed(snapshot, use), safe=safe)


def missing_default(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Use a name that is written almost like this one, or give it a default."""
    use = named_at(snapshot, path, diagnostic.span)
    if use is None:
        return
    prefix = use.source.prefix if isinstance(use.source, Access) else ""
    text = snapshot.files[path].text
    for name in suggestions(snapshot, path, use.key):
        if name.startswith(prefix) and name != prefix:
            yield from one_edit(f"Use `{name}`", path, renaming(text, use.literal, name[len(prefix) :]))
    if isinstance(use.source, Occurrence):
        likely = _likely_default(snapshot, use)
        what = "a default" if likely is None else f"the default {shortened(likely, 40)}"
        title = f"Give `{use.key.name}` {what} here"
        yield from one_edit(title, path, with_default(text, use.source, likely or "None"))


def _likely_default(snapshot: Snapshot, use: Use) -> str | None:
    """Give a value that a name without one may have: what it is elsewhere, the first choice, the least that is allowed."""
    hints = {key: one.value.value for key, one in hint_for(snapshot, use, "choices", "min", "range").items()}
    choices = _listed(hints.get("choices", ()))
    low = [hints["min"]] if "min" in hints else _listed(hints.get("range", ()))[:1]
    elsewhere = (one for one in _values_elsewhere(snapshot, use) if not choices or one in choices)
    return next(filter(None, map(written, (*elsewhere, *choices, *low))), None)


def _values_elsewhere(snapshot: Snapshot, use: Use) -> Iterator[object]:
    """Give the values that other programs, and their value files, have for a name."""
    index = snapshot.index
    for other in index.uses(use.key, index.users(use.key).giving):
        value = given(other)
        if value is not None and value.value is not NOT_LITERAL:
            yield value.value
    for path in sorted(snapshot.value_files):
        file = snapshot.value_files[path]
        entries = file.named.entries if use.key.name in file.names else ()
        yield from (file.value(one) for one in entries if one.name == use.key.name and one.kind == "value")


def _listed(values: object) -> list[object]:
    return list(values) if isinstance(values, (list, tuple, dict)) else []


def unused(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Remove the call, with its lines, where nothing else is on them."""
    file = snapshot.files[path]
    first, last = (file.lines.line_of(at) for at in diagnostic.span)
    start, end = file.lines.start_of(first), file.lines.end_of(last)
    around = file.text[start : diagnostic.span.start] + file.text[diagnostic.span.end : end]
    if not around.strip():
        yield from one_edit("Remove this call", path, Edit(Span(start, file.lines.start_of(last + 1)), ""))


def _removed(snapshot: Snapshot, use: Use) -> Edit | None:
    if not isinstance(use.source, Occurrence):
        return None
    return without_default(snapshot.files[use.path].text, use.source)


def _same(one: Use, other: Use) -> bool:
    values = [given(one), given(other)]
    return (
        all(value is not None and value.value is not NOT_LITERAL for value in values)
        and len({value.text for value in values if value is not None}) == 1
    )


def _place(use: Use) -> tuple[str, int]:
    return use.path, use.span.start
