"""The keys of value files under another name: of each key only the characters that change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from hpman.static.facts import Span
from hpman.valuefiles import nodes
from hpman.valuefiles.entries import Entry, entries_of
from hpman.valuefiles.reading import format_of, parse_values
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.questions.describe import shown_path
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile
from hpman_lsp.workspace.values.writing import written_key


def renamed_keys(
    snapshot: Snapshot, paths: Iterable[str], old: str, new: str
) -> Mapping[str, tuple[Edit, ...]] | str:
    """Give the edits that rename a hyperparameter, or a group, in value files; or why that cannot be.

    old, new: whole names; the names below a group keep what follows.
    """
    edits: dict[str, tuple[Edit, ...]] = {}
    for path in paths:
        file, entries = snapshot.value_files[path], snapshot.value_files[path].named.entries
        found = {entry.key.span: entry for entry in entries if _is_at(entry, old)}
        objection = _unknown(file, old) or _objection(file, entries, found.values(), old, new)
        some = tuple(_edit(entry, _renamed(entry, old, new)) for entry in found.values())
        if objection is None and not _reads_back(file, some, old, new):
            objection = f"a key would not be read as `{new}`"
        if objection is not None:
            return f"{shown_path(snapshot, path)}: {objection}"
        if some:
            edits[path] = some
    return edits


def _is_at(entry: Entry, name: str) -> bool:
    """Tell whether the characters of a key hold the end of a name."""
    return _is_below(entry, name) and len(entry.prefix) <= len(name)


def _renamed(entry: Entry, old: str, new: str) -> str:
    return new + entry.name[len(old) :]


def _unknown(file: ValueFile, old: str) -> str | None:
    """Return why a file may have a name where nobody can see it."""
    if file.is_unread:
        return f"may have `{old}`, but cannot be read"
    if file.is_broken and old.rpartition(".")[2] in file.text:
        return f"may have `{old}`, but cannot be read to its end: mend it first"
    return None


def _objection(
    file: ValueFile, entries: tuple[Entry, ...], found: Iterable[Entry], old: str, new: str
) -> str | None:
    spans = {entry.key.span for entry in found}
    aliased = _aliased(file)
    for entry in entries:
        is_renamed = _is_below(entry, old)
        line = f"line {file.lines.line_of(entry.key.span.start) + 1}"
        if entry.name == new and not is_renamed:
            return f"{line} has `{new}` already"
        if entry.key.span not in spans:
            continue
        if entry.shared or not is_renamed or id(entry.key) in aliased:
            return f"the key in {line} stands elsewhere too, by an alias: write it out first"
        if entry.key.style in ("|", ">"):
            return f"the key in {line} is a block of lines: write it in quotes first"
        if not _fits(entry, _renamed(entry, old, new)):
            group = entry.prefix.removesuffix(".")
            return f"{line} has it inside `{group}`: the new name must begin with `{entry.prefix}`"
    return None


def _aliased(file: ValueFile) -> set[int]:
    """Give the nodes that aliases stand for, by identity."""
    if "*" not in file.text:
        return set()
    found: set[int] = set()
    pending: list[nodes.Node] = list(file.parsed.documents)
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Alias):
            found.add(id(node.target))
        elif isinstance(node, nodes.Sequence):
            pending.extend(node.items)
        elif isinstance(node, nodes.Mapping):
            pending.extend(one for pair in node.pairs for one in pair)
    return found


def _fits(entry: Entry, name: str) -> bool:
    return name.startswith(entry.prefix) and name != entry.prefix


def _edit(entry: Entry, name: str) -> Edit:
    key, text = entry.key, name[len(entry.prefix) :]
    if key.style in ("'", '"'):
        inner = Span(key.span.start + 1, key.span.end - 1)
        written = text.replace("'", "''") if key.style == "'" else json.dumps(text, ensure_ascii=False)[1:-1]
        return Edit(inner, written)
    return Edit(key.span, written_key(text))


def _reads_back(file: ValueFile, edits: tuple[Edit, ...], old: str, new: str) -> bool:
    """Tell whether the edited file has the names that it shall have, in the order that they had."""
    if not edits:
        return True
    after = entries_of(parse_values(apply_edits(file.text, edits), format_of(file.path)).documents)
    names = [_renamed(one, old, new) if _is_below(one, old) else one.name for one in file.named.entries]
    return names == [one.name for one in after.entries]


def _is_below(entry: Entry, name: str) -> bool:
    return entry.name == name or entry.name.startswith(f"{name}.")
