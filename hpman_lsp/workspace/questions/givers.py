"""What may give a name a value though no call is seen to: the reasons not to say that nothing does; in no order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hpman.static.facts import NOT_LITERAL, Access, Expression, Occurrence
from hpman.static.scoping.bindings import HANDED_OVER
from hpman_lsp.text.rich_text import Code, Line
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.snapshot import Snapshot

from .describe import given, shortened

_LONGEST = 40  # characters of a call that are shown
_MAY_SET = " may set it"


class Reason(NamedTuple):
    """Why a value of a name cannot be ruled out: a sentence, `before`, a place, `after`.

    offset: None for a file as a whole.
    """

    path: str
    offset: int | None
    before: Line
    after: str


def may_set(snapshot: Snapshot, path: str, key: Key) -> Iterator[Reason]:
    """Find what may set a name, of what runs with a file, under a name that only running it can tell."""
    shares = snapshot.reach.sees([path], key.manager)
    yield from _unseen(snapshot, key, shares)
    yield from _broken_value_files(snapshot, path, key)
    exporting = snapshot.index.exporting.get(key.manager, frozenset())
    if _may_run_anything(snapshot, path, key, shares):
        yield from _elsewhere(
            snapshot, key, lambda other: not shares(other), "may run too: files are loaded by name"
        )
    elif exporting:
        hands_over = snapshot.reach.sees(exporting, key.manager)
        yield from _elsewhere(
            snapshot,
            key,
            lambda other: not shares(other) and hands_over(other),
            "hands its values to other processes",
        )


def is_asked_for(snapshot: Snapshot, path: str, key: Key) -> Iterator[Reason]:
    """Find where the program asks first whether a name has a value, so that it reckons with none."""
    shares = snapshot.reach.sees([path], key.manager)
    yield from _asked(snapshot, key, shares)


def _unseen(snapshot: Snapshot, key: Key, runs: Callable[[str], bool]) -> Iterator[Reason]:
    index = snapshot.index
    for path in filter(runs, index.open_ended.get(key.manager, ())):
        yield from _in_file(snapshot, path, key.manager)
    for path in filter(runs, index.perhaps.get(key, ())):
        yield Reason(path, None, ("a call with ", Code(f'"{key.name}"'), " in "), " may be the manager's")
    for path in filter(runs, snapshot.unreadable):
        yield Reason(path, None, (), " could not be read, and" + _MAY_SET)
    for branch in branches(key):
        for use in index.uses(branch, filter(runs, index.users(branch).giving)):
            if use.kind == "write" and _may_be_dict(given(use)):
                yield Reason(
                    use.path,
                    use.span.start,
                    ("the dict that sets ", Code(branch.name), " in "),
                    " may have it",
                )


def _in_file(snapshot: Snapshot, path: str, manager: str) -> Iterator[Reason]:
    """Find the calls in a file that may set any name."""
    file = snapshot.files[path]
    found = False
    sources: tuple[Occurrence | Access, ...] = (*file.facts.accesses, *file.facts.occurrences)
    for one in sources:
        sets = one.kind == "write" if isinstance(one, Access) else one.default is not None
        if one.name is None and sets and snapshot.manager(file, one.callee, one.scope, one.call) == manager:
            found = True
            yield Reason(path, one.call.start, (Code(_shown(one, file.text)), " in "), _MAY_SET)
    for by, call in snapshot.index.files[path].parses:
        if by == manager and call.more:
            found = True
            yield Reason(
                path,
                call.call.start,
                (Code(f"{call.callee}.parse_file(...)"), " in "),
                " may read files that have it",
            )
    if not found:
        yield Reason(path, None, ("what only running it can tell in ",), _MAY_SET)


def _shown(one: Occurrence | Access, text: str) -> str:
    if isinstance(one, Access) and one.method != HANDED_OVER:
        return f"{one.callee}.{one.method.removesuffix('()')}(...)"
    return shortened(text[slice(*one.call)], _LONGEST)


def _may_be_dict(value: Expression | None) -> bool:
    return value is None or value.value is NOT_LITERAL or isinstance(value.value, dict)


def _broken_value_files(snapshot: Snapshot, path: str, key: Key) -> Iterator[Reason]:
    for file in snapshot.values.of([path], key.manager):
        if file.is_broken:
            yield Reason(file.path, None, (), " cannot be read to its end, and" + _MAY_SET)


def _asked(snapshot: Snapshot, key: Key, runs: Callable[[str], bool]) -> Iterator[Reason]:
    index = snapshot.index
    for use in index.uses(key, filter(runs, index.users(key).paths)):
        if _is_lenient(use):
            yield Reason(use.path, use.span.start, (), " reckons with no value")


def _is_lenient(use: Use) -> bool:
    return isinstance(use.source, Access) and use.source.lenient


def _may_run_anything(snapshot: Snapshot, path: str, key: Key, shares: Callable[[str], bool]) -> bool:
    """Whether any file of the workspace may run too: then none is too far away."""
    return any(map(shares, snapshot.index.running_any)) or snapshot.reach.loads(path, key.manager)


def _elsewhere(
    snapshot: Snapshot, key: Key, is_apart: Callable[[str], bool], because: str
) -> Iterator[Reason]:
    index = snapshot.index
    for one in (key, *index.nested(key)):
        for use in index.uses(one, filter(is_apart, index.users(one).giving)):
            yield Reason(use.path, use.span.start, (), f" sets it, and {because}")
    yield from _unseen(snapshot, key, is_apart)
    yield from _asked(snapshot, key, is_apart)
