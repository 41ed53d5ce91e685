"""What Helix users copy: read as Helix reads it, it starts our server in Python files."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import FILES
from tests.lsp.server.client import Client, at

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
CAPABILITIES = ROOT / "tests/fixtures/clients/helix-25.01.1.json"

# Where the command of the configuration is found, as in a user's shell.
SCRIPTS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.fixture
def configuration() -> dict[str, Any]:
    return tomllib.loads((ROOT / "editors/helix/languages.toml").read_text(encoding="utf-8"))


def test_its_files_get_the_server_that_is_defined(configuration: dict[str, Any]) -> None:
    servers = {language["name"]: language["language-servers"] for language in configuration["language"]}
    assert {"python", "yaml"} <= servers.keys()
    assert {names[0] for names in servers.values()} == {"hpman"}
    assert set(configuration["language-server"]) == {"hpman"}
    assert set(configuration["language-server"]["hpman"]) <= {"command", "args", "config", "environment"}


def test_its_command_starts_a_server_that_answers_helix(configuration: dict[str, Any], project: Path) -> None:
    server = configuration["language-server"]["hpman"]
    command = shutil.which(server["command"], path=SCRIPTS)
    assert command is not None, "`pip install hpman[lsp]` brings it"
    code, values = ((project / name).as_uri() for name in ("train.py", "configs/run.yaml"))
    with Client((command, *server.get("args", []))) as client:
        sent = json.loads(CAPABILITIES.read_text(encoding="utf-8"))
        client.initialize(project, **sent)
        client.open(code, FILES["train.py"])
        client.open(values, FILES["configs/run.yaml"], language="yaml")
        client.codes(values, "unknown-name")  # once the workspace has been read
        for where in (at(code, 2, 14), at(values, 1, 0)):
            assert "lr: int = 1" in client.ask("textDocument/hover", where)["contents"]["value"]
        edit = client.ask("textDocument/rename", at(values, 1, 0, newName="rate"))
        edited = {one["textDocument"]["uri"].rpartition("/")[2] for one in edit["documentChanges"]}
        assert edited == {"train.py", "model.py", "run.yaml", "run.json"}
        assert client.ask("shutdown") is None
        client.close_stdin()  # Helix never says `exit`
        assert client.exit_code() == 0
