"""The edits that give a hyperparameter or a group another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hpman.static.facts import FileFacts, Name, Span
from hpman.static.parser import parse
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.questions.describe import counted, line_of, shown_path
from hpman_lsp.workspace.snapshot import Snapshot

from .doubts import Doubt, doubts
from .objections import objection
from .places import Place, names_of, places
from .target import Target
from .tied import tied_to
from .value_keys import renamed_keys

_SIMPLE = re.compile(r"[\w.\-/]+")
# Where quotes can stand inside of others, and end them: until Python 3.12, in f-strings.
_FORMATTED = re.compile(r"""\b(?:[fFtT][rR]?|[rR][fFtT])["']""")


class Renamed(NamedTuple):
    """The edits of each file; none where the name stays the same.

    doubts: what may mean the old name, and cannot be edited: to be confirmed by the user.
    """

    edits: Mapping[str, tuple[Edit, ...]]
    doubts: tuple[Doubt, ...] = ()


class Refusal(NamedTuple):
    """Why nothing is edited, in words for the user."""

    message: str


def renamed(snapshot: Snapshot, target: Target, new_name: str) -> Renamed | Refusal:
    """Rename a hyperparameter, or a group, in all files that share it.

    new_name: the whole name, from the outermost group on, as `unquoted` gives it.
    """
    if new_name == target.key.name:
        return Renamed({})
    tied = tied_to(snapshot, target)
    keys = renamed_keys(snapshot, tied.value_files, target.key.name, new_name)
    all_edits: list[Mapping[str, tuple[Edit, ...]]] = []
    all_doubts = [*_moved_below_itself(snapshot, target, new_name)]
    for one, paths in tied.targets:
        refused = objection(snapshot, one, paths, new_name)
        found = tuple(places(snapshot, one, paths)) if refused is None else ()
        edits = _edits(snapshot, one, found, new_name) if refused is None else Refusal(refused)
        if isinstance(edits, Refusal):
            return edits
        all_edits.append(edits)
        all_doubts += doubts(snapshot, one, paths, found)
    return Refusal(keys) if isinstance(keys, str) else Renamed(_merged(*all_edits, keys), tuple(all_doubts))


def unquoted(name: str) -> str:
    """Return a name as it is meant: somebody may have typed it with its quotes."""
    return name[1:-1] if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'" else name


def _moved_below_itself(snapshot: Snapshot, target: Target, new: str) -> Iterator[Doubt]:
    """Ask where a group moves below itself: whoever types `optim.rate` on `optim` may mean one name of it."""
    shares = snapshot.reach.sees([target.path], target.key.manager)
    below = [
        next(snapshot.index.uses(key, paths))
        for key in names_of(snapshot, target)[1:]
        if (paths := list(filter(shares, snapshot.index.users(key).paths)))
    ]
    if below and new.startswith(f"{target.key.name}."):
        first, names = below[0], counted(len(below), "name")
        message = f"has `{first.key.name}`: {names} of `{target.key.name}` would be below `{new}`"
        yield Doubt(first.path, first.span, message)


def _merged(*edits: Mapping[str, tuple[Edit, ...]]) -> Mapping[str, tuple[Edit, ...]]:
    """Join the edits of several targets; files that only one of them edits keep their order."""
    merged: dict[str, tuple[Edit, ...]] = {}
    for one in edits:
        for path, some in one.items():
            merged[path] = tuple(dict.fromkeys((*merged.get(path, ()), *some)))
    return merged


def _edits(
    snapshot: Snapshot, target: Target, found: tuple[Place, ...], new: str
) -> Mapping[str, tuple[Edit, ...]] | Refusal:
    edits: dict[str, dict[Span, Edit]] = {}
    for place in found:
        refused = _write(place, target.key.name, new, edits.setdefault(place.path, {}))
        if refused is not None:
            line = line_of(snapshot, place.path, place.literal.start) + 1
            return Refusal(f"{shown_path(snapshot, place.path)}:{line} {refused}")
    unwritable = None if _SIMPLE.fullmatch(new) else _unwritable(snapshot, target.key.name, new, found, edits)
    if unwritable is not None:
        shown = shown_path(snapshot, unwritable)
        return Refusal(f"`{new}` cannot be written in {shown}: its quotes do not take it")
    return {path: tuple(some.values()) for path, some in edits.items()}


def _write(place: Place, old: str, new: str, edits: dict[Span, Edit]) -> str | None:
    """Add the edit of the piece in which the old name ends; give what is in the way."""
    before = ""
    for piece in place.pieces:
        if len(before) + len(piece.value) >= len(old):
            break
        before += f"{piece.value}."
    if not new.startswith(before) or new == before:
        return f"names it inside `{before[:-1]}`: the new name must begin with `{before}`"
    if piece.literal not in edits:
        edit = piece.write(new[len(before) :] + piece.value[len(old) - len(before) :])
        if edit is None and piece.is_word:
            return f"has it as a keyword, `{piece.value}=`, which the new name cannot be: write a dict with strings first"
        if edit is None:
            return "has a comment inside of the name: write it in one piece first"
        edits[piece.literal] = edit
    return None


def _unwritable(
    snapshot: Snapshot,
    old: str,
    new: str,
    found: Iterable[Place],
    edits: Mapping[str, Mapping[Span, Edit]],
) -> str | None:
    """Find a file in which the new name would end the string around it."""
    literals: dict[str, set[Span]] = {}
    for place in found:
        literals.setdefault(place.path, set()).add(place.literal)
    for path in edits.keys() & snapshot.files.keys():
        file = snapshot.files[path]
        if _FORMATTED.search(file.text) and not _reads_back(file, old, new, edits[path], literals[path]):
            return path
    return None


def _reads_back(
    file: SourceFile, old: str, new: str, edits: Mapping[Span, Edit], literals: set[Span]
) -> bool:
    """Tell whether the edited file names what it shall."""
    names = [
        new + full[len(old) :] if name is not None and full is not None and name.literal in literals else full
        for name, full in _names(file.facts)
    ]
    after = parse(apply_edits(file.text, edits.values()), file.candidates)
    return names == [full for _, full in _names(after)] and _faults(after) <= _faults(file.facts)


def _faults(facts: FileFacts) -> int:
    """Count what does not parse; names in it are found all the same."""
    return sum(one.code == "syntax-error" for one in facts.problems)


def _names(facts: FileFacts) -> Iterator[tuple[Name | None, str | None]]:
    for occurrence in facts.occurrences:
        yield occurrence.name, occurrence.name and occurrence.name.value
    for access in facts.accesses:
        yield access.name, access.full_name
