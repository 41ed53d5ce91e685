"""Counts above names."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features.code_lens import CodeLens, code_lenses
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire.extension_methods import SHOW_REFERENCES


def code_lens(view: View, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """textDocument/codeLens."""
    uri = params.text_document.uri
    path = view.path(uri)
    if path is None or view.lines(path) is None:
        return None
    found = code_lenses(view.snapshot, path)
    return [_to_code_lens(view, path, one) for one in found if convert.is_in(view, uri, path, one.span.start)]


def _to_code_lens(view: View, path: str, lens: CodeLens) -> types.CodeLens:
    """With the command that shows the uses, where the client has it; others show the title alone."""
    place = convert.to_range(view, path, lens.span)
    if SHOW_REFERENCES in view.client.extension.commands:
        command = types.Command(
            lens.title, SHOW_REFERENCES, arguments=[view.uri(path, lens.span.start), place.start]
        )
    else:
        command = types.Command(lens.title, "")
    return types.CodeLens(place, command)


METHOD = types.TEXT_DOCUMENT_CODE_LENS
ROUTE = Route(code_lens)
