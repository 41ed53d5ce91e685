"""Files that are no good source: one line in the log at most for each, and every other file is served as ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.server.client import Client, at, hovered
from tests.lsp.server.harness import write_files

HEAD = "from hpman.m import _\n"
BAD: dict[str, str | bytes] = {
    "broken.py": f'{HEAD}_("kept", 1)\ndef f(:\n  _("inside"\n',
    "latin.py": b'from hpman.m import _\n_("\xe9", 1)\n',
    "unknown_cookie.py": f"# coding: no-such\n{HEAD}_('x')\n",
    "nul.py": f'{HEAD}_("a", 1)\0\n',
    "deep.py": f'{HEAD}_("deep", {"-" * 100_000}1)\n',
    "nested.py": f'{HEAD}_("nested", {"[" * 5000}{"]" * 5000})\n',
    "folder.py/kept.txt": "",
    "surrogate.py": HEAD.encode() + b'_("\xed\xa0\x80", 1)\n',
    "empty.py": "",
}


def test_bad_files_cost_a_line_each_and_no_other_file(client: Client, tmp_path: Path) -> None:
    twice = f'{HEAD}_("lr", 1)\n_("lr", 2)\n_("kept")\n'
    write_files(tmp_path, {**BAD, "good.py": twice})
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "not there")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    client.initialize(tmp_path)
    good = (tmp_path / "good.py").as_uri()
    client.codes(good, *["duplicate-default"] * 2)
    for name in (*BAD, "nowhere.py", "loop.py"):
        assert len([line for line in client.logged() if name.split("/")[0] in line]) <= 1
    client.open(good, twice)
    assert hovered(client, good, 3, 3) == "kept: int = 1"
    assert client.errors() == ""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_can_be_opened_and_asked_about_everything(shared: Client, name: str) -> None:
    content = BAD[name]
    text = content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")
    uri, good = f"file:///nowhere/{name}", "file:///elsewhere/good.py"
    shared.open(uri, text)
    where = at(uri, 1, 3, context={"includeDeclaration": True, "triggerKind": 1})
    for method in ("hover", "definition", "references", "documentHighlight", "completion", "documentSymbol"):
        shared.ask(f"textDocument/{method}", where)
    shared.open(good, f'{HEAD}_("lr", 1)\n')
    assert hovered(shared, good, 1, 3) == "lr: int = 1"
    assert shared.errors() == ""


def test_a_file_that_vanishes_while_it_is_open_is_served_from_the_editor(
    client: Client, tmp_path: Path
) -> None:
    text = f'{HEAD}_("lr", 1)\n'
    write_files(tmp_path, {"a.py": text, "b.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path)
    uri, other = ((tmp_path / name).as_uri() for name in ("a.py", "b.py"))
    client.open(uri, text)
    (tmp_path / "a.py").unlink()
    client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert hovered(client, uri, 1, 3) == "lr: int = 1"
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(other, "missing-default")
