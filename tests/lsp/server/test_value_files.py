"""Value files over the wire: the editor's text over the disk's, and what changes on disk."""

from __future__ import annotations

from pathlib import Path

from tests.lsp.server.client import Client, at, edit
from tests.lsp.server.harness import write_files

WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
CODE = 'from hpman.m import _\nx = _("lr", 1e-3)\n_("steps")\n'
PROJECT = '[tool.hpman]\nvalue-files = ["configs/*.yaml"]\n'


def project(folder: Path, values: str) -> str:
    write_files(folder, {"pyproject.toml": PROJECT, "train.py": CODE, "configs/a.yaml": values})
    return (folder / "configs/a.yaml").as_uri()


def test_closed_value_files_are_checked_and_give_values(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "lrr: 1\nsteps: 2\n")
    client.initialize(tmp_path)
    client.codes(uri, "unknown-name")
    client.settle()
    assert (tmp_path / "train.py").as_uri() not in [
        one["uri"] for one in client.notifications("textDocument/publishDiagnostics")
    ]


def test_an_unsaved_edit_of_a_value_file_counts_for_the_code(client: Client, tmp_path: Path) -> None:
    uri, code = project(tmp_path, "steps: 2\n"), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(uri, "steps: 2\n", language="yaml")
    client.change(uri, 2, edit((0, 0), (0, 5), "stepz"))
    client.codes(uri, "unknown-name")
    client.codes(code, "missing-default")
    client.change(uri, 3, edit((0, 4), (0, 5), "s"))
    client.codes(uri)
    client.codes(code)
    client.change(uri, 4, edit((0, 0), (0, 5), "no"))
    client.codes(code, "missing-default")
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(code)


def test_an_edit_of_the_code_is_told_in_value_files(client: Client, tmp_path: Path) -> None:
    uri, code = project(tmp_path, "lr: 2.5\nsteps: 2\n"), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(code, CODE)
    client.change(code, 2, edit((1, 12), (1, 16), "1"))
    client.codes(uri, "value-not-of-type")
    client.change(code, 3, edit((1, 7), (1, 9), "rate"))
    client.codes(uri, "unknown-name")


def test_what_a_value_file_says_of_a_place_in_the_code_moves_with_it(client: Client, tmp_path: Path) -> None:
    uri, code = project(tmp_path, "lr: x\nsteps: 2\n"), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(code, CODE)
    client.diagnostics(uri, lambda found: [one for one in found if "train.py:2)" in one["message"]])
    client.change(code, 2, edit((0, 0), (0, 0), "\n\n"))
    client.diagnostics(uri, lambda found: [one for one in found if "train.py:4)" in one["message"]])


def test_a_value_file_that_changes_on_disk_is_read_again(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "lr: 1\nsteps: 2\n")
    client.initialize(tmp_path, capabilities=WATCHES)
    client.settle()
    write_files(tmp_path, {"configs/a.yaml": "lr: x\nsteps: 2\n", "configs/new.yaml": "lrr: 1\n"})
    new = (tmp_path / "configs/new.yaml").as_uri()
    changes = [{"uri": uri, "type": 2}, {"uri": new, "type": 1}]
    client.tell("workspace/didChangeWatchedFiles", {"changes": changes})
    client.codes(uri, "value-not-of-type")
    client.codes(new, "unknown-name")
    (tmp_path / "configs/new.yaml").unlink()
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": new, "type": 3}]})
    client.codes(new)


def test_what_a_project_names_as_value_files_can_change(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "lrr: 1\n")
    write_files(tmp_path, {"pyproject.toml": "[tool.hpman]\n"})
    client.initialize(tmp_path, capabilities=WATCHES)
    client.open(uri, "lrr: 1\n", language="yaml")
    client.settle()
    configuration = (tmp_path / "pyproject.toml").as_uri()
    for text, wanted in ((PROJECT, ["unknown-name"]), ("[tool.hpman]\n", [])):
        write_files(tmp_path, {"pyproject.toml": text})
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": configuration, "type": 2}]})
        client.codes(uri, *wanted)


def test_the_editors_setting_names_value_files_too(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"train.py": CODE, "a.json": '{"lrr": 1}\n'})
    options = {"valueFiles": ["*.json"]}
    client.initialize(tmp_path, initializationOptions=options)
    client.codes((tmp_path / "a.json").as_uri(), "unknown-name")


