"""What the client tells of notebooks: which cells there are, in which order, and what they hold.

A cell is a document like any other; the store keeps those of one notebook in the order in which they are to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from hpman_lsp.server.documents.store import Documents, changed, opened
from hpman_lsp.server.documents.uris import document_path, is_cell
from hpman_lsp.text.lines import Encoding


def notebook_opened(
    documents: Documents, params: types.DidOpenNotebookDocumentParams, folder: str
) -> Documents:
    """With the cells of a notebook that was opened.

    folder: see `opened`.
    """
    notebook = params.notebook_document
    documents = _with_opened(documents, params.cell_text_documents, folder)
    return _arranged(documents, notebook.uri, [cell.document for cell in notebook.cells], folder)


def notebook_changed(
    documents: Documents, params: types.DidChangeNotebookDocumentParams, encoding: Encoding, folder: str
) -> Documents:
    """With cells that were added, deleted or moved, and with the changes of their texts.

    Raises: NotificationError as `changed` does.
    """
    cells = params.change.cells
    if cells is None:
        return documents
    if cells.structure is not None:
        documents = _restructured(documents, params.notebook_document.uri, cells.structure, folder)
    for text in cells.text_content or ():
        change = types.DidChangeTextDocumentParams(text.document, text.changes)
        documents, _ = changed(documents, change, encoding)
    return documents


def notebook_closed(
    documents: Documents, params: types.DidCloseNotebookDocumentParams, folder: str
) -> Documents:
    """Without the cells of a notebook."""
    return _arranged(documents, params.notebook_document.uri, [], folder)


def _restructured(
    documents: Documents, notebook: str, structure: types.NotebookDocumentCellChangeStructure, folder: str
) -> Documents:
    splice = structure.array
    order = list(_cells(documents, notebook, folder))
    order[splice.start : splice.start + splice.delete_count] = [cell.document for cell in splice.cells or ()]
    documents = _with_opened(documents, structure.did_open or (), folder)
    return _arranged(documents, notebook, order, folder)


def _with_opened(documents: Documents, items: Iterable[types.TextDocumentItem], folder: str) -> Documents:
    for item in items:
        documents, _ = opened(documents, item, folder)
    return documents


def _arranged(documents: Documents, notebook: str, order: list[str], folder: str) -> Documents:
    """With these cells of a notebook, in this order, and no others of it."""
    cells = _cells(documents, notebook, folder)
    others = {key: document for key, document in documents.items() if key not in cells}
    return {**others, **{uri: cells[uri] for uri in order if uri in cells}}


def _cells(documents: Documents, notebook: str, folder: str) -> Documents:
    path = document_path(notebook, folder)
    return {
        key: document
        for key, document in documents.items()
        if document.path == path and is_cell(document.uri)
    }
