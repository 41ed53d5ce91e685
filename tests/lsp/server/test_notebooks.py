"""Cells of a notebook: documents of their own that are one source file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lsp.server.client import Client, Json, at, edit, hovered
from tests.lsp.server.harness import write_files

CELLS = {
    "a": "from hpman.m import _\n%matplotlib inline",
    "b": '!ls 𝕏\nlr = _("note.lr", 0.5)',
    "c": 'print(_("note.lr"), _("missing"), _("width"))\n_("note.lr", 2)',
}


def cell(folder: Path, name: str) -> str:
    return (folder / "look.ipynb").as_uri().replace("file://", "vscode-notebook-cell:") + f"#{name}"


def opened(client: Client, folder: Path) -> tuple[str, str, str]:
    write_files(folder, {"lib.py": 'from hpman.m import _\n_("width", 3)\n', "look.ipynb": "{}"})
    client.initialize(folder)
    for name, text in CELLS.items():
        client.open(cell(folder, name), text)
    client.have_read()
    return cell(folder, "a"), cell(folder, "b"), cell(folder, "c")


def places(found: list[Json]) -> list[tuple[str, int, int]]:
    return [
        (Path(one["uri"]).name, one["range"]["start"]["line"], one["range"]["start"]["character"])
        for one in found
    ]


def test_a_name_is_shared_over_the_cells(client: Client, tmp_path: Path) -> None:
    _, second, third = opened(client, tmp_path)
    hover = client.ask("textDocument/hover", at(third, 0, 10))
    assert "note.lr" in hover["contents"]["value"]
    assert hover["range"]["start"] == {"line": 0, "character": 8}
    found = client.ask("textDocument/references", at(third, 0, 10, context={"includeDeclaration": True}))
    assert places(found) == [("look.ipynb#b", 1, 8), ("look.ipynb#c", 0, 9), ("look.ipynb#c", 1, 3)]
    defined = client.ask("textDocument/definition", at(second, 1, 10))
    assert ("look.ipynb#b", 1, 8) in places(defined)


def test_a_rename_edits_each_cell(client: Client, tmp_path: Path) -> None:
    _, second, third = opened(client, tmp_path)
    found = client.ask("textDocument/rename", at(second, 1, 10, newName="rate"))
    changed = {
        uri: [one["range"]["start"]["line"] for one in edits] for uri, edits in found["changes"].items()
    }
    assert changed == {second: [1], third: [0, 1]}


def test_problems_are_told_in_the_cell_that_has_them(client: Client, tmp_path: Path) -> None:
    _, second, third = opened(client, tmp_path)
    (problem,) = client.codes(third, "missing-default")
    assert problem["range"]["start"] == {"line": 0, "character": 22}
    client.change(second, 2, edit((0, 0), (0, 0), '_("missing", 1)\n'))
    client.codes(third)


def test_what_a_cell_shows_of_itself_is_its_own(client: Client, tmp_path: Path) -> None:
    _, second, third = opened(client, tmp_path)

    def names(uri: str) -> list[Any]:
        return [
            one["name"] for one in client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
        ]

    assert (names(second), names(third)) == (["note.lr"], ["missing", "width", "note.lr"])
    found = client.ask("textDocument/documentHighlight", at(second, 1, 10))
    assert [one["range"]["start"]["line"] for one in found] == [1]


def test_a_closed_cell_is_forgotten_and_then_the_notebook(client: Client, tmp_path: Path) -> None:
    first, second, third = opened(client, tmp_path)
    client.diagnostics(third, bool)
    client.tell("textDocument/didClose", {"textDocument": {"uri": third}})
    found = client.ask("textDocument/references", at(second, 1, 10, context={"includeDeclaration": True}))
    assert places(found) == [("look.ipynb#b", 1, 8)]
    client.codes(third)
    for uri in (first, second):
        client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.ask("workspace/symbol", {"query": "note"}) == []


class Notebook:
    """A notebook as a client tells of it that knows more than its cells' texts."""

    def __init__(self, client: Client, uri: str, prefix: str, **cells: str) -> None:
        self.client, self.prefix = client, prefix
        self.identity = {"uri": uri, "version": 0}
        notebook = {**self.identity, "notebookType": "jupyter-notebook", "cells": self._kinds(*cells)}
        texts = [self._text(name, text) for name, text in cells.items()]
        params = {"notebookDocument": notebook, "cellTextDocuments": texts}
        client.tell("notebookDocument/didOpen", params)

    def uri(self, name: str) -> str:
        return f"{self.prefix}#{name}"

    def splice(
        self, start: int, count: int, *cells: str, opened: str | None = None, closed: str = ""
    ) -> None:
        """Put cells in the place of others; opened: the text of a new one."""
        structure: Json = {"array": {"start": start, "deleteCount": count, "cells": self._kinds(*cells)}}
        if opened is not None:
            structure["didOpen"] = [self._text(cells[0], opened)]
        if closed:
            structure["didClose"] = [{"uri": self.uri(closed)}]
        self._change({"structure": structure})

    def edit(self, name: str, *changes: Json) -> None:
        document = {"uri": self.uri(name), "version": 2}
        self._change({"textContent": [{"document": document, "changes": changes}]})

    def close(self, *names: str) -> None:
        cells = [{"uri": self.uri(name)} for name in names]
        params = {"notebookDocument": {"uri": self.identity["uri"]}, "cellTextDocuments": cells}
        self.client.tell("notebookDocument/didClose", params)

    def hover(self, name: str, line: int, character: int) -> str | None:
        return hovered(self.client, self.uri(name), line, character)

    def _change(self, cells: Json) -> None:
        params = {"notebookDocument": self.identity, "change": {"cells": cells}}
        self.client.tell("notebookDocument/didChange", params)

    def _kinds(self, *names: str) -> list[Json]:
        return [{"kind": 2, "document": self.uri(name)} for name in names]

    def _text(self, name: str, text: str) -> Json:
        return {"uri": self.uri(name), "languageId": "python", "version": 1, "text": text}


