"""Questions to a snapshot that several features ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse, entry_at


class Symbol(NamedTuple):
    """A hyperparameter as it is seen from one place.

    use: the use at that place; seen from a key of a value file, the use that tells most.
    uses: all that share it, by path and place, this one included.
    values: the keys of value files that give it a value, by path and place.
    """

    use: Use
    uses: tuple[Use, ...]
    values: tuple[ValueUse, ...] = ()

    @property
    def key(self) -> Key:
        """The manager and the name."""
        return self.use.key

    @property
    def definitions(self) -> tuple[Use, ...]:
        """The calls that give the default."""
        return tuple(use for use in self.uses if use.kind == "definition")

    @property
    def writes(self) -> tuple[Use, ...]:
        """The calls that give a value by name."""
        return tuple(use for use in self.uses if use.kind == "write")


def use_at(snapshot: Snapshot, path: str, offset: int) -> Use | None:
    """Find the use whose literal holds an offset: its quotes, and the place behind them, belong to it."""
    file = snapshot.index.files.get(path)
    if file is None:
        return None
    at = bisect_right(file.uses, offset, key=lambda use: use.literal.literal.start) - 1
    if at >= 0 and offset <= file.uses[at].literal.literal.end:
        return file.uses[at]
    return None


def called_at(snapshot: Snapshot, path: str, offset: int) -> Use | None:
    """Find the use whose manager's name holds an offset: `_` in `_("lr")`; None where a call has several uses."""
    file = snapshot.index.files.get(path)
    found = [use for use in file.uses if _on_callee(use, offset)] if file is not None else []
    return found[0] if len(found) == 1 else None


def symbol_of(snapshot: Snapshot, use: Use) -> Symbol:
    """Find everything that shares a use's hyperparameter."""
    uses = snapshot.uses(use.key, use.path)
    return Symbol(use, uses, values_of(snapshot, use.key, [one.path for one in uses]))


def symbol_at(snapshot: Snapshot, path: str, offset: int) -> Symbol | None:
    """Find the hyperparameter whose literal, or whose key in a value file, is at an offset; None off our names."""
    if path in snapshot.value_files:
        value = value_at(snapshot, path, offset)
        return None if value is None else symbol_of_value(snapshot, value)
    use = use_at(snapshot, path, offset)
    return None if use is None else symbol_of(snapshot, use)


def value_at(snapshot: Snapshot, path: str, offset: int) -> ValueUse | None:
    """Find the key of a value file at an offset: its quotes, and the place behind them, belong to it."""
    file = snapshot.value_files.get(path)
    found = None if file is None else entry_at(snapshot.values.entries(path), offset)
    return None if file is None or found is None else ValueUse(file, found)


def values_of(snapshot: Snapshot, key: Key, paths: Iterable[str]) -> tuple[ValueUse, ...]:
    """Find the keys of value files that give a name of Python files a value."""
    some = frozenset(paths)
    return tuple(
        ValueUse(file, entry)
        for file in snapshot.values.of(some, key.manager)
        for entry in snapshot.values.named(file.path, key.name)
        if entry.kind == "value"
    )


def programs_of(snapshot: Snapshot, value: ValueUse) -> tuple[Symbol, ...]:
    """Find the hyperparameters that a key of a value file names: one for each manager and program."""
    links, name = snapshot.values, value.entry.name
    found: list[Symbol] = []
    for key in links.keys(value.path, name):
        left = set(filter(links.shares(value.path, key.manager), snapshot.index.users(key).paths))
        while left:
            uses = snapshot.uses(key, min(left))
            left -= {use.path for use in uses}
            telling = telling_use(uses)
            found.append(Symbol(telling, uses, values_of(snapshot, key, [use.path for use in uses])))
    return tuple(found)


def symbol_of_value(snapshot: Snapshot, value: ValueUse) -> Symbol | None:
    """Find what a key of a value file names, all programs as one; None where nothing is known of it."""
    found = programs_of(snapshot, value)
    if not found:
        return _group_of_value(snapshot, value)
    uses = sorted((use for one in found for use in one.uses), key=lambda use: (use.path, use.span))
    values = {(one.path, one.span): one for symbol in found for one in symbol.values}
    telling = telling_use(one.use for one in found)
    return Symbol(telling, tuple(uses), tuple(values[place] for place in sorted(values)))


def telling_use(uses: Iterable[Use]) -> Use:
    """Return the use that tells most, of one or more: a default, else what sets a value; the first of several."""
    return min(uses, key=telling)


def telling(use: Use) -> int:
    """Return how little a use tells, to sort by."""
    return _RANK[use.kind]


_RANK = {"definition": 0, "write": 1, "read": 2}


def _group_of_value(snapshot: Snapshot, value: ValueUse) -> Symbol | None:
    """Find a group that no call names as such: seen from the first of its names."""
    links, index = snapshot.values, snapshot.index
    for group in (Key(manager, value.entry.name) for manager in index.managers):
        for below in index.nested(group):
            shares = links.shares(value.path, group.manager)
            use = next(index.uses(below, filter(shares, index.users(below).paths)), None)
            if use is not None:
                return Symbol(use._replace(key=group), ())
    return None


def members(snapshot: Snapshot, key: Key, path: str) -> tuple[Use, ...]:
    """Find the uses that give a value to names below a branch, as far as a file shares them."""
    shares = snapshot.reach.sees([path], key.manager)
    index = snapshot.index
    return tuple(
        use
        for below in index.nested(key)
        for use in index.uses(below, filter(shares, index.users(below).giving))
        if use.kind != "read"
    )


def _on_callee(use: Use, offset: int) -> bool:
    start = use.call.start
    return start <= offset <= start + len(use.source.callee)
