"""What is wrong in a file, for a client that asks."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.features import diagnostics
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def diagnostic(view: View, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """textDocument/diagnostic, offered only to a client that cannot be pushed to."""
    path = view.path(params.text_document.uri)
    known = path is not None and view.lines(path) is not None and view.snapshot.complete
    found = diagnostics.diagnostics(view.snapshot, path) if path is not None and known else ()
    items = [convert.to_diagnostic(view, path or "", item) for item in found]
    return types.RelatedFullDocumentDiagnosticReport(items=items)


METHOD = types.TEXT_DOCUMENT_DIAGNOSTIC
ROUTE = Route(diagnostic)
