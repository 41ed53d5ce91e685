"""The hyperparameters of an opened workspace, one for each name of each program."""

from __future__ import annotations

from collections.abc import Iterator

from hpman._names import alike, did_you_mean
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.questions.describe import given, type_of
from hpman_lsp.workspace.questions.lookup import Symbol, values_of
from hpman_lsp.workspace.values.files import ValueUse

from .errors import CommandError
from .plain import plain
from .project import Opened, position, shown


def symbols(opened: Opened, manager: str | None = None) -> Iterator[Symbol]:
    """Give the hyperparameters that the asked files use or give a value, by manager and name, each as its program
    sees it.

    Their `use` is the one that tells most: a default, else what sets a value.
    """
    for key in sorted(opened.snapshot.index.keys):
        if manager in (None, key.manager):
            yield from _of_each_program(opened, key)


def named(opened: Opened, name: str, manager: str | None) -> tuple[Symbol, ...]:
    """Give the hyperparameters of a name, and those of a group of this name; raises CommandError if there is none."""
    known = list(symbols(opened, manager))
    found = [one for one in known if one.key.name == name]
    found = found or [one for one in known if one.key.name.startswith(f"{name}.")]
    if not found:
        groups = {above.name for one in known for above in branches(one.key)}
        meant = did_you_mean(alike(name, sorted(groups.union(one.key.name for one in known))))
        raise CommandError(f"no hyperparameter is called `{name}` here{meant}")
    return tuple(found)


def described(opened: Opened, symbol: Symbol) -> dict[str, object]:
    """Give all of a hyperparameter as JSON."""
    telling = symbol.use
    value = given(telling)
    hints = {hint.key: hint.value.text for hint in getattr(telling.source, "hints", ())}
    return {
        "name": symbol.key.name,
        "manager": symbol.key.manager,
        "type": type_of(value),
        "value": None if value is None else plain(value.value),
        "source": None if value is None else value.text,
        "hints": hints,
        "defaults": [place_of(opened, use) for use in symbol.definitions],
        "uses": [{"kind": use.kind, **place_of(opened, use)} for use in symbol.uses],
        "values": [{**place_of(opened, one), **_value_of(one)} for one in symbol.values],
    }


def _value_of(value: ValueUse) -> dict[str, object]:
    return {"value": plain(value.file.value(value.entry)), "source": value.written}


def place_of(opened: Opened, use: Use | ValueUse) -> dict[str, object]:
    """Give where the characters of a name are, as JSON: lines and columns from 1, in characters."""
    line, column = position(opened.snapshot, use.path, use.span.start)
    return {"path": shown(use.path), "line": line, "column": column}


def place(opened: Opened, use: Use | ValueUse) -> str:
    """Give where a name is, as people write it: `train.py:12`."""
    line, _ = position(opened.snapshot, use.path, use.span.start)
    return f"{shown(use.path)}:{line}"


def _of_each_program(opened: Opened, key: Key) -> Iterator[Symbol]:
    snapshot = opened.snapshot
    left = snapshot.index.users(key).paths
    while left:
        path = min(left)
        linked = snapshot.reach.linked(snapshot.index, key, path)
        uses = tuple(snapshot.index.uses(key, linked & left))
        left = left - linked
        values = values_of(snapshot, key, linked)
        if any(map(opened.covers, [*(use.path for use in uses), *(value.path for value in values)])):
            yield Symbol(min(uses, key=lambda use: _RANK[use.kind]), uses, values)


_RANK = {"definition": 0, "write": 1, "read": 2}
