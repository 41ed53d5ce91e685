"""What may mean a name and cannot be edited, because only running the program can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from hpman.static.facts import NOT_LITERAL, Access, Expression, Occurrence, Span
from hpman_lsp.workspace.index.index import Use, branches
from hpman_lsp.workspace.python.items import asked_items
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.questions.describe import given, line_of, shown_path
from hpman_lsp.workspace.questions.items import item_in
from hpman_lsp.workspace.snapshot import Snapshot

from .loose_keys import Wanted, loose_keys
from .places import Place, names_of
from .target import Target
from .unknown import sets_unseen, unknown_names

_SPELT_OUT = 3
_VIEWING = ("get_occurrence", "get_occurrence_of_value", "get_values()", "get_tree()", "tree", "db")
_ASKING_ONLY = ("exists", "get_origin")


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
    manager = target.key.manager
    shares = snapshot.reach.sees(paths, manager)
    sharing = [snapshot.files[path] for path in sorted(snapshot.index.files) if shares(path)]
    names = frozenset(key.name for key in names_of(snapshot, target))
    groups = frozenset().union(*(snapshot.index.users(one).paths for one in branches(target.key)))
    writes = False
    unknown = _with_unknown(snapshot, manager)
    for file in sharing:
        for source in () if file.path not in unknown else _unknown(snapshot, file, manager):
            writes = writes or sets_unseen(source)
            yield from (Doubt(file.path, *one) for one in unknown_names(snapshot, file, source, names))
        if file.path in groups:
            yield from _group_reads(snapshot, file, target)
    yield from _loose(snapshot, sharing, target, found, writes)


def _loose(
    snapshot: Snapshot, sharing: Sequence[SourceFile], target: Target, found: Iterable[Place], is_set: bool
) -> Iterator[Doubt]:
    """Give the strings that may be a name where dicts are set, or all values are got."""
    manager, part = target.key.manager, target.key.name.rpartition(".")[2]
    names = frozenset(key.name for key in names_of(snapshot, target))
    edited = {(place.path, piece.literal) for place in found for piece in place.pieces}
    got = snapshot.index.reads_any.get(manager, frozenset())
    whole = {file.path for file in sharing if file.path in got or _has_view(file)}
    wanted = Wanted(names, part, is_set, is_got=bool(whole), is_whole=False)
    for file in sharing:
        loose = list(loose_keys(file.text, wanted._replace(is_whole=file.path in whole)))
        looked_at = [one.call for one in _unknown(snapshot, file, manager)] if loose else []
        for one in loose:
            if (file.path, one.span) not in edited and not any(map(partial(_holds, one.span), looked_at)):
                yield Doubt(file.path, *one)


def _has_view(file: SourceFile) -> bool:
    """Whether a file has all names at hand in a view, which may be asked for others in ways that are not read."""
    return any(one.method in _VIEWING for one in file.facts.accesses)


def _holds(span: Span, call: Span) -> bool:
    return call.start <= span.start and span.end <= call.end


def worded(snapshot: Snapshot, found: Sequence[Doubt]) -> str:
    """Put doubts into words, the first few of them each with its place."""
    first = [
        f"{shown_path(snapshot, one.path)}:{line_of(snapshot, one.path, one.span.start) + 1} {one.message}"
        for one in found[:_SPELT_OUT]
    ]
    left = len(found) - len(first)
    return f"{'; '.join(first)}{f'; and {left} more' if left else ''}"


def _with_unknown(snapshot: Snapshot, manager: str) -> frozenset[str]:
    """Give the files that have a call without a name that can be read."""
    index = snapshot.index
    return frozenset().union(
        *(table.get(manager, ()) for table in (index.open_ended, index.dynamic, index.reads_any))
    )


def _unknown(snapshot: Snapshot, file: SourceFile, manager: str) -> Iterator[Occurrence | Access]:
    """Give the calls without a name that can be read; of one that sets several such, the call once."""
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    seen: set[Span] = set()
    for source in sources:
        if (
            source.name is None
            and source.call not in seen
            and snapshot.manager(file, source.callee, source.scope, source.call) == manager
        ):
            seen.add(source.call)
            yield source


def _group_reads(snapshot: Snapshot, file: SourceFile, target: Target) -> Iterator[Doubt]:
    """What reads a group, or a dict, has the names below it as keys; what sets it may give it other keys."""
    by_key = snapshot.index.files[file.path].by_key
    asked = {one.call.start for one in file.facts.accesses if one.way and one.method == "get_tree()"}
    for above in branches(target.key):
        for use in by_key.get(above, ()):
            if _reads(use) and use.call.start not in asked and not asked_items(file.text, use.call.end):
                message = f"reads all of `{above.name}`: a key of that dict changes with it"
                yield Doubt(file.path, use.span, message)
            if use.kind != "read" and _is_unknown(given(use)) and item_in(snapshot, use, target.key) is None:
                yield Doubt(
                    file.path, use.span, f"gives `{above.name}` a value that may have the name as a key"
                )


def _reads(use: Use) -> bool:
    """Whether a call gives all that is below a name: it reads, or its default is a dict that goes somewhere."""
    value = given(use)
    if use.kind == "definition" and isinstance(use.source, Occurrence):
        return not use.source.discarded and (_is_unknown(value) or isinstance(value and value.value, dict))
    return use.kind == "read" and getattr(use.source, "method", "") not in _ASKING_ONLY


def _is_unknown(value: Expression | None) -> bool:
    return value is None or value.value is NOT_LITERAL
