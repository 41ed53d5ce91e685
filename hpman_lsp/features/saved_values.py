"""The values of a program's manager as a file, as the library itself writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hpman._names import fault_of
from hpman.static.facts import NOT_LITERAL, Expression
from hpman.valuefiles.encoding import NotEncodableError, encoded, text_of
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import given
from hpman_lsp.workspace.questions.in_force import only_giver
from hpman_lsp.workspace.questions.listing import keys_by_scope, symbols_in
from hpman_lsp.workspace.questions.lookup import Symbol
from hpman_lsp.workspace.snapshot import Snapshot


class Omitted(NamedTuple):
    """A name that has no value to be saved, and why."""

    name: str
    reason: str


class SavedValues(NamedTuple):
    """text: of a YAML file that `load_values` takes."""

    text: str
    omitted: tuple[Omitted, ...]


def saved_values(snapshot: Snapshot, scope: Scope, manager: str) -> SavedValues:
    """Give the values that a scope's source has for one manager, by name."""
    values: dict[str, object] = {}
    omitted: list[Omitted] = []
    for key in _keys(snapshot, scope, manager):
        value = _value(key, tuple(symbols_in(snapshot, scope, key)))
        if isinstance(value, NotEncodableError):
            omitted.append(Omitted(key.name, str(value)))
        else:
            values[key.name] = value
    return SavedValues(text_of(values, "yaml"), tuple(omitted))


def as_saved(value: Expression) -> object:
    """Give what is written for a value, as the file holds it; or the error that tells why it cannot be."""
    if value.value is NOT_LITERAL:
        return NotEncodableError("only running the program can tell its value")
    try:
        return encoded(value.value, value.value, "yaml")
    except NotEncodableError as error:
        return error


def _keys(snapshot: Snapshot, scope: Scope, manager: str) -> list[Key]:
    return [key for key in keys_by_scope(snapshot).get(scope, {}) if key.manager == manager]


def _value(key: Key, symbols: Sequence[Symbol]) -> object:
    """Give a value as the file holds it, or the error that tells why there is none."""
    fault = fault_of(key.name, ".")
    givers = [only_giver(one) for one in symbols]
    values = {value.text: value for one in givers if one is not None and (value := given(one)) is not None}
    value = next(iter(values.values())) if len(values) == 1 and None not in givers else None
    if fault:
        return NotEncodableError(fault)
    if value is None:
        several = sum(len(one.definitions) + len(one.writes) for one in symbols) > 1
        return NotEncodableError("it has several values" if several else "nothing gives it a value")
    return as_saved(value)
