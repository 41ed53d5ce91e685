"""What a request reads: one frozen moment of the workspace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hpman_lsp.server.documents.notebooks import Notebook, notebooks_of
from hpman_lsp.server.documents.store import Document, Documents, key_of
from hpman_lsp.server.documents.uris import is_cell, path_of, uri_of
from hpman_lsp.server.handshake.client import Client
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.snapshot import Snapshot

# A folder that is none, so that nothing is beside what is in it.
_NOWHERE = os.path.join(os.path.abspath(os.sep), "untitled:")


@dataclass(frozen=True)
class View:
    """The snapshot in force, the open documents that it holds, and what the client can do.

    reading_seconds: what it took to read the workspace; None while that is not over.
    unread: value files that are still being read: the snapshot has an earlier text of them, or none.
    """

    snapshot: Snapshot
    client: Client
    documents: Documents
    reading_seconds: float | None = None
    unread: frozenset[str] = frozenset()

    def document(self, uri: str) -> Document | None:
        """The open document behind a URI, in whatever spelling."""
        return self.documents.get(key_of(uri))

    def in_workspace(self, path: str) -> bool:
        """The file is in one of the workspace folders."""
        return any(path.startswith(os.path.join(root, "")) for root in self.snapshot.roots)

    def lines(self, path: str) -> Lines | None:
        """The line table of a file of the snapshot."""
        return self.snapshot.lines(path)

    def uri(self, path: str, offset: int = 0) -> str:
        """The address of a place in a file: the client's own spelling where it is open; of a notebook the cell's."""
        if (notebook := self._notebooks.get(path)) is not None:
            return notebook.cell_at(offset).uri
        document = self.by_path.get(path)
        return uri_of(path) if document is None else document.uri

    def path(self, uri: str) -> str | None:
        """The path of a document, or of a file that is not open; None where it is no file."""
        document = self.document(uri)
        return path_of(uri) if document is None else document.path

    @property
    def folder(self) -> str:
        """Where a document is taken to be that was never saved: in the first of the workspace's folders."""
        return next(iter(self.snapshot.roots), _NOWHERE)

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """The open documents by path; of a notebook one of its cells."""
        some = ((document.path, document) for document in self.documents.values())
        return {path: document for path, document in some if path is not None}

    def version(self, uri: str) -> int | None:
        """The open document's version; None where the text is the disk's."""
        document = self.document(uri)
        return None if document is None else document.version

    def first_line(self, uri: str) -> int:
        """The line of its file that a document begins at: of a notebook's cell that of the notebook, else 0."""
        notebook = self._notebooks.get(self.path(uri) or "") if is_cell(uri) else None
        return 0 if notebook is None else notebook.first_line(uri)

    def notebook(self, path: str) -> Notebook | None:
        """The open notebook of a path."""
        return self._notebooks.get(path)

    @cached_property
    def _notebooks(self) -> Mapping[str, Notebook]:
        return notebooks_of(self.documents)
