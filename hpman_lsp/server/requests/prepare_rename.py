"""What a rename would change."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import rename
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def prepare_rename(view: View, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """textDocument/prepareRename."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = rename.prepare_rename(view.snapshot, *place)
    return found and convert.to_prepared(view, place.path, found)


METHOD = types.TEXT_DOCUMENT_PREPARE_RENAME
ROUTE = Route(prepare_rename)
