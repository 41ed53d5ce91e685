"""What a file belongs to, for the status."""

from __future__ import annotations

from typing import Any, TypeAlias

from hpman_lsp.server.converting.scope_ids import to_scope_reference
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire import extension_methods
from hpman_lsp.server.wire.extension_methods import (
    DocumentReference,
)

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]


def scope(view: View, params: DocumentReference) -> Json:
    """hpman/scope: what a file belongs to."""
    path = view.path(params.textDocument.uri)
    file = view.snapshot.index.files.get(path) if path is not None else None
    if path is None or file is None:
        return {"scopes": [], "hyperparameters": 0}
    managers = {key.manager for key in file.by_key} or {manager for manager, _ in file.parses}
    found = {scope for manager in managers for scope in view.snapshot.scopes.of(path, manager).scopes}
    return {
        "scopes": [to_scope_reference(view, one) for one in sorted(found)],
        "hyperparameters": len(file.by_key),
    }


METHOD = extension_methods.SCOPE
ROUTE = Route(scope)
