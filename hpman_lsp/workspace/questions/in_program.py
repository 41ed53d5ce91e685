"""A hyperparameter as each program has it: what somebody means who looks at a file, or at a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.programs.programs import Program
from hpman_lsp.workspace.snapshot import Snapshot

from .lookup import Symbol, symbol_of, telling_use, values_of


class Part(NamedTuple):
    """A hyperparameter as some programs have it, which take its value from the same files.

    programs: in order.
    symbol: its uses in them; its `use` is the one that tells most.
    """

    programs: tuple[Program, ...]
    symbol: Symbol


def parts_seen(snapshot: Snapshot, key: Key, path: str) -> tuple[Part, ...]:
    """Return a hyperparameter as the programs have it that are meant in a file."""
    return parts_in(snapshot, key, snapshot.programs.seen_from(path, key.manager))


def parts_in(snapshot: Snapshot, key: Key, programs: frozenset[Program]) -> tuple[Part, ...]:
    """Return a hyperparameter as some programs have it; without those that give it no value, where others do."""
    users = snapshot.index.users(key)
    reading = {path: snapshot.programs.reading(path, key.manager) & programs for path in users.paths}
    groups = _by_givers(reading, users.giving)
    giving = {givers: some for givers, some in groups.items() if givers}
    found = [_part(snapshot, key, reading, frozenset(some)) for some in (giving or groups).values()]
    if not giving and any(_may_read_more(snapshot, one, key.manager) for one in programs):
        found = [_widened(snapshot, one) for one in found]
    return tuple(sorted(found, key=lambda one: one.programs))


def symbol_seen(snapshot: Snapshot, use: Use) -> Symbol:
    """Return what a use's hyperparameter is in the programs that are meant in its file, all as one."""
    return merged(use, parts_seen(snapshot, use.key, use.path))


def merged(use: Use, parts: Iterable[Part]) -> Symbol:
    """Return what several programs have of a use's hyperparameter, as one."""
    symbols = [one.symbol for one in parts]
    uses = {(one.path, one.span): one for symbol in symbols for one in symbol.uses}
    values = {(one.path, one.span): one for symbol in symbols for one in symbol.values}
    return Symbol(use, tuple(uses[at] for at in sorted(uses)), tuple(values[at] for at in sorted(values)))


def _may_read_more(snapshot: Snapshot, program: Program, manager: str) -> bool:
    """Return whether a program may read what it neither parses nor imports: nothing says all that it parses."""
    return program.scope.kind == "default" or snapshot.programs.reads_more(program, manager)


def _widened(snapshot: Snapshot, part: Part) -> Part:
    """Return a part with all that its programs may read besides, of which nothing is known."""
    wide = symbol_of(snapshot, part.symbol.use)
    return part._replace(symbol=wide._replace(use=telling_use(wide.uses)))


def _by_givers(
    reading: Mapping[str, frozenset[Program]], giving: frozenset[str]
) -> dict[tuple[str, ...], list[Program]]:
    """Group the programs that read some files by those of the files that give them a value."""
    givers: dict[Program, list[str]] = {}
    for path in sorted(reading):
        for program in reading[path]:
            some = givers.setdefault(program, [])
            if path in giving:
                some.append(path)
    groups: dict[tuple[str, ...], list[Program]] = {}
    for program, paths in givers.items():
        groups.setdefault(tuple(paths), []).append(program)
    return groups


def _part(
    snapshot: Snapshot, key: Key, reading: Mapping[str, frozenset[Program]], programs: frozenset[Program]
) -> Part:
    paths = [path for path, some in reading.items() if not some.isdisjoint(programs)]
    uses = tuple(snapshot.index.uses(key, paths))
    entries = {one.entry for one in programs}
    own = [use for use in uses if use.path in entries and use.kind == "definition"]
    telling = telling_use(own or uses)
    return Part(tuple(sorted(programs)), Symbol(telling, uses, values_of(snapshot, key, paths)))
