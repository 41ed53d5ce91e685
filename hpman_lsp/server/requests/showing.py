"""What is shown beside the source: inlay hints, code lenses, signatures. Convert, ask the feature, convert."""

from __future__ import annotations

from lsprotocol import types

from hpman.static.facts import Span
from hpman_lsp.features.code_lens import CodeLens, code_lenses
from hpman_lsp.features.inlay_hints import InlayHint, inlay_hints
from hpman_lsp.features.signature_help import SignatureHelp
from hpman_lsp.features.signature_help import signature_help as describe_call
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests import convert
from hpman_lsp.server.wire.extension_methods import SHOW_REFERENCES
from hpman_lsp.text.lines import units


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """textDocument/inlayHint."""
    uri, asked = params.text_document.uri, params.range
    start, end = (convert.from_position(view, uri, at) for at in (asked.start, asked.end))
    if start is None or end is None:
        return None
    found = inlay_hints(view.snapshot, start.path, Span(start.offset, end.offset))
    return [_to_inlay_hint(view, start.path, one) for one in found]


def code_lens(view: View, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """textDocument/codeLens."""
    uri = params.text_document.uri
    path = view.path(uri)
    if path is None or view.lines(path) is None:
        return None
    found = code_lenses(view.snapshot, path)
    return [_to_code_lens(view, path, one) for one in found if convert.is_in(view, uri, path, one.span.start)]


def signature_help(view: View, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """textDocument/signatureHelp."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = describe_call(view.snapshot, *place)
    return found and _to_signature_help(view, found)


def _to_inlay_hint(view: View, path: str, hint: InlayHint) -> types.InlayHint:
    at = convert.to_range(view, path, Span(hint.offset, hint.offset)).start
    return types.InlayHint(at, hint.label, tooltip=hint.tooltip, padding_left=True)


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
