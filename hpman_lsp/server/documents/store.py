"""The open documents: immutable texts, one for each version that the client sends.

pygls's own store ends lines where LSP does not, misplaces positions at the text's end, and takes versions that
go backwards (facts 1, 2, 7, 8 and 15); this one is a frozen value, so that a request can keep the one it read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from lsprotocol import types

from hpman_lsp.server.documents.uris import document_path, is_cell, path_of
from hpman_lsp.text.lines import Encoding, Lines


class Document(NamedTuple):
    """One version of an open document.

    uri: as the client writes it; answers about the document use it.
    path: of a notebook's cell that of the notebook; None where the document is no file (`git:`).
    """

    uri: str
    path: str | None
    language: str
    version: int
    lines: Lines


# By path, so that two spellings of a URI are one document; by URI where there is no file, or several documents are it.
Documents: TypeAlias = Mapping[str, Document]

NO_DOCUMENTS: Documents = MappingProxyType({})


class NotificationError(Exception):
    """A notification about a document was not taken; the message says what and why, for the log."""


def key_of(uri: str) -> str:
    """What a document is stored under."""
    return uri if is_cell(uri) else path_of(uri) or uri


def opened(documents: Documents, item: types.TextDocumentItem, folder: str) -> tuple[Documents, Document]:
    """With a document that was opened; one that was open already is replaced by what the client says now.

    folder: where one is taken to be that was never saved.
    """
    path = document_path(item.uri, folder)
    document = Document(item.uri, path, item.language_id, item.version, Lines(item.text))
    return {**documents, key_of(item.uri): document}, document


def changed(
    documents: Documents, params: types.DidChangeTextDocumentParams, encoding: Encoding
) -> tuple[Documents, Document]:
    """With the changes of a document applied, one after the other.

    Raises: NotificationError if it is not open, or if its version goes backwards: a range is then of another text than
        ours. A full text mends that, whatever its version.
    """
    uri, version = params.text_document.uri, params.text_document.version
    before = documents.get(key_of(uri))
    if before is None:
        raise NotificationError(f"change of {uri}, which is not open: ignored")
    changes = _since_last_full_text(params.content_changes)
    if version < before.version and (not changes or _range_of(changes[0]) is not None):
        raise NotificationError(f"change of {uri} from version {before.version} back to {version}: ignored")
    after = before._replace(version=version, lines=apply_changes(before.lines, changes, encoding))
    return {**documents, key_of(uri): after}, after


def closed(documents: Documents, uri: str) -> tuple[Documents, Document]:
    """Without a document, and what it was.

    Raises: NotificationError if it is not open.
    """
    if (document := documents.get(key_of(uri))) is None:
        raise NotificationError(f"close of {uri}, which is not open: ignored")
    return {key: other for key, other in documents.items() if other is not document}, document


def apply_changes(
    lines: Lines, changes: Iterable[types.TextDocumentContentChangeEvent], encoding: Encoding
) -> Lines:
    """The text after changes, each of them a range of the text that the one before it left, or a full text."""
    for change in changes:
        where = _range_of(change)
        if where is None:
            lines = Lines(change.text)
        else:
            bounds = (lines.offset(at.line, at.character, encoding) for at in (where.start, where.end))
            start, end = sorted(bounds)
            lines = lines.replaced(start, end, change.text)
    return lines


def _since_last_full_text(
    changes: Iterable[types.TextDocumentContentChangeEvent],
) -> list[types.TextDocumentContentChangeEvent]:
    kept: list[types.TextDocumentContentChangeEvent] = []
    for change in changes:
        if _range_of(change) is None:
            kept.clear()
        kept.append(change)
    return kept


def _range_of(change: types.TextDocumentContentChangeEvent) -> types.Range | None:
    return change.range if isinstance(change, types.TextDocumentContentChangePartial) else None
