"""An editor with its disk and its server, driven step by step, and a server that has just been started beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from lsprotocol import types

from hpman_lsp.server import notifications
from tests.lsp.server.stepwise import Server

NOTEBOOK = "one/nb.ipynb"
LANGUAGES = {".py": "python", ".toml": "toml"}
MOMENTS = count(10**9, 10**9)  # in nanoseconds: no two writes are of one time

Cells = list[tuple[str, str]]


class Bench:
    """Each method is a step; one that is not possible does nothing.

    texts: of the open documents; cells: of the notebook, None while it is not open.
    """

    def __init__(self, base: Path, files: Mapping[str, str]) -> None:
        shutil.rmtree(base, ignore_errors=True)
        self.base = base
        self.texts: dict[str, str] = {}
        self.cells: Cells | None = None
        self._roots = ["one"]
        self._settings: Mapping[str, object] = {}
        for folder in ("one", "two"):
            (base / folder).mkdir(parents=True)
        for path, text in files.items():
            self.write_unseen(path, text)
        self.server = self._started()

    def fresh(self) -> Server:
        """A server that knows nothing but what is there now."""
        server = self._started()
        server.settle()
        for path in self.texts:
            server.tell(notifications.did_open, self._opened(path))
        if self.cells is not None:
            server.tell(notifications.notebook_did_open, self._notebook(self.cells))
        server.look()
        server.settle()
        return server

    # --- documents

    def open(self, path: str, text: str) -> None:
        if path not in self.texts:
            self.texts[path] = text
            self.server.tell(notifications.did_open, self._opened(path))

    def open_disk(self, path: str) -> None:
        if (self.base / path).is_file():
            self.open(path, (self.base / path).read_text())

    def edit(self, path: str, text: str) -> None:
        if path in self.texts:
            self.texts[path] = text
            params = types.DidChangeTextDocumentParams(_version(self._uri(path)), [_whole(text)])
            self.server.tell(notifications.did_change, params)

    def close(self, path: str) -> None:
        if self.texts.pop(path, None) is not None:
            params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self._uri(path)))
            self.server.tell(notifications.did_close, params)

    def save(self, path: str) -> None:
        if path in self.texts:
            self.write(path, self.texts[path])
            params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self._uri(path)))
            self.server.tell(notifications.did_save, params)

    # --- disk

    def write(self, path: str, text: str) -> None:
        new = [str(one) for one in Path(path).parents if not (self.base / one).exists()]
        self.write_unseen(path, text)
        self._notify(path, *new)

    def write_unseen(self, path: str, text: str) -> None:
        """Write it without a word to the server."""
        where = self.base / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text)
        os.utime(where, ns=(0, next(MOMENTS)))

    def delete(self, path: str) -> None:
        if (self.base / path).is_file():
            (self.base / path).unlink()
            self._notify(path)

    def move(self, path: str) -> None:
        """Give a file the name of another one beside it."""
        new = os.path.join(os.path.dirname(path), "a.py")
        if (self.base / path).is_file() and new != path:
            (self.base / path).replace(self.base / new)
            self._notify(path, new)

    def delete_folder(self) -> None:
        if (self.base / "one/pkg").is_dir():
            shutil.rmtree(self.base / "one/pkg")
            self._notify("one/pkg")

    def move_folder(self) -> None:
        """Give a folder another name, or the first one again."""
        old, new = ("one/pkg", "one/lib") if (self.base / "one/pkg").is_dir() else ("one/lib", "one/pkg")
        if (self.base / old).is_dir() and not (self.base / new).exists():
            (self.base / old).rename(self.base / new)
            self._notify(old, new)

    # --- workspace

    def set(self, settings: Mapping[str, object]) -> None:
        self._settings = settings
        params = types.DidChangeConfigurationParams({"hpman": settings})
        self.server.tell(notifications.did_change_configuration, params)

    def hold(self, roots: list[str]) -> None:
        """Have these workspace folders."""
        removed = [one for one in self._roots if one not in roots]
        added = [one for one in roots if one not in self._roots]
        self._roots = [one for one in self._roots if one in roots] + added
        sides = ([types.WorkspaceFolder(self._uri(one), one) for one in some] for some in (added, removed))
        params = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent(*sides))
        self.server.tell(notifications.did_change_workspace_folders, params)

    # --- notebook

    def notebook(self, cells: Cells) -> None:
        """Open the notebook, or make its cells others: new ones, fewer, in another order, with other texts."""
        before, self.cells = self.cells, cells
        if before is None:
            self.server.tell(notifications.notebook_did_open, self._notebook(cells))
            return
        document = types.VersionedNotebookDocumentIdentifier(1, self._uri(NOTEBOOK))
        change = types.NotebookDocumentChangeEvent(cells=self._cell_changes(dict(before), dict(cells)))
        params = types.DidChangeNotebookDocumentParams(document, change)
        self.server.tell(notifications.notebook_did_change, params)

    def close_notebook(self) -> None:
        if self.cells is not None:
            notebook = types.NotebookDocumentIdentifier(self._uri(NOTEBOOK))
            cells = [types.TextDocumentIdentifier(self._cell(name)) for name, _ in self.cells]
            self.cells = None
            params = types.DidCloseNotebookDocumentParams(notebook, cells)
            self.server.tell(notifications.notebook_did_close, params)

    # --- server

    def work(self) -> None:
        self.server.work()

    def take(self) -> None:
        self.server.take()

    def rest(self) -> None:
        self.server.rest()

    def look(self) -> None:
        self.server.look()

    def settle(self) -> None:
        self.server.settle()

    # --- parts

    def _started(self) -> Server:
        return Server([self.base / root for root in self._roots], self._settings)

    def _uri(self, path: str) -> str:
        return (self.base / path).as_uri()

    def _cell(self, name: str) -> str:
        return f"vscode-notebook-cell:{self.base / NOTEBOOK}#{name}"

    def _notify(self, *paths: str) -> None:
        events = [types.FileEvent(self._uri(path), types.FileChangeType.Changed) for path in paths]
        params = types.DidChangeWatchedFilesParams(events)
        self.server.tell(notifications.did_change_watched_files, params)

    def _opened(self, path: str) -> types.DidOpenTextDocumentParams:
        language = LANGUAGES.get(os.path.splitext(path)[1], "yaml")
        return types.DidOpenTextDocumentParams(
            types.TextDocumentItem(self._uri(path), language, 1, self.texts[path])
        )

    def _notebook(self, cells: Cells) -> types.DidOpenNotebookDocumentParams:
        notebook = types.NotebookDocument(
            self._uri(NOTEBOOK), "jupyter-notebook", 1, self._listed(dict(cells))
        )
        return types.DidOpenNotebookDocumentParams(notebook, self._items(dict(cells)))

    def _listed(self, cells: Mapping[str, str]) -> list[types.NotebookCell]:
        return [types.NotebookCell(types.NotebookCellKind.Code, self._cell(name)) for name in cells]

    def _items(self, cells: Mapping[str, str]) -> list[types.TextDocumentItem]:
        return [types.TextDocumentItem(self._cell(name), "python", 1, text) for name, text in cells.items()]

    def _cell_changes(
        self, before: Mapping[str, str], after: Mapping[str, str]
    ) -> types.NotebookDocumentCellChanges:
        structure = types.NotebookDocumentCellChangeStructure(
            types.NotebookCellArrayChange(0, len(before), self._listed(after)),
            self._items({name: text for name, text in after.items() if name not in before}),
            [types.TextDocumentIdentifier(self._cell(name)) for name in before if name not in after],
        )
        texts = [
            types.NotebookDocumentCellContentChanges(_version(self._cell(name)), [_whole(text)])
            for name, text in after.items()
            if before.get(name, text) != text
        ]
        return types.NotebookDocumentCellChanges(structure, None, texts)


def _version(uri: str) -> types.VersionedTextDocumentIdentifier:
    return types.VersionedTextDocumentIdentifier(1, uri)


def _whole(text: str) -> types.TextDocumentContentChangeWholeDocument:
    return types.TextDocumentContentChangeWholeDocument(text)
