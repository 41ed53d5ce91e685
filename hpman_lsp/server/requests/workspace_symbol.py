"""Hyperparameters by a part of their name."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import symbols
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def workspace_symbol(view: View, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    """workspace/symbol."""
    return [
        convert.to_workspace_symbol(view, symbol)
        for symbol in symbols.workspace_symbols(view.snapshot, params.query)
    ]


METHOD = types.WORKSPACE_SYMBOL
ROUTE = Route(workspace_symbol, aside=True)
