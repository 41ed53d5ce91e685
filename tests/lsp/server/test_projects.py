"""pyproject.toml as a document: its diagnostics, and what its unsaved text says about other files."""

from __future__ import annotations

from pathlib import Path

from tests.lsp.server.client import Client, Json, edit
from tests.lsp.server.harness import write_files
from tests.lsp.server.test_workspace import HEAD, WATCHES

TWO = {"a.py": f'{HEAD}x = _("lr", 1)\n', "b.py": f'{HEAD}x = _("lr", 2)\n'}
TOGETHER = '[tool.hpman.scopes]\nboth = ["a.py", "b.py"]\n'
EXCLUDED = f'[tool.hpman]\nexclude = "b.py"\n{TOGETHER}'
APART = '[tool.hpman.scopes]\na = "a.py"\nb = "b.py"\n'


def marked(items: list[Json]) -> list[tuple[str, int, int]]:
    return [(one["code"], one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in items]


def test_a_closed_pyproject_is_checked(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"pyproject.toml": "[tool.hpman]\n\nscope = {}\n"})
    client.initialize(tmp_path)
    found = client.diagnostics((tmp_path / "pyproject.toml").as_uri(), lambda found: found)
    assert marked(found) == [("bad-configuration", 2, 0)]


def test_what_is_wrong_in_a_pyproject_can_be_mended(client: Client, tmp_path: Path) -> None:
    text = "[tool.hpman]\nscope = {}\n"
    write_files(tmp_path, {"pyproject.toml": text})
    literals: Json = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
    client.initialize(tmp_path, capabilities={"textDocument": {"codeAction": literals}})
    uri = (tmp_path / "pyproject.toml").as_uri()
    client.diagnostics(uri, lambda found: found)
    client.open(uri, text, language="toml")
    place = edit((1, 0), (1, 0), "")["range"]
    asked = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": []}}
    actions = client.ask("textDocument/codeAction", asked)
    titles = ["Write `scopes`", "Remove `scope`", "Ignore `bad-configuration` here"]
    assert [one["title"] for one in actions] == titles
    assert actions[0]["edit"] == {
        "changes": {uri: [{"range": edit((1, 0), (1, 5), "")["range"], "newText": "scopes"}]}
    }


def test_the_unsaved_text_of_a_pyproject_counts(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {**TWO, "pyproject.toml": TOGETHER})
    client.initialize(tmp_path)
    first, uri = (tmp_path / "a.py").as_uri(), (tmp_path / "pyproject.toml").as_uri()
    client.codes(first, "duplicate-default")
    client.open(uri, APART, language="toml")
    client.codes(first)
    client.change(uri, 2, {"text": APART + 'x = "x.py"\n'})
    assert marked(client.diagnostics(uri, lambda found: found)) == [("bad-configuration", 3, 4)]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.diagnostics(first, lambda found: found)
    client.codes(uri)


def test_what_a_pyproject_said_holds_while_it_is_no_toml(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {**TWO, "pyproject.toml": APART})
    client.initialize(tmp_path)
    uri = (tmp_path / "pyproject.toml").as_uri()
    client.open(uri, APART, language="toml")
    client.change(uri, 2, {"text": APART + "c = [\n"})
    client.codes(uri, "bad-configuration")
    client.settle()
    published = client.notifications("textDocument/publishDiagnostics")
    assert {Path(one["uri"]).name for one in published if one["diagnostics"]} == {"pyproject.toml"}


def test_what_a_pyproject_excludes_is_not_read_once_it_is_saved(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {**TWO, "pyproject.toml": TOGETHER})
    client.initialize(tmp_path, capabilities=WATCHES)
    first, project = (tmp_path / "a.py").as_uri(), tmp_path / "pyproject.toml"
    client.diagnostics(first, lambda found: found)
    client.open(project.as_uri(), TOGETHER, language="toml")
    client.change(project.as_uri(), 2, {"text": EXCLUDED})
    project.write_text(EXCLUDED, encoding="utf-8")
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": project.as_uri(), "type": 2}]})
    client.codes(first)
    project.write_text(TOGETHER, encoding="utf-8")
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": project.as_uri(), "type": 2}]})
    client.diagnostics(first, lambda found: found)
