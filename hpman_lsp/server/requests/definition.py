"""Where a hyperparameter has its default."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import definition as feature
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def definition(
    view: View, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | None:
    """textDocument/definition."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = feature.definition(view.snapshot, *place)
    return found and convert.to_definition(view, place.path, found)


METHOD = types.TEXT_DOCUMENT_DEFINITION
ROUTE = Route(definition, placed=True)
