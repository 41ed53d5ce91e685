"""Fixes for keys and values of value files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpman._names import alike
from hpman.static.facts import NOT_LITERAL, Span
from hpman.valuefiles.entries import Entry, entries_of
from hpman.valuefiles.fitting import written
from hpman.valuefiles.nodes import Scalar, resolved
from hpman.valuefiles.reading import format_of, parse_values
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.questions.describe import shortened
from hpman_lsp.workspace.questions.value_meaning import Taken, allows, chooses, meant_by
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile, ValueUse, entry_at
from hpman_lsp.workspace.values.writing import written_key, written_value

from .defaults import missing_default
from .fix import Fix, one_edit

_MOST = 5  # choices that are offered


def unknown_name(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write a known name that is alike, or remove the key."""
    if path not in snapshot.value_files:
        yield from missing_default(snapshot, path, diagnostic)
        return
    entry = _key_at(snapshot, path, diagnostic.span)
    if entry is None or entry.shared:
        return
    known = sorted(snapshot.values.names(path))
    for name in alike(entry.name, known):
        if name.startswith(entry.prefix) and name != entry.prefix:
            edit = _renamed(snapshot.value_files[path], entry, name[len(entry.prefix) :])
            yield from one_edit(f"Change to `{name}`", path, edit)
    yield from removed_key(snapshot, path, diagnostic)


def removed_key(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Remove the key with its value."""
    entry = _key_at(snapshot, path, diagnostic.span) if path in snapshot.value_files else None
    if entry is not None and not entry.shared:
        edit = _without(snapshot.value_files[path], entry)
        yield from one_edit(f"Remove `{entry.name}` here", path, edit)


def duplicate_key(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Remove this key, or the one before."""
    yield from removed_key(snapshot, path, diagnostic)
    file = snapshot.value_files[path]
    for other in diagnostic.related:
        entry = _key_at(snapshot, path, other.span)
        if entry is not None and not entry.shared:
            line = file.lines.line_of(entry.key.span.start) + 1
            yield from one_edit(f"Remove `{entry.name}` in line {line}", path, _without(file, entry))


def value_not_of_type(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the value as what the default is, or write the default."""
    file, entry = snapshot.value_files[path], _value_at(snapshot, path, diagnostic.span)
    taken = meant_by(snapshot, path)(entry.name).taken if entry is not None else ()
    node = resolved(entry.value) if entry is not None else None
    if not taken or node is None or entry is None or entry.value is not node:
        return
    default = taken[0].default
    if isinstance(node, Scalar) and isinstance(default, str) and not node.style:
        yield from _value(
            f"Put `{shortened(node.text, 40)}` in quotes", file, node.span, node.text, quoted=True
        )
    if isinstance(node, Scalar) and isinstance(node.value, str):
        number = _read(node.text)
        if number is not NOT_LITERAL and allows(taken[0], number):
            yield from _value(f"Write it as {type(default).__name__}", file, node.span, number)
    if default is not NOT_LITERAL:
        yield from _value("Change to the default", file, node.span, default)


def value_not_in_choices(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write one of the choices, the likeliest first."""
    file, entry = snapshot.value_files[path], _value_at(snapshot, path, diagnostic.span)
    if entry is None:
        return
    value = file.value(entry)
    for taken in meant_by(snapshot, path)(entry.name).taken:
        if not chooses(taken, value):
            for choice in _by_likeness(value, taken)[:_MOST]:
                yield from _value(
                    f"Change to {shortened(written(choice), 40)}", file, entry.value.span, choice
                )
            return


def number_read_as_text(_: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the number as every reader takes it for one."""
    if diagnostic.data:
        yield from one_edit(f"Change to `{diagnostic.data}`", path, Edit(diagnostic.span, diagnostic.data))


def unreadable_values(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Put a key that is read as a number, a date or a boolean in quotes."""
    text = snapshot.value_files[path].text[slice(*diagnostic.span)]
    node = _scalar(text) if diagnostic.data == "bad-name" else None
    if node is not None and node.text and not node.style:
        yield from one_edit(f"Put `{text}` in quotes", path, Edit(diagnostic.span, f'"{text}"'))


def _key_at(snapshot: Snapshot, path: str, span: Span) -> Entry | None:
    entry = entry_at(snapshot.values.entries(path), span.start)
    return entry if entry is not None and entry.key.span == span else None


def _value_at(snapshot: Snapshot, path: str, span: Span) -> Entry | None:
    return next((one for one in snapshot.values.entries(path) if one.value.span == span), None)


def _renamed(file: ValueFile, entry: Entry, text: str) -> Edit:
    if entry.key.style in ("'", '"') and re.fullmatch(r"[\w.\-/]+", text):
        return Edit(ValueUse(file, entry).span, text)
    return Edit(entry.key.span, written_key(text))


def _value(title: str, file: ValueFile, span: Span, value: object, *, quoted: bool = False) -> Iterator[Fix]:
    written = written_value(value)
    if isinstance(value, str) and written is not None and (quoted or format_of(file.path) == "json"):
        written = written if written.startswith('"') else f'"{written}"'
    yield from one_edit(title, file.path, None if written is None else Edit(span, written))


def _read(text: str) -> object:
    node = _scalar(text)
    return NOT_LITERAL if node is None else node.value


def _scalar(text: str) -> Scalar | None:
    parsed = parse_values(text, "yaml")
    node = parsed.documents[0] if len(parsed.documents) == 1 and not parsed.problems else None
    return node if isinstance(node, Scalar) else None


def _by_likeness(value: object, taken: Taken) -> list[object]:
    choices = list(taken.choices or ())
    texts = [one for one in choices if isinstance(one, str)]
    near = alike(value, texts) if isinstance(value, str) else ()
    return [*near, *(one for one in choices if one not in near)]


def _without(file: ValueFile, entry: Entry) -> Edit | None:
    """Remove the lines of a key and its value; None where other things stand on them, or a group would be empty."""
    lines, pair = file.lines, ValueUse(file, entry).pair
    start = lines.start_of(lines.line_of(pair.start))
    end = lines.start_of(lines.line_of(max(pair.end - 1, pair.start)) + 1)
    edit = Edit(Span(start, end), "")
    after = entries_of(parse_values(apply_edits(file.text, [edit]), format_of(file.path)).documents).entries
    own = {entry.key.span}
    left = [
        (one.name, one.kind)
        for one in file.named.entries
        if one.key.span not in own and not pair.start <= one.key.span.start < pair.end
    ]
    return edit if [(one.name, one.kind) for one in after] == left else None
