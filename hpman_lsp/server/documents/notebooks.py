"""Notebooks: the cells that the client has open, as one source file, so that names are shared over them.

The cells are documents of their own, in the notebook's order. Each begins at a line of the file that they make
together, so that a place in it is a place in a cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from hpman.static.characters.notebook import masked
from hpman_lsp.server.documents.store import Document, Documents
from hpman_lsp.server.documents.uris import is_cell


@dataclass(frozen=True)
class Notebook:
    """The cells of one notebook.

    starts, lines: the offset and the line, of all of them together, at which each begins.
    """

    cells: tuple[Document, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """All cells below each other; what is not Python in them is blank."""
        return "\n".join(masked(cell.lines.text) for cell in self.cells)

    @property
    def version(self) -> int:
        """Another one after each change."""
        return sum(cell.version for cell in self.cells)

    def cell_at(self, offset: int) -> Document:
        """The cell that holds an offset."""
        return self.cells[max(bisect_right(self.starts, offset) - 1, 0)]

    def first_line(self, uri: str) -> int:
        """The line at which a cell begins; 0 where it is none of this notebook."""
        return next((line for cell, line in zip(self.cells, self.lines, strict=True) if cell.uri == uri), 0)


def notebooks_of(documents: Documents) -> Mapping[str, Notebook]:
    """The open notebooks by path."""
    cells: dict[str, list[Document]] = {}
    for document in documents.values():
        if document.path is not None and document.language == "python" and is_cell(document.uri):
            cells.setdefault(document.path, []).append(document)
    return {path: _notebook(found) for path, found in cells.items()}


def _notebook(cells: list[Document]) -> Notebook:
    starts, lines = [0], [0]
    for cell in cells[:-1]:
        starts.append(starts[-1] + len(cell.lines.text) + 1)
        lines.append(lines[-1] + cell.lines.count)
    return Notebook(tuple(cells), tuple(starts), tuple(lines))
