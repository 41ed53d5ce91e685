"""What a hyperparameter is."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from hpman_lsp.features import hover as feature
from hpman_lsp.server.converting import convert
from hpman_lsp.server.converting.hover_commands import with_commands
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def hover(view: View, params: types.HoverParams) -> types.Hover | None:
    """textDocument/hover."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    link = partial(convert.to_line_link, view) if view.client.markdown_links else None
    found = feature.hover(view.snapshot, *place, link)
    return found and with_commands(view, place.path, found, convert.to_hover(view, place.path, found))


METHOD = types.TEXT_DOCUMENT_HOVER
ROUTE = Route(hover)
