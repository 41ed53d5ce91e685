"""The uses of one hyperparameter, for the view."""

from __future__ import annotations

from typing import Any, TypeAlias

from hpman_lsp.features import uses as feature
from hpman_lsp.server.converting import convert
from hpman_lsp.server.converting.scope_ids import scope_of
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire import extension_methods
from hpman_lsp.server.wire.extension_methods import (
    HyperparameterReference,
)
from hpman_lsp.workspace.index.index import Key

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]


def uses(view: View, params: HyperparameterReference) -> list[Json]:
    """hpman/uses: those of one hyperparameter."""
    scope = scope_of(params.scope)
    found = feature.uses(view.snapshot, scope, Key(params.manager, params.name)) if scope is not None else ()
    return [
        {"location": convert.to_location(view, one.path, one.span), "kind": one.kind, "text": one.text}
        for one in found
    ]


METHOD = extension_methods.USES
ROUTE = Route(uses, aside=True, placed=True)