def test_a_rename_from_yaml_edits_the_closed_python_file(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "# 😀\nlr: 1 # lr\nsteps: 2\n")
    client.initialize(tmp_path)
    client.open(uri, "# 😀\nlr: 1 # lr\nsteps: 2\n", language="yaml")
    answer = client.ask("textDocument/rename", at(uri, 1, 1, newName="rate"))
    edits = {Path(one): answer["changes"][one] for one in answer["changes"]}
    assert {
        path.name: [(one["range"]["start"]["line"], one["newText"]) for one in some]
        for path, some in edits.items()
    } == {"a.yaml": [(1, "rate")], "train.py": [(1, "rate")]}


def test_of_other_yaml_files_nothing_is_said(client: Client, tmp_path: Path) -> None:
    project(tmp_path, "steps: 2\n")
    client.initialize(tmp_path)
    other = (tmp_path / "other.yaml").as_uri()
    client.open(other, "lr: 1\n", language="yaml")
    client.have_read()
    assert client.ask("textDocument/hover", at(other, 0, 0)) is None
    assert client.ask("textDocument/completion", at(other, 0, 0)) is None


def test_a_large_and_a_broken_file_leave_the_server_alive(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "steps: 2\n" + "x: [" * 500)
    client.initialize(tmp_path)
    client.codes(uri, "unreadable-values")
    client.open(uri, "x: 1\n" * 1_000_000, language="yaml")
    client.codes(uri, "unreadable-values")


def long(first: str) -> str:
    """A value file that takes long to read."""
    return first + "".join(f"group{number % 50}.name{number}: {number}\n" for number in range(20_000))


def test_a_hover_is_answered_while_a_long_value_file_is_being_read_again(
    client: Client, tmp_path: Path
) -> None:
    text = long("steps: 2\n# hpman: ignore-file[unknown-name]\n")
    uri, code = project(tmp_path, text), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(uri, text, language="yaml")
    client.open(code, CODE)
    client.have_read()
    position = {"line": 0, "character": 1}
    inside = client.message("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})
    elsewhere = client.message("textDocument/hover", at(code, 1, 7))
    changes = [edit((0, 7), (0, 8), "3")]
    document = {"uri": uri, "version": 2}
    change = {
        "method": "textDocument/didChange",
        "params": {"textDocument": document, "contentChanges": changes},
    }
    client.send(change, inside, elsewhere)
    assert "3" in client.answer(inside["id"])["result"]["contents"]["value"]
    order = [one["id"] for one in client.messages if one.get("id") in (inside["id"], elsewhere["id"])]
    assert order == [elsewhere["id"], inside["id"]]


def test_of_a_burst_of_edits_in_a_long_value_file_the_last_one_counts(client: Client, tmp_path: Path) -> None:
    text = long("steps: 2\nlr: 1\n# hpman: ignore-file[unknown-name]\n")
    uri, code = project(tmp_path, text), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(uri, text, language="yaml")
    for number in range(20):
        client.change(uri, number + 2, edit((0, 0), (0, 5), f"step{number % 10}"))
    client.change(uri, 30, edit((1, 4), (1, 5), "x"))
    client.codes(uri, "value-not-of-type")
    client.codes(code, "missing-default")
    client.change(uri, 31, edit((1, 4), (1, 5), "2"), edit((0, 4), (0, 5), "s"))
    client.codes(uri)
    client.codes(code)


def test_a_long_value_file_that_is_closed_says_what_the_disk_says(client: Client, tmp_path: Path) -> None:
    text = long("steps: 2\n# hpman: ignore-file[unknown-name]\n")
    uri, code = project(tmp_path, text), (tmp_path / "train.py").as_uri()
    client.initialize(tmp_path)
    client.open(uri, text, language="yaml")
    client.change(uri, 2, edit((0, 0), (0, 5), "stepz"))
    client.codes(code, "missing-default")
    client.change(uri, 3, edit((0, 0), (0, 5), "step"))
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(code)


def test_value_files_that_an_unsaved_project_names_are_read(client: Client, tmp_path: Path) -> None:
    uri = project(tmp_path, "lrr: 1\nsteps: 2\n")
    write_files(tmp_path, {"pyproject.toml": "[tool.hpman]\n"})
    client.initialize(tmp_path)
    named = (tmp_path / "pyproject.toml").as_uri()
    client.codes((tmp_path / "train.py").as_uri(), "missing-default")
    client.open(named, PROJECT, language="toml")
    client.codes(uri, "unknown-name")
    client.codes((tmp_path / "train.py").as_uri())
