"""Fixes and refactorings at a selection."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import code_actions
from hpman_lsp.features.diagnostics import diagnostics as diagnose
from hpman_lsp.server.converting import convert_edits
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def code_action(view: View, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """textDocument/codeAction."""
    if (selection := convert_edits.from_range(view, params.text_document.uri, params.range)) is None:
        return None
    wanted = convert_edits.from_kinds(params.context.only)
    return [
        convert_edits.to_code_action(view, selection.path, action)
        for action in code_actions.code_actions(
            view.snapshot, selection.path, selection.span, wanted, diagnose
        )
        if action.doubt is None or convert_edits.can_ask(view)
    ]


METHOD = types.TEXT_DOCUMENT_CODE_ACTION
ROUTE = Route(code_action, aside=True, placed=True)
