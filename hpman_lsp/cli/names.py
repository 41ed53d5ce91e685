"""The hyperparameters of an opened workspace, one for each name of each program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hpman._names import alike, did_you_mean
from hpman.static.facts import Expression
from hpman_lsp.workspace.index.index import Key, Use, with_branches
from hpman_lsp.workspace.programs.programs import Program
from hpman_lsp.workspace.questions.describe import given, program_name, type_of
from hpman_lsp.workspace.questions.in_program import Part, parts_in
from hpman_lsp.workspace.questions.lookup import Symbol, symbol_of
from hpman_lsp.workspace.values.files import ValueUse

from .errors import CommandError
from .plain import plain
from .project import Opened, position, shown


def parts(opened: Opened, manager: str | None = None) -> Iterator[Part]:
    """Yield the hyperparameters that the asked files use or give a value, by manager and name, each as its programs
    have it.

    Where programs take a value from different files, each has its own.
    """
    for key in sorted(opened.snapshot.index.keys):
        if manager in (None, key.manager):
            yield from filter(
                partial(_is_asked, opened), parts_in(opened.snapshot, key, _programs(opened, key))
            )


def named(opened: Opened, name: str, manager: str | None) -> tuple[Part, ...]:
    """Give the hyperparameters of a name, and those of a group of this name; raises CommandError if there is none."""
    known = list(parts(opened, manager))
    found = [one for one in known if one.symbol.key.name == name]
    found = found or [one for one in known if one.symbol.key.name.startswith(f"{name}.")]
    if not found:
        keys = {one.symbol.key for one in known}
        meant = did_you_mean(alike(name, sorted({one.name for one in with_branches(keys)})))
        raise CommandError(f"no hyperparameter is called `{name}` here{meant}")
    return tuple(found)


def referred(opened: Opened, name: str, manager: str | None) -> tuple[Symbol, ...]:
    """Return the same as `named` with all that shares a name: of a name there is one, whatever programs make of it."""
    wide = (symbol_of(opened.snapshot, one.symbol.use) for one in named(opened, name, manager))
    return tuple({(one.key, one.uses[0].path, one.uses[0].span): one for one in wide}.values())


def described(opened: Opened, part: Part) -> dict[str, object]:
    """Give all of a hyperparameter as JSON."""
    symbol = part.symbol
    telling = symbol.use
    value = default_of(part)
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
        "programs": program_names(opened, part),
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


def default_of(part: Part) -> Expression | None:
    """Return the value that a hyperparameter has in its programs; None where they have several defaults of it."""
    shown = {value.text for use in part.symbol.definitions if (value := given(use)) is not None}
    return given(part.symbol.use) if len(shown) < 2 else None


def program_names(opened: Opened, part: Part) -> list[str]:
    """Return what the programs are called that have a hyperparameter."""
    return [program_name(opened.snapshot, one) for one in part.programs]


def _programs(opened: Opened, key: Key) -> frozenset[Program]:
    """Return the programs of which something is asked that may have a name."""
    snapshot = opened.snapshot
    of_values = any(map(opened.covers, snapshot.value_files))
    asked = (path for path in snapshot.index.users(key).paths if of_values or opened.covers(path))
    return frozenset().union(*(snapshot.programs.seen_from(path, key.manager) for path in asked))


def _is_asked(opened: Opened, part: Part) -> bool:
    return any(opened.covers(one.path) for some in (part.symbol.uses, part.symbol.values) for one in some)
