"""All hyperparameters, for the view."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.report import Entry, ManagerEntries, ScopeEntries, report
from hpman_lsp.server.converting import convert
from hpman_lsp.server.converting.scope_ids import to_scope_reference
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire import extension_methods
from hpman_lsp.workspace.questions.describe import shortened, shown_value, type_of

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]
_LONGEST = 200  # characters of a value
_MOST_FILES = 3  # value files of which the value is shown: there may be one for each run


def tree(view: View, _: None) -> Json:
    """hpman/tree: all hyperparameters."""
    found = report(view.snapshot, partial(diagnostics, view.snapshot))
    return {"complete": view.snapshot.complete, "scopes": [_to_scope(view, one) for one in found]}


def _to_scope(view: View, found: ScopeEntries) -> Json:
    managers = [_to_manager(view, one) for one in found.managers]
    return {**to_scope_reference(view, found.scope), "managers": managers}


def _to_manager(view: View, found: ManagerEntries) -> Json:
    entries = [_to_hyperparameter(view, one) for one in found.entries]
    return {"name": found.manager, "hyperparameters": entries}


def _to_hyperparameter(view: View, entry: Entry) -> Mapping[str, object]:
    symbol = entry.symbol
    return {
        "name": symbol.key.name,
        "value": None if entry.value is None else shown_value(entry.value, _LONGEST),
        "type": type_of(entry.value),
        "fileValues": [
            {
                "value": shortened(one.written, _LONGEST),
                "location": convert.to_location(view, one.path, one.span),
            }
            for one in symbol.values[:_MOST_FILES]
        ],
        "moreFileValues": max(0, len(symbol.values) - _MOST_FILES),
        "definitions": [convert.to_location(view, use.path, use.span) for use in symbol.definitions],
        "hints": [{"key": hint.key, "value": shown_value(hint.value, _LONGEST)} for hint in entry.hints],
        "uses": len(symbol.uses),
        "files": len({use.path for use in symbol.uses}),
        "problems": entry.problems,
    }


METHOD = extension_methods.TREE
ROUTE = Route(tree, aside=True, placed=True)