def notebook_of(client: Client, folder: Path, **cells: str) -> Notebook:
    client.initialize(folder)
    uri = (folder / "look.ipynb").as_uri()
    return Notebook(client, uri, uri.replace("file://", "vscode-notebook-cell:"), **cells)


IMPORT = "from hpman.m import _"


def test_notebooks_are_asked_for_where_the_client_has_them(client: Client, tmp_path: Path) -> None:
    known: Json = {"notebookDocument": {"synchronization": {}}}
    offered = client.initialize(tmp_path, capabilities=known)["capabilities"]["notebookDocumentSync"]
    assert offered["notebookSelector"][0]["cells"] == [{"language": "python"}]


def test_a_cell_that_is_inserted_above_comes_first(client: Client, tmp_path: Path) -> None:
    notebook = notebook_of(client, tmp_path, b='_("lr", 1)')
    assert notebook.hover("b", 0, 4) is None
    notebook.splice(0, 0, "a", opened=IMPORT)
    assert notebook.hover("b", 0, 4) == "lr: int = 1"
    notebook.splice(0, 1, closed="a")
    assert notebook.hover("b", 0, 4) is None


def test_cells_that_are_moved_count_where_they_are(client: Client, tmp_path: Path) -> None:
    notebook = notebook_of(client, tmp_path, a=IMPORT, b='_("lr", 1)', c="_ = print")
    assert notebook.hover("b", 0, 4) == "lr: int = 1"
    notebook.splice(1, 2, "c", "b")
    assert notebook.hover("b", 0, 4) is None


def test_a_change_of_a_cells_text_counts(client: Client, tmp_path: Path) -> None:
    notebook = notebook_of(client, tmp_path, a=IMPORT, b='_("lr", 1)')
    notebook.edit("b", edit((0, 8), (0, 9), "25"))
    assert notebook.hover("b", 0, 4) == "lr: int = 25"


def test_problems_follow_a_cell_that_is_moved_and_go_with_the_notebook(
    client: Client, tmp_path: Path
) -> None:
    notebook = notebook_of(client, tmp_path, a=IMPORT, b="x = 1\ny = 2", c='print(_("nowhere"))')
    client.codes(notebook.uri("c"), "missing-default")
    notebook.splice(1, 2, "c", "b")
    (problem,) = client.codes(notebook.uri("c"), "missing-default")
    assert problem["range"]["start"] == {"line": 0, "character": 8}
    notebook.close("a", "b", "c")
    client.codes(notebook.uri("c"))
    assert client.ask("workspace/symbol", {"query": "nowhere"}) == []


def test_a_notebook_that_was_never_saved_has_names(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"common.py": 'from hpman.m import _\n_("width", 3)\n'})
    client.initialize(tmp_path)
    notebook = Notebook(
        client,
        "untitled:Untitled-1.ipynb",
        "vscode-notebook-cell:Untitled-1.ipynb",
        a="from common import _",
        b='_("lr", 1); print(_("width"))',
    )
    client.have_read()
    assert notebook.hover("b", 0, 4) == "lr: int = 1"
    assert notebook.hover("b", 0, 22) == "width: int = 3"
    found = client.ask("textDocument/rename", at(notebook.uri("b"), 0, 4, newName="rate"))
    assert list(found["changes"]) == [notebook.uri("b")]


def test_a_text_that_was_never_saved_has_names_until_it_is_closed(client: Client, tmp_path: Path) -> None:
    client.initialize(tmp_path)
    uri = "untitled:Untitled-1"
    client.open(uri, f'{IMPORT}\n_("lr", 1)\nprint(_("lr"), _("nowhere"))\n')
    assert hovered(client, uri, 2, 10) == "lr: int = 1"
    client.codes(uri, "missing-default")
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(uri)
    assert client.ask("workspace/symbol", {"query": "lr"}) == []
