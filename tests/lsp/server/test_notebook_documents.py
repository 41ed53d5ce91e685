"""The cells that a client tells of, against a plain list that is spliced in the same way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from hpman_lsp.server.documents.notebook_store import notebook_changed
from hpman_lsp.server.documents.store import NO_DOCUMENTS, Documents, opened
from hpman_lsp.server.documents.uris import is_cell

NOTEBOOK, OTHER = "file:///w/look.ipynb", "file:///w/a.py"
NAMES = st.lists(st.sampled_from("abcdef"), max_size=3, unique=True)
SPLICES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4), NAMES), max_size=8)


def cell(name: str) -> str:
    return f"vscode-notebook-cell:/w/look.ipynb#{name}"


def text(uri: str) -> types.TextDocumentItem:
    return types.TextDocumentItem(uri, "python", 1, "")


def spliced(documents: Documents, start: int, count: int, names: list[str]) -> Documents:
    """Put cells in the place of others; those that were there before were moved."""
    kinds = [types.NotebookCell(types.NotebookCellKind.Code, cell(name)) for name in names]
    new = [text(cell(name)) for name in names if cell(name) not in documents]
    structure = types.NotebookDocumentCellChangeStructure(
        types.NotebookCellArrayChange(start, count, kinds), new
    )
    change = types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(structure))
    identity = types.VersionedNotebookDocumentIdentifier(2, NOTEBOOK)
    params = types.DidChangeNotebookDocumentParams(identity, change)
    return notebook_changed(documents, params, "utf-16", "/w")


@given(SPLICES)
def test_cells_are_kept_in_the_order_that_the_client_tells(splices: list[tuple[int, int, list[str]]]) -> None:
    cells: list[str] = []
    documents, _ = opened(NO_DOCUMENTS, text(OTHER), "/w")
    for start, count, names in splices:
        stay = cells[:start] + cells[start + count :]
        moved = [name for name in names if name not in stay]
        cells[start : start + count] = moved
        documents = spliced(documents, start, count, moved)
        found = [document.uri for document in documents.values() if is_cell(document.uri)]
        assert found == [cell(name) for name in cells]
    assert next(iter(documents.values())).uri == OTHER
