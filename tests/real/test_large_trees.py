"""Workspaces as large as people have: nothing false is said of them, nothing is missed, and nobody waits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import provision
from benchmarks.workspace import CALLS, TREE, changed_files, read_tree, write_files
from hpman import HyperParameterManager
from tests.lsp.server.client import Client, at

pytestmark = [pytest.mark.network, pytest.mark.slow]

DJANGO = ("django", "5.2.8")


def wheel(package: str, release: str) -> Path:
    try:
        return provision.wheel(package, release)
    except provision.ProvisionError as error:
        pytest.skip(f"{package} cannot be downloaded: {error}")


SCRATCH = 'from hpman.m import _\nlr = _("lr", 1)\n'


def scratch(client: Client, tree: Path) -> str:
    """Open a document with one hyperparameter, which is not on disk."""
    uri = (tree / "scratch.py").as_uri()
    client.open(uri, SCRATCH)
    return uri


def read_all(client: Client, tree: Path) -> None:
    """Wait until the whole tree is known: a rename waits for that, and edits nothing else here."""
    uri = scratch(client, tree)
    edit = client.ask("textDocument/rename", at(uri, 1, 8, newName="rate"))
    assert [*edit["changes"]] == [uri]


@pytest.mark.parametrize("package", [TREE, DJANGO], ids=lambda package: package[0])
def test_nothing_is_said_of_a_tree_without_hyperparameters(client: Client, package: tuple[str, str]) -> None:
    tree = wheel(*package)
    client.initialize(tree)
    read_all(client, tree)
    client.settle()
    assert client.notifications("textDocument/publishDiagnostics") == []
    found = client.ask("workspace/symbol", {"query": ""})
    assert [symbol["location"]["uri"] for symbol in found] == [(tree / "scratch.py").as_uri()]


def test_requests_are_answered_while_a_large_tree_is_read(client: Client, tmp_path: Path) -> None:
    tree = wheel(*TREE)
    client.initialize(tmp_path)
    uri = scratch(client, tree)
    client.settle()
    added = {"event": {"added": [{"uri": tree.as_uri(), "name": "tree"}], "removed": []}}
    waits = client.message("textDocument/rename", at(uri, 1, 8, newName="rate"))
    hover = client.message("textDocument/hover", at(uri, 1, 8))
    client.send({"method": "workspace/didChangeWorkspaceFolders", "params": added}, waits, hover)
    assert "lr: int = 1" in client.answer(hover["id"])["result"]["contents"]["value"]
    client.answer(waits["id"])
    answered = [message["id"] for message in client.messages if "id" in message]
    assert answered.index(hover["id"]) < answered.index(waits["id"])


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a large tree, all of it, with hyperparameters in 200 of its files."""
    wheel(*TREE)
    folder, texts = tmp_path_factory.mktemp("planted"), read_tree(files=None)
    write_files(folder, texts | changed_files(texts, CALLS))
    return folder


def test_every_hyperparameter_of_a_large_tree_is_found(client: Client, planted: Path) -> None:
    client.initialize(planted)
    read_all(client, planted)
    expected = dict[str, set[tuple[Path, int]]]()
    for path, name, line in calls(planted):
        expected.setdefault(name, set()).add((path, line))
    assert sum(map(len, expected.values())) == 1200
    for places in expected.values():
        path, line = min(places)
        text = path.read_text(encoding="utf-8").split("\n")[line]
        where = at(path.as_uri(), line, text.index('_("') + 3, context={"includeDeclaration": True})
        found = client.ask("textDocument/references", where)
        assert {(one["uri"], one["range"]["start"]["line"]) for one in found} == {
            (path.as_uri(), line) for path, line in places
        }


def test_the_library_finds_every_hyperparameter_of_a_large_tree(planted: Path) -> None:
    rows = HyperParameterManager("_").parse_file(planted).db
    found = sorted((row.filename, row.name, (row.lineno or 0) - 1) for row in rows)
    assert found == sorted((str(path), name, line) for path, name, line in calls(planted))
    assert len(found) == 1200


def calls(folder: Path) -> Iterator[tuple[Path, str, int]]:
    """The calls of `_` with a name, by a plain walk over the syntax trees of all files that import it."""
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "from hpman.m import _" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                assert isinstance(node.args[0], ast.Constant)
                yield path, str(node.args[0].value), node.lineno - 1
