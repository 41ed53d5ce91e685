"""The outline of a file."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from hpman_lsp.features import symbols
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def document_symbol(
    view: View, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """textDocument/documentSymbol."""
    path = view.path(params.text_document.uri)
    if path is None or view.lines(path) is None:
        return None
    here = partial(convert.is_in, view, params.text_document.uri, path)
    found = (one for one in symbols.document_symbols(view.snapshot, path) if here(one.selection.start))
    return convert.to_document_symbols(view, path, found)


METHOD = types.TEXT_DOCUMENT_DOCUMENT_SYMBOL
ROUTE = Route(document_symbol)
