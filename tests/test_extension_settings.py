"""The extension for VS Code offers the settings that the server takes, with the server's defaults."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hpman_lsp.server.handshake.settings import settings_of

EXTENSION = Path(__file__).resolve().parent.parent / "editors" / "vscode"
# These are the extension's own.
OF_THE_EXTENSION = {"hpman.interpreter", "hpman.trace.server"}


def test_the_defaults_of_the_manifest_are_those_of_the_server() -> None:
    sent = sections_of_the_manifest()
    assert settings_of(sent) == settings_of(None)
    assert sent.keys() == set(re.findall(r'"(\w+)"', sections_of_the_source()))


def sections_of_the_manifest() -> dict[str, Any]:
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    sent: dict[str, Any] = {}
    for name, setting in manifest["contributes"]["configuration"]["properties"].items():
        if name not in OF_THE_EXTENSION:
            section, *rest = name.removeprefix("hpman.").split(".")
            if rest:
                sent.setdefault(section, {})[rest[0]] = setting["default"]
            else:
                sent[section] = setting["default"]
    return sent


def sections_of_the_source() -> str:
    source = (EXTENSION / "src" / "settings.ts").read_text(encoding="utf-8")
    found = re.search(r"OF_THE_SERVER = \[([^\]]*)\]", source)
    assert found is not None
    return found[1]
