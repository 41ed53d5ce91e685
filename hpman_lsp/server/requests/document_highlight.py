"""The uses of a hyperparameter in one file."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from hpman_lsp.features import highlights
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def document_highlight(
    view: View, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    """textDocument/documentHighlight."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = highlights.highlights(view.snapshot, *place)
    if found is None:
        return None
    here = partial(convert.is_in, view, params.text_document.uri, place.path)
    return [convert.to_highlight(view, place.path, use) for use in found if here(use.span.start)]


METHOD = types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT
ROUTE = Route(document_highlight)
