"""All edits of a rename, or the reason why there are none."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import rename as feature
from hpman_lsp.refactoring.renaming import Refusal
from hpman_lsp.server.converting import convert, convert_edits
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Noticed, RequestFailed, Route


def rename(view: View, params: types.RenameParams) -> types.WorkspaceEdit | Noticed | None:
    """textDocument/rename: all or nothing; where there is a doubt, to be confirmed, or else told.

    Raises: RequestFailed, with the reason for the user, if it is refused.
    """
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    rename_at = feature.rename if view.client.prepare_rename else feature.rename_whole
    found = rename_at(view.snapshot, *place, params.new_name)
    if found is None:
        return None
    if isinstance(found, Refusal):
        raise RequestFailed(found.message)
    doubt = feature.told(view.snapshot, found)
    if doubt is None:
        return convert_edits.to_workspace_edit(view, found.edits)
    if convert_edits.can_ask(view):
        return convert_edits.to_workspace_edit(view, found.edits, convert_edits.to_confirm("Rename", doubt))
    return Noticed(convert_edits.to_workspace_edit(view, found.edits), doubt)


METHOD = types.TEXT_DOCUMENT_RENAME
ROUTE = Route(rename, aside=True, whole=True, placed=True)
