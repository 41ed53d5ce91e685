"""Between plain data and the protocol: `from_*` reads what the client sends, `to_*` makes what it gets.

Everything is read from one `View`: positions in the client's encoding, addresses in the client's spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lsprotocol import types

from hpman.static.facts import Span
from hpman_lsp.features.completion import Completion
from hpman_lsp.features.definition import Definition, Target
from hpman_lsp.features.highlights import Highlight
from hpman_lsp.features.hover import Hover
from hpman_lsp.features.rename import Prepared
from hpman_lsp.features.symbols import DocumentSymbol, WorkspaceSymbol
from hpman_lsp.rules.helpers.finding import Diagnostic, Related
from hpman_lsp.server.documents.uris import is_cell
from hpman_lsp.server.documents.view import View
from hpman_lsp.text.lines import Lines

SOURCE = "hpman"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_HIGHLIGHTS = {"read": types.DocumentHighlightKind.Read, "write": types.DocumentHighlightKind.Write}
_SYMBOLS = {
    "definition": types.SymbolKind.Constant,
    "write": types.SymbolKind.Variable,
    "read": types.SymbolKind.Key,
}


class Place(NamedTuple):
    """A cursor, as features want it."""

    path: str
    offset: int


def from_position(view: View, uri: str, position: types.Position) -> Place | None:
    """The file and offset of a position; None where the file is not known."""
    path = view.path(uri)
    lines = view.lines(path) if path else None
    if path is None or lines is None:
        return None
    line = position.line + view.first_line(uri)
    return Place(path, lines.offset(line, position.character, view.client.encoding))


def is_in(view: View, uri: str, path: str, offset: int) -> bool:
    """Tell whether a place in a document's file is in that document: another cell of a notebook is not."""
    return not is_cell(uri) or view.uri(path, offset) == uri


def to_range(view: View, path: str, span: Span) -> types.Range:
    """The range of a span of a file; of a notebook in the cell that it is in."""
    ((_, found),) = to_places(view, path, (span,))
    return found


def to_places(view: View, path: str, spans: Iterable[Span]) -> Iterator[tuple[str, types.Range]]:
    """The address and range of each of some spans of one file: there can be thousands."""
    lines, encoding = view.lines(path) or Lines(""), view.client.encoding
    is_whole, uri, first = view.notebook(path) is None, view.uri(path), 0
    for start, end in spans:
        if not is_whole:
            uri = view.uri(path, start)
            first = view.first_line(uri)
        line, character, end_line, end_character = lines.range(start, end, encoding)
        yield (
            uri,
            types.Range(
                types.Position(line - first, character), types.Position(end_line - first, end_character)
            ),
        )


def to_location(view: View, path: str, span: Span) -> types.Location:
    """The address and range of a span of a file."""
    ((uri, found),) = to_places(view, path, (span,))
    return types.Location(uri, found)


def to_line_link(view: View, path: str, line: int) -> str:
    """The target of a link to a line (from 0) of a file, or to the cell that has it."""
    lines = view.lines(path)
    uri = view.uri(path, 0 if lines is None else lines.start_of(line))
    return uri if is_cell(uri) else f"{uri}#L{line + 1}"


def to_hover(view: View, path: str, hover: Hover) -> types.Hover:
    """In the first form that the client names."""
    if view.client.hover_markdown:
        content = types.MarkupContent(types.MarkupKind.Markdown, hover.markdown)
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, hover.plaintext)
    return types.Hover(content, to_range(view, path, hover.span))


def to_definition(
    view: View, path: str, definition: Definition
) -> list[types.LocationLink] | list[types.Location]:
    """As links, with the name's origin and the whole call, where the client knows them."""
    if not view.client.definition_links:
        return [to_location(view, target.path, target.name) for target in definition.targets]
    origin = to_range(view, path, definition.origin)
    return [_to_link(view, origin, target) for target in definition.targets]


def to_highlight(view: View, path: str, highlight: Highlight) -> types.DocumentHighlight:
    """A read or a write."""
    return types.DocumentHighlight(to_range(view, path, highlight.span), _HIGHLIGHTS[highlight.kind])


def to_prepared(view: View, path: str, prepared: Prepared) -> types.PrepareRenamePlaceholder:
    """What the editor selects, and the name that it offers to change."""
    return types.PrepareRenamePlaceholder(to_range(view, path, prepared.span), prepared.placeholder)


def to_completions(view: View, path: str, completions: Iterable[Completion]) -> types.CompletionList:
    """All names at once: the client filters them while the user types on."""
    return types.CompletionList(
        is_incomplete=False, items=[_to_completion(view, path, completion) for completion in completions]
    )


def to_document_symbols(
    view: View, path: str, symbols: Iterable[DocumentSymbol]
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """As outline entries where the client knows them, else as the older flat list."""
    if view.client.symbol_tree:
        return [_to_document_symbol(view, path, symbol) for symbol in symbols]
    return [
        types.SymbolInformation(to_location(view, path, symbol.span), symbol.name, _SYMBOLS[symbol.kind])
        for symbol in symbols
    ]


def to_workspace_symbol(view: View, symbol: WorkspaceSymbol) -> types.SymbolInformation:
    """In the older form, which every client knows."""
    where = to_location(view, symbol.path, symbol.span)
    return types.SymbolInformation(where, symbol.name, _SYMBOLS[symbol.kind], container_name=symbol.container)


def to_diagnostic(view: View, path: str, diagnostic: Diagnostic) -> types.Diagnostic:
    """With the other places, the rule's page and the tag of what could be removed, where the client shows them."""
    related = [_to_related(view, place) for place in diagnostic.related]
    return types.Diagnostic(
        range=to_range(view, path, diagnostic.span),
        message=diagnostic.message,
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(diagnostic.link) if view.client.diagnostic_link else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.faded and view.client.faded else None,
        related_information=related if related and view.client.related_information else None,
    )


def _to_link(view: View, origin: types.Range, target: Target) -> types.LocationLink:
    call, name = (to_range(view, target.path, span) for span in (target.call, target.name))
    return types.LocationLink(view.uri(target.path, target.name.start), call, name, origin)


def _to_completion(view: View, path: str, completion: Completion) -> types.CompletionItem:
    kinds = types.CompletionItemKind
    name_kind = kinds.Constant if view.client.constant_kind else kinds.Value
    return types.CompletionItem(
        label=completion.label,
        kind={"name": name_kind, "group": kinds.Module, "value": kinds.EnumMember}[completion.kind],
        detail=completion.detail,
        documentation=completion.documentation,
        sort_text=completion.sort,
        text_edit=types.TextEdit(to_range(view, path, completion.replace), completion.new_text),
    )


def _to_document_symbol(view: View, path: str, symbol: DocumentSymbol) -> types.DocumentSymbol:
    span, selection = (to_range(view, path, part) for part in (symbol.span, symbol.selection))
    return types.DocumentSymbol(symbol.name, _SYMBOLS[symbol.kind], span, selection, symbol.detail)


def _to_related(view: View, related: Related) -> types.DiagnosticRelatedInformation:
    return types.DiagnosticRelatedInformation(to_location(view, related.path, related.span), related.message)
