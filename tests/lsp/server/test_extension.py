"""What the server says to our own extension, and what it shows beside the source."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.lsp.server.client import Client, Json, at, edit
from tests.lsp.server.harness import write_files

OURS: Json = {
    "status": True,
    "treeChanged": True,
    "commands": ["hpman.showReferences"],
    "markdownCommands": ["hpman.findUses", "hpman.rename", "hpman.revealInView"],
}
CAPABILITIES: Json = {
    "experimental": {"hpman": OURS},
    "workspace": {"inlayHint": {"refreshSupport": True}, "codeLens": {"refreshSupport": True}},
}
FILES = {
    "model.py": 'from hpman.m import _\n_("lr", 1e-3, help="step")\n',
    "train.py": 'from hpman.m import _\n"𝕏"; _("lr")\n',
}
WHOLE: Json = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}


def began(client: Client, folder: Path, capabilities: Json = CAPABILITIES, **params: Any) -> Json:
    write_files(folder, FILES)
    return client.initialize(folder, capabilities=capabilities, **params)


def status(client: Client, state: str) -> Json:
    found: Json = client.wait_for(
        lambda one: one.get("method") == "hpman/status" and one["params"]["state"] == state, state
    )["params"]
    return found


def opened(client: Client, folder: Path, name: str) -> str:
    uri = (folder / name).as_uri()
    client.open(uri, FILES[name])
    return uri


def test_the_state_is_told_to_a_client_that_announced_it(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    assert status(client, "ready") == {"state": "ready", "done": 2, "total": 2, "problems": []}


def test_others_are_told_nothing_that_the_protocol_does_not_have(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path, {})
    assert client.ask("hpman/tree", {}) is not None
    client.settle()
    assert not [one for one in client.messages if one.get("method", "").startswith("hpman/")]


def test_a_file_that_cannot_be_read_degrades(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"bad.py": b'from hpman.m import _\n_("\xff", 1)\n'})
    began(client, tmp_path)
    assert status(client, "degraded")["problems"] == ["1 file could not be read"]


def test_the_tree_has_values_uses_and_places(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    tree = client.ask("hpman/tree", {})
    (scope,) = tree["scopes"]
    assert tree["complete"] is True
    assert (scope["name"], scope["uri"]) == (tmp_path.name, tmp_path.as_uri())
    (manager,) = scope["managers"]
    place = {"line": 1, "character": 3}, {"line": 1, "character": 5}
    assert manager == {
        "name": "_",
        "hyperparameters": [
            {
                "name": "lr",
                "value": "1e-3",
                "type": "float",
                "fileValues": [],
                "moreFileValues": 0,
                "definitions": [
                    {
                        "uri": (tmp_path / "model.py").as_uri(),
                        "range": dict(zip(("start", "end"), place, strict=True)),
                    }
                ],
                "hints": [{"key": "help", "value": '"step"'}],
                "uses": 2,
                "files": 2,
                "problems": [],
            }
        ],
    }


def test_the_tree_has_the_values_of_value_files(client: Client, tmp_path: Path) -> None:
    runs = {f"runs/{number}.yaml": f"# a run\nlr: 0.{number}\n" for number in range(1, 6)}
    write_files(tmp_path, {"pyproject.toml": '[tool.hpman]\nvalue-files = ["runs/*.yaml"]\n', **runs})
    began(client, tmp_path)
    status(client, "ready")
    (scope,) = client.ask("hpman/tree", {})["scopes"]
    ((one,),) = (manager["hyperparameters"] for manager in scope["managers"])
    places = [(each["value"], each["location"]["uri"]) for each in one["fileValues"]]
    assert places == [(f"0.{number}", (tmp_path / f"runs/{number}.yaml").as_uri()) for number in (1, 2, 3)]
    assert one["fileValues"][0]["location"]["range"]["start"] == {"line": 1, "character": 0}
    assert (one["value"], one["moreFileValues"]) == ("1e-3", 2)


def test_uses_and_saved_values_are_found_by_the_scopes_id(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    (scope,) = client.ask("hpman/tree", {})["scopes"]
    uses = client.ask("hpman/uses", {"scope": scope["id"], "manager": "_", "name": "lr"})
    assert [(one["kind"], one["text"]) for one in uses] == [
        ("definition", '_("lr", 1e-3, help="step")'),
        ("read", '"𝕏"; _("lr")'),
    ]
    values = client.ask("hpman/yaml", {"scope": scope["id"], "manager": "_"})
    assert values == {"text": "lr: 0.001\n", "omitted": []}
    assert client.ask("hpman/uses", {"scope": "no id", "manager": "_", "name": "lr"}) == []


def test_a_file_tells_what_it_belongs_to(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    found = client.ask("hpman/scope", {"textDocument": {"uri": (tmp_path / "train.py").as_uri()}})
    assert (found["hyperparameters"], [one["name"] for one in found["scopes"]]) == (1, [tmp_path.name])


def test_a_tree_that_was_asked_for_is_told_once_to_be_another_one(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    uri = opened(client, tmp_path, "model.py")
    client.ask("hpman/tree", {})
    client.change(uri, 2, edit((1, 8), (1, 12), "2"))
    client.wait_for(lambda one: one.get("method") == "hpman/treeChanged")
    client.change(uri, 3, edit((1, 8), (1, 9), "3"))
    client.settle()
    client.settle()
    assert client.notifications("hpman/treeChanged") == [{}]


def test_debug_information_has_counts_and_no_source(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    found = client.ask("hpman/debugInfo", {})
    assert found["counts"]["hyperparameters"] == 1
    assert found["counts"]["uses"] == 2
    assert found["seconds"]["reading"] > 0
    assert "lr" not in repr(found["scopes"])


def test_inlay_hints_are_shown_where_the_client_counts(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    uri = opened(client, tmp_path, "train.py")
    (hint,) = client.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": WHOLE})
    assert hint["position"] == {"line": 1, "character": 13}  # two UTF-16 units of one character before it
    assert (hint["label"], hint["paddingLeft"]) == ("= 1e-3", True)


def test_a_changed_default_refreshes_what_other_files_show(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    opened(client, tmp_path, "train.py")
    uri = opened(client, tmp_path, "model.py")
    refresh = "workspace/inlayHint/refresh"
    client.change(uri, 2, edit((0, 0), (0, 0), "# only a comment\n"))
    client.settle()
    client.settle()
    assert client.notifications(refresh) == []
    client.change(uri, 3, edit((2, 8), (2, 12), "0.5"))
    client.wait_for(lambda one: one.get("method") == refresh)


def test_a_changed_value_file_refreshes_what_python_files_show(client: Client, tmp_path: Path) -> None:
    write_files(
        tmp_path, {"pyproject.toml": '[tool.hpman]\nvalue-files = ["*.yaml"]\n', "run.yaml": "lr: 0.5\n"}
    )
    began(client, tmp_path)
    status(client, "ready")
    uri = opened(client, tmp_path, "train.py")
    client.open((tmp_path / "run.yaml").as_uri(), "lr: 0.5\n")
    hints = {"textDocument": {"uri": uri}, "range": WHOLE}
    assert client.ask("textDocument/inlayHint", hints)[0]["label"] == "= 0.5"
    for version, value in enumerate(("0.6", "0.8", "0.7"), 2):  # what came before may be told with the first
        client.messages.clear()
        client.change((tmp_path / "run.yaml").as_uri(), version, edit((0, 4), (0, 7), value))
        client.wait_for(lambda one: one.get("method") == "workspace/inlayHint/refresh")
    assert client.ask("textDocument/inlayHint", hints)[0]["label"] == "= 0.7"


def test_a_switch_works_at_once_and_nothing_is_read_again(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    status(client, "ready")
    uri = opened(client, tmp_path, "model.py")
    document = {"textDocument": {"uri": uri}}
    assert client.ask("textDocument/codeLens", document) == []
    client.tell("workspace/didChangeConfiguration", {"settings": {"hpman": {"codeLens": {"enabled": True}}}})
    (lens,) = client.ask("textDocument/codeLens", document)
    assert lens["command"] == {
        "title": "2 uses in 2 files",
        "command": "hpman.showReferences",
        "arguments": [uri, {"line": 1, "character": 3}],
    }
    client.wait_for(lambda one: one.get("method") == "workspace/codeLens/refresh")
    assert [one["state"] for one in client.notifications("hpman/status")].count("ready") == 1


def test_a_lens_for_another_client_is_its_title(client: Client, tmp_path: Path) -> None:
    options = {"codeLens": {"enabled": True}}
    began(client, tmp_path, {}, initializationOptions=options)
    uri = opened(client, tmp_path, "model.py")
    (lens,) = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert lens["command"]["command"] == ""
    assert "in" in lens["command"]["title"]


def test_a_signature_is_shown_while_the_call_is_written(client: Client, tmp_path: Path) -> None:
    began(client, tmp_path)
    uri = opened(client, tmp_path, "model.py")
    client.change(uri, 2, edit((2, 0), (2, 0), '_("depth", '))
    found = client.ask("textDocument/signatureHelp", at(uri, 2, 11))
    assert found["activeParameter"] == 1
    assert found["signatures"][0]["label"] == "_(name, default, **hints)"


def test_a_hover_has_commands_for_a_client_that_runs_them(client: Client, tmp_path: Path) -> None:
    markdown = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
    began(client, tmp_path, CAPABILITIES | markdown)
    status(client, "ready")
    uri = opened(client, tmp_path, "train.py")
    text = client.ask("textDocument/hover", at(uri, 1, 8))["contents"]["value"]
    commands = dict(re.findall(r"\(command:hpman\.(\w+)\?([^)]*)\)", text))
    place = [uri, {"line": 1, "character": 9}]
    assert {name: json.loads(unquote(found)) for name, found in commands.items()} == {
        "findUses": place,
        "rename": place,
        "revealInView": [client.ask("hpman/tree", {})["scopes"][0]["id"], "_", "lr"],
    }


def test_a_hover_has_no_commands_for_others(client: Client, tmp_path: Path) -> None:
    markdown = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
    began(client, tmp_path, {"experimental": {"hpman": OURS | {"markdownCommands": []}}} | markdown)
    status(client, "ready")
    uri = opened(client, tmp_path, "train.py")
    assert "command:" not in client.ask("textDocument/hover", at(uri, 1, 8))["contents"]["value"]
