"""What a name's value is, as far as the source tells, and what is shown of it in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hpman_lsp.workspace.configuration.display import Display
from hpman_lsp.workspace.configuration.projects import project_of
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse

from .describe import given
from .lookup import Symbol


def giver_in_force(symbol: Symbol) -> Use | ValueUse | None:
    """Give what gives a hyperparameter its value: a key of a value file before the default, as that is what it is for.

    None where nothing does, or several say different things.
    """
    if not symbol.values:
        return only_giver(symbol)
    agree = len({value.written for value in symbol.values}) == 1 and not symbol.writes
    return symbol.values[0] if agree else None


def only_giver(symbol: Symbol) -> Use | None:
    """Give the use that gives a hyperparameter's value; None where nothing does, or several say different things."""
    givers = (*symbol.definitions, *symbol.writes)
    values = {value.text if (value := given(use)) is not None else None for use in givers}
    return givers[0] if len(values) == 1 and None not in values else None


def display_in(snapshot: Snapshot, path: str) -> Display:
    """Give what is shown in a file: what the user sets, but for what its project says."""
    project = project_of(snapshot.projects, path)
    if project is None:
        return snapshot.settings.display
    changes: dict[str, Any] = {change.field: change.value for change in project.display}
    return replace(snapshot.settings.display, **changes)
