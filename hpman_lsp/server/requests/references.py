"""Every use of a hyperparameter."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import references as feature
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def references(view: View, params: types.ReferenceParams) -> list[types.Location] | None:
    """textDocument/references."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = feature.references(view.snapshot, *place, params.context.include_declaration)
    return None if found is None else [convert.to_location(view, *location) for location in found]


METHOD = types.TEXT_DOCUMENT_REFERENCES
ROUTE = Route(references, aside=True, placed=True)
