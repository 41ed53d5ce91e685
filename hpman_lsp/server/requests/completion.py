"""The names that can stand at the cursor."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import completion as feature
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def completion(view: View, params: types.CompletionParams) -> types.CompletionList | None:
    """textDocument/completion."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = feature.completion(view.snapshot, *place)
    return None if found is None else convert.to_completions(view, place.path, found)


METHOD = types.TEXT_DOCUMENT_COMPLETION
ROUTE = Route(completion)
