"""The values of a manager, as the library saves them."""

from __future__ import annotations

from typing import Any, TypeAlias

from hpman_lsp.features.saved_values import saved_values
from hpman_lsp.server.converting.scope_ids import scope_of
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire import extension_methods
from hpman_lsp.server.wire.extension_methods import (
    ManagerReference,
)

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]


def yaml(view: View, params: ManagerReference) -> Json:
    """hpman/yaml: the values of one manager, as the library saves them."""
    scope = scope_of(params.scope)
    if scope is None:
        return {"text": "", "omitted": []}
    found = saved_values(view.snapshot, scope, params.manager)
    return {"text": found.text, "omitted": [one._asdict() for one in found.omitted]}


METHOD = extension_methods.YAML
ROUTE = Route(yaml, aside=True)
