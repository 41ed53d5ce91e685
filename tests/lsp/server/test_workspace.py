"""Files that nobody has open: read at the start, noticed when they change, and left alone where they are not ours."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.lsp.server.client import DEADLINE, Client, Json, at
from tests.lsp.server.harness import write_files

HEAD = "from hpman.m import _\n"
WATCHES: Json = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


def places(client: Client, uri: str, line: int, character: int) -> list[str]:
    """The files that references name, as soon as the index is complete: a rename waits for it."""
    client.answer(client.request("textDocument/rename", at(uri, line, character, newName="x.y")))
    found = client.ask(
        "textDocument/references", at(uri, line, character, context={"includeDeclaration": True})
    )
    return [Path(one["uri"]).name for one in found or []]


def opened(client: Client, path: Path, text: str) -> str:
    client.open(path.as_uri(), text)
    return path.as_uri()


def test_an_edit_mends_the_diagnostics_of_a_closed_file(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n', "b.py": HEAD})
    client.initialize(tmp_path)
    closed = (tmp_path / "a.py").as_uri()
    client.codes(closed, "missing-default")
    edited = opened(client, tmp_path / "b.py", HEAD)
    client.change(edited, 2, {"text": f'{HEAD}_("lr", 1)\n'})
    client.codes(closed)


def test_only_files_whose_answer_changed_are_published_again(client: Client, tmp_path: Path) -> None:
    broken = f'{HEAD}_("a")\n'
    write_files(tmp_path, {"a.py": broken, "b.py": HEAD})
    client.initialize(tmp_path)
    client.diagnostics((tmp_path / "a.py").as_uri(), lambda found: found)
    edited = opened(client, tmp_path / "b.py", HEAD)
    client.change(edited, 2, {"text": f'{HEAD}_("b")\n'})
    client.diagnostics(edited, lambda found: found)
    client.settle()
    published = [Path(one["uri"]).name for one in client.notifications("textDocument/publishDiagnostics")]
    assert published == ["a.py", "b.py"]


def test_a_deleted_file_takes_its_diagnostics_along(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path, capabilities=WATCHES)
    gone = tmp_path / "a.py"
    client.diagnostics(gone.as_uri(), lambda found: found)
    gone.unlink()
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": gone.as_uri(), "type": 3}]})
    client.codes(gone.as_uri())


def test_a_deleted_folder_takes_its_files_along(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"lib/a.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path, capabilities=WATCHES)
    gone = tmp_path / "lib/a.py"
    client.diagnostics(gone.as_uri(), lambda found: found)
    gone.unlink()
    gone.parent.rmdir()
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": gone.parent.as_uri(), "type": 3}]})
    client.codes(gone.as_uri())


def test_a_file_outside_of_the_workspace_that_changes_is_left_alone(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"in/a.py": f'{HEAD}_("lr")\n', "out/b.py": f'{HEAD}_("lr", 1)\n'})
    client.initialize(tmp_path / "in", capabilities=WATCHES)
    inside, outside = ((tmp_path / name).as_uri() for name in ("in/a.py", "out/b.py"))
    client.diagnostics(inside, lambda found: found)
    changes = [{"uri": outside, "type": 2}, {"uri": inside, "type": 2}]
    write_files(tmp_path, {"in/a.py": f'{HEAD}_("rate")\n'})
    client.tell("workspace/didChangeWatchedFiles", {"changes": changes})
    client.diagnostics(inside, lambda found: "rate" in str(found))
    assert [one["name"] for one in client.ask("workspace/symbol", {"query": ""})] == ["rate"]


def test_watching_is_registered_where_the_client_offers_it(client: Client, tmp_path: Path) -> None:
    client.initialize(tmp_path, capabilities=WATCHES)
    asked = client.wait_for(lambda message: message.get("method") == "client/registerCapability")
    (registration,) = asked["params"]["registrations"]
    globs = [watcher["globPattern"] for watcher in registration["registerOptions"]["watchers"]]
    assert globs == ["**/*.py", "**/*.{yaml,yml,json}", "**/pyproject.toml", "**/.gitignore"]


def test_a_client_that_cannot_watch_is_not_asked_to(client: Client, tmp_path: Path) -> None:
    client.initialize(tmp_path)
    client.settle()
    assert not [one for one in client.messages if one.get("method") == "client/registerCapability"]


def test_a_save_makes_the_server_look_at_the_disk(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path)
    uri = (tmp_path / "a.py").as_uri()
    client.diagnostics(uri, lambda found: found)
    write_files(tmp_path, {"new.py": f'{HEAD}_("lr", 1)\n'})
    client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.codes(uri)


def test_a_request_makes_the_server_look_at_the_disk_now_and_then(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path)
    uri = opened(client, tmp_path / "a.py", f'{HEAD}_("lr")\n')
    client.diagnostics(uri, lambda found: found)
    write_files(tmp_path, {"new.py": f'{HEAD}_("lr", 7)\n'})
    deadline = time.monotonic() + DEADLINE
    while "7" not in client.ask("textDocument/hover", at(uri, 1, 3))["contents"]["value"]:
        assert time.monotonic() < deadline


def test_a_closed_document_is_what_the_disk_says_again(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    client.initialize(tmp_path)
    uri = opened(client, tmp_path / "a.py", f'{HEAD}_("lr", 1)\n')
    client.ask("workspace/symbol", {"query": ""})
    client.settle()
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(uri, "missing-default")


def test_a_file_without_a_workspace_knows_its_folder_and_no_more(client: Client, tmp_path: Path) -> None:
    use = f'{HEAD}_("lr")\n'
    write_files(tmp_path, {"a.py": use, "b.py": f'{HEAD}_("lr", 1)\n', "deep/c.py": use})
    client.initialize()
    uri = opened(client, tmp_path / "a.py", use)
    assert sorted(places(client, uri, 1, 3)) == ["a.py", "b.py"]
    client.settle()
    published = {Path(one["uri"]).name for one in client.notifications("textDocument/publishDiagnostics")}
    assert published <= {"a.py"}


def test_a_file_without_a_workspace_takes_its_diagnostics_along_when_it_is_closed(
    client: Client, tmp_path: Path
) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    client.initialize()
    uri = opened(client, tmp_path / "a.py", f'{HEAD}_("lr")\n')
    client.diagnostics(uri, lambda found: found)
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(uri)


def test_folders_come_and_go(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"one/a.py": f'{HEAD}_("lr")\n', "two/b.py": f'{HEAD}_("lr")\n'})
    one, two = ({"uri": (tmp_path / name).as_uri(), "name": name} for name in ("one", "two"))
    client.initialize(tmp_path / "one")
    client.diagnostics((tmp_path / "one/a.py").as_uri(), lambda found: found)
    client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [two], "removed": [one]}})
    client.diagnostics((tmp_path / "two/b.py").as_uri(), lambda found: found)
    client.codes((tmp_path / "one/a.py").as_uri())


@pytest.mark.parametrize("way", ["options", "fetched", "pushed"])
def test_excluded_files_are_not_read_however_the_setting_is_sent(
    client: Client, tmp_path: Path, way: str
) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n', "old/b.py": f'{HEAD}_("lr", 1)\n'})
    section = {"exclude": ["old/"]}
    client.answers["workspace/configuration"] = lambda params: [section]
    client.initialize(
        tmp_path,
        capabilities={"workspace": {"configuration": way == "fetched"}},
        initializationOptions=section if way == "options" else None,
    )
    if way == "pushed":
        client.tell("workspace/didChangeConfiguration", {"settings": {"hpman": section}})
    client.codes((tmp_path / "a.py").as_uri(), "missing-default")


def test_a_wrong_setting_is_a_line_in_the_log(client: Client, tmp_path: Path) -> None:
    client.initialize(tmp_path, initializationOptions={"hpman": {"exclude": 7}})
    client.settle()
    assert ["`hpman.exclude`" in line for line in client.logged()] == [True]


@pytest.mark.parametrize("uri", ["untitled:", "git:/x/a.py?x"])
def test_documents_that_are_no_files_are_harmless(shared: Client, uri: str) -> None:
    shared.open(uri, f'{HEAD}_("lr", 1)\n')
    shared.change(uri, 2, {"text": f'{HEAD}_("lr", 2)\n'})
    methods = ["hover", "definition", "references", "documentHighlight", "completion", "documentSymbol"]
    params = at(uri, 1, 3, context={"includeDeclaration": True, "triggerKind": 1})
    assert [shared.ask(f"textDocument/{method}", params) for method in methods] == [None] * len(methods)
    shared.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    shared.settle()
    assert shared.logged() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("latin.py", b'from hpman.m import _\n_("\xe9", 1)\n'),
        ("nul.py", b'from hpman.m import _\n_("a", 1)\0\n'),
    ],
)
def test_a_file_that_cannot_be_read_costs_one_line_and_no_other_file(
    client: Client, tmp_path: Path, name: str, content: bytes
) -> None:
    twice = f'{HEAD}_("lr", 1)\n_("lr", 2)\n'
    write_files(tmp_path, {name: content, "good.py": twice, "folder.py/x.txt": ""})
    client.initialize(tmp_path)
    client.codes((tmp_path / "good.py").as_uri(), *["duplicate-default"] * 2)
    assert len([line for line in client.logged() if name in line]) == 1
    assert client.errors() == ""
