"""One function a request: convert, ask the feature, convert. Each reads one frozen view."""

from __future__ import annotations

from functools import partial

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hpman_lsp.features.code_actions import code_actions as offer
from hpman_lsp.features.completion import completion as complete
from hpman_lsp.features.definition import definition as define
from hpman_lsp.features.diagnostics import diagnostics as diagnose
from hpman_lsp.features.highlights import highlights as highlight
from hpman_lsp.features.hover import hover as describe
from hpman_lsp.features.references import references as refer
from hpman_lsp.features.rename import prepare_rename as prepare
from hpman_lsp.features.rename import rename as rename_shown
from hpman_lsp.features.rename import rename_whole, told
from hpman_lsp.features.symbols import document_symbols as outline
from hpman_lsp.features.symbols import workspace_symbols as find_symbols
from hpman_lsp.refactoring.renaming import Refusal
from hpman_lsp.server.dispatch import Noticed
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests import convert, convert_edits
from hpman_lsp.server.requests.hover_commands import with_commands


class RequestFailed(JsonRpcException):
    """A request that was understood and cannot be done; the editor shows the message."""

    CODE = types.LSPErrorCodes.RequestFailed


def hover(view: View, params: types.HoverParams) -> types.Hover | None:
    """textDocument/hover."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    link = partial(convert.to_line_link, view) if view.client.markdown_links else None
    found = describe(view.snapshot, *place, link)
    return found and with_commands(view, place.path, found, convert.to_hover(view, place.path, found))


def definition(
    view: View, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | None:
    """textDocument/definition."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = define(view.snapshot, *place)
    return found and convert.to_definition(view, place.path, found)


def references(view: View, params: types.ReferenceParams) -> list[types.Location] | None:
    """textDocument/references."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = refer(view.snapshot, *place, params.context.include_declaration)
    return None if found is None else [convert.to_location(view, *location) for location in found]


def document_highlight(
    view: View, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    """textDocument/documentHighlight."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = highlight(view.snapshot, *place)
    if found is None:
        return None
    here = partial(convert.is_in, view, params.text_document.uri, place.path)
    return [convert.to_highlight(view, place.path, use) for use in found if here(use.span.start)]


def prepare_rename(view: View, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """textDocument/prepareRename."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = prepare(view.snapshot, *place)
    return found and convert.to_prepared(view, place.path, found)


def rename(view: View, params: types.RenameParams) -> types.WorkspaceEdit | Noticed | None:
    """textDocument/rename: all or nothing; where there is a doubt, to be confirmed, or else told.

    Raises: RequestFailed, with the reason for the user, if it is refused.
    """
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    rename_at = rename_shown if view.client.prepare_rename else rename_whole
    found = rename_at(view.snapshot, *place, params.new_name)
    if found is None:
        return None
    if isinstance(found, Refusal):
        raise RequestFailed(found.message)
    doubt = told(view.snapshot, found)
    if doubt is None:
        return convert_edits.to_workspace_edit(view, found.edits)
    if convert_edits.can_ask(view):
        return convert_edits.to_workspace_edit(view, found.edits, convert_edits.to_confirm("Rename", doubt))
    return Noticed(convert_edits.to_workspace_edit(view, found.edits), doubt)


def completion(view: View, params: types.CompletionParams) -> types.CompletionList | None:
    """textDocument/completion."""
    if (place := convert.from_position(view, params.text_document.uri, params.position)) is None:
        return None
    found = complete(view.snapshot, *place)
    return None if found is None else convert.to_completions(view, place.path, found)


def code_action(view: View, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """textDocument/codeAction."""
    if (selection := convert_edits.from_range(view, params.text_document.uri, params.range)) is None:
        return None
    wanted = convert_edits.from_kinds(params.context.only)
    return [
        convert_edits.to_code_action(view, selection.path, action)
        for action in offer(view.snapshot, selection.path, selection.span, wanted, diagnose)
        if action.doubt is None or convert_edits.can_ask(view)
    ]


def document_symbol(
    view: View, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """textDocument/documentSymbol."""
    path = view.path(params.text_document.uri)
    if path is None or view.lines(path) is None:
        return None
    here = partial(convert.is_in, view, params.text_document.uri, path)
    symbols = (one for one in outline(view.snapshot, path) if here(one.selection.start))
    return convert.to_document_symbols(view, path, symbols)


def workspace_symbol(view: View, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    """workspace/symbol."""
    return [convert.to_workspace_symbol(view, symbol) for symbol in find_symbols(view.snapshot, params.query)]


def diagnostic(view: View, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """textDocument/diagnostic, offered only to a client that cannot be pushed to."""
    path = view.path(params.text_document.uri)
    known = path is not None and view.lines(path) is not None and view.snapshot.complete
    found = diagnose(view.snapshot, path) if path is not None and known else ()
    items = [convert.to_diagnostic(view, path or "", item) for item in found]
    return types.RelatedFullDocumentDiagnosticReport(items=items)
