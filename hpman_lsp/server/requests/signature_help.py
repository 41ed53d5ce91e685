"""The hints of a name while a call is written."""

from __future__ import annotations

from lsprotocol import types

from hpman.static.facts import Span
from hpman_lsp.features import signature_help as feature
from hpman_lsp.features.signature_help import SignatureHelp
from hpman_lsp.server.converting import convert
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.text.lines import units


def signature_help(view: View, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """textDocument/signatureHelp."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = feature.signature_help(view.snapshot, *place)
    return found and _to_signature_help(view, found)


def _to_signature_help(view: View, found: SignatureHelp) -> types.SignatureHelp:
    def bounds(span: Span) -> tuple[int, int]:
        start, end = (units(found.label[:at], view.client.encoding) for at in span)
        return start, end

    parameters = [
        types.ParameterInformation(bounds(one.span), one.documentation)
        if view.client.label_offsets
        else types.ParameterInformation(found.label[slice(*one.span)], one.documentation)
        for one in found.parameters
    ]
    signature = types.SignatureInformation(found.label, found.documentation, parameters)
    return types.SignatureHelp([signature], 0, found.active)


METHOD = types.TEXT_DOCUMENT_SIGNATURE_HELP
ROUTE = Route(signature_help)
