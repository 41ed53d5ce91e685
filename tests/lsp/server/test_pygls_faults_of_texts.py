"""The faults of pygls in what it makes of texts, positions and addresses; see `test_pygls_faults.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpman_lsp.text import lines
from tests.lsp.server.client import Client, at, edit, hovered
from tests.lsp.server.harness import write_files

HEAD = "from hpman.m import _\n"
URI = "file:///nowhere/a.py"


# 1


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_1_an_edit_behind_a_character_that_ends_no_line_hits_its_line(shared: Client, mark: str) -> None:
    shared.open(URI, f'{HEAD}x = 1  # {mark}\n_("lr", 1)\n')
    shared.change(URI, 2, edit((2, 8), (2, 9), "25"))
    assert hovered(shared, URI, 2, 3) == "lr: int = 25"


# 2


def test_2_an_edit_behind_the_last_character_is_made_there(shared: Client) -> None:
    shared.open(URI, f'{HEAD}_("lr", 1')
    shared.change(URI, 2, edit((1, 9), (1, 9), "0)"))
    assert hovered(shared, URI, 1, 3) == "lr: int = 10"


def test_2_a_full_text_may_come_with_a_range_of_null(shared: Client) -> None:
    shared.open(URI, f'{HEAD}_("lr", 1)')
    shared.change(URI, 2, {"range": None, "text": f'{HEAD}_("lr", 2)'})
    assert hovered(shared, URI, 1, 3) == "lr: int = 2"


# 7


def test_7_a_version_that_goes_backwards_changes_nothing(shared: Client) -> None:
    shared.open(URI, f'{HEAD}_("lr", 1)\n', version=5)
    shared.change(URI, 3, edit((1, 8), (1, 9), "999"))
    assert hovered(shared, URI, 1, 3) == "lr: int = 1"
    assert "version 5 back to 3" in shared.logged()[-1]


# 8


@pytest.mark.parametrize("spelling", ["file:///C:/x/a.py", "file:///c:/x/a.py", "file:///c%3A/x/a.py"])
def test_8_spellings_of_a_drive_are_one_document(shared: Client, spelling: str) -> None:
    shared.open("file:///C:/x/a.py", f'{HEAD}_("lr", 1)\n')
    assert hovered(shared, spelling, 1, 3) == "lr: int = 1"


def test_8_a_document_is_answered_with_in_the_clients_own_spelling(shared: Client) -> None:
    opened, asked = "file:///elsewhere/%C3%A9%2D1.py", "file:///elsewhere/é-1.py"
    shared.open(opened, f'{HEAD}_("lr", 1)\n')
    found = shared.ask("textDocument/references", at(asked, 1, 3, context={"includeDeclaration": True}))
    assert [one["uri"] for one in found] == [opened]


# 9


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + HEAD.encode() + '_("é", 1)\n'.encode(),
        b"# coding: latin-1\n" + HEAD.encode() + '_("é", 1)\n'.encode("latin-1"),
        b"# -*- coding: utf-8 -*-\r\n" + HEAD.encode() + '_("é", 1)\r\n'.encode(),
    ],
)
def test_9_closed_files_are_read_as_python_reads_them(client: Client, tmp_path: Path, source: bytes) -> None:
    write_files(tmp_path, {"a.py": source, "b.py": f'{HEAD}_("é")\n'})
    client.initialize(tmp_path)
    opened = (tmp_path / "b.py").as_uri()
    client.open(opened, f'{HEAD}_("é")\n')
    found = client.ask("textDocument/rename", at(opened, 1, 3, newName="e"))
    assert {Path(uri).name for uri in found["changes"]} == {"a.py", "b.py"}


# 15


def test_15_the_lines_of_a_version_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[int] = []
    real = lines.line_starts

    def scan(text: str) -> list[int]:
        scanned.append(len(text))
        return real(text)

    monkeypatch.setattr(lines, "line_starts", scan)
    table = lines.Lines("x = 1\n" * 1000)
    for line in range(1000):
        table.position(table.offset(line, 3, "utf-16"), "utf-16")
    assert scanned == [6000]
    table.replaced(3000, 3001, "y").position(3001, "utf-16")
    assert sum(scanned) < 6100
