"""What may mean a name and cannot be edited, because only running the program can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hpman.static.facts import Access, Occurrence, Span
from hpman_lsp.workspace.index.index import branches
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.questions.describe import shortened
from hpman_lsp.workspace.snapshot import Snapshot

from .calls import parse_call
from .patterns import pattern_of
from .places import Place, names_of
from .target import Target

_BULK = frozenset({"set_values", "set_tree"})


class Doubt(NamedTuple):
    """A place to look at; message: why, as the rest of a sentence that begins with the place."""

    path: str
    span: Span
    message: str


def doubts(
    snapshot: Snapshot, target: Target, paths: frozenset[str], found: Iterable[Place]
) -> Iterator[Doubt]:
    """Give what may mean a target in the files that share it, by path.

    found: the places that are edited.
    """
    shares = snapshot.reach.sees(paths, target.key.manager)
    sharing = [snapshot.files[path] for path in sorted(snapshot.index.files) if shares(path)]
    names = {key.name for key in names_of(snapshot, target)}
    groups = frozenset().union(*(snapshot.index.users(one).paths for one in branches(target.key)))
    bulk = False
    for file in sharing:
        for source in _unknown(snapshot, file, target.key.manager):
            if isinstance(source, Access) and source.method in _BULK:
                bulk = True
            elif (doubt := _doubtful(file, source, names)) is not None:
                yield doubt
        if file.path in groups:
            yield from _group_reads(snapshot, file, target)
    if bulk:
        edited = {(place.path, place.literal) for place in found}
        for file in sharing:
            yield from _keys(file, names, edited)


def _unknown(snapshot: Snapshot, file: SourceFile, manager: str) -> Iterator[Occurrence | Access]:
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    for source in sources:
        if (
            source.name is None
            and snapshot.manager(file, source.callee, source.scope, source.call) == manager
        ):
            yield source


def _doubtful(file: SourceFile, source: Occurrence | Access, names: set[str]) -> Doubt | None:
    parsed = parse_call(file.text, source.call)
    if parsed is None:
        return Doubt(file.path, source.call, "may be used with any name elsewhere")
    keywords = [one.value for one in parsed.node.keywords if one.arg in ("hp_name", "name", "prefix")]
    argument = next(iter([*keywords, *parsed.node.args]), None)
    if argument is None:
        return None
    pattern = re.compile(pattern_of(argument), re.DOTALL)
    if not any(map(pattern.fullmatch, names)):
        return None
    place = parsed.span(argument)
    shown = shortened(file.text[slice(*place)], 60)
    return Doubt(file.path, place, f"makes a name when it runs: {shown}")


def _group_reads(snapshot: Snapshot, file: SourceFile, target: Target) -> Iterator[Doubt]:
    """What reads a group gets a dict, whose keys are the names below it."""
    by_key = snapshot.index.files[file.path].by_key
    for above in branches(target.key):
        for use in by_key.get(above, ()):
            if use.kind == "read":
                yield Doubt(
                    file.path, use.span, f"reads all of `{above.name}`: a key of that dict changes with it"
                )


def _keys(file: SourceFile, names: set[str], edited: set[tuple[str, Span]]) -> Iterator[Doubt]:
    """Where a dict of names is handed over, its keys stand elsewhere."""
    words = "|".join(map(re.escape, sorted(names)))
    for match in re.finditer(rf"""(?P<quote>["'])(?:{words})(?P=quote)(?=\s*(?::|\]\s*=(?!=)))""", file.text):
        if (file.path, Span(*match.span())) not in edited:
            yield Doubt(file.path, Span(*match.span()), f"has a dict with the key {match.group()}")
