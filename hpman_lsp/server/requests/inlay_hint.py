"""Values beside names."""

from __future__ import annotations

from lsprotocol import types

from hpman.static.facts import Span
from hpman_lsp.features.inlay_hints import InlayHint, inlay_hints
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """textDocument/inlayHint."""
    uri, asked = params.text_document.uri, params.range
    start, end = (convert.from_position(view, uri, at) for at in (asked.start, asked.end))
    if start is None or end is None:
        return None
    found = inlay_hints(view.snapshot, start.path, Span(start.offset, end.offset))
    return [_to_inlay_hint(view, start.path, one) for one in found]


def _to_inlay_hint(view: View, path: str, hint: InlayHint) -> types.InlayHint:
    at = convert.to_range(view, path, Span(hint.offset, hint.offset)).start
    return types.InlayHint(at, hint.label, tooltip=hint.tooltip, padding_left=True)


METHOD = types.TEXT_DOCUMENT_INLAY_HINT
ROUTE = Route(inlay_hint)
