"""The same session with the capabilities of eleven real clients: each gets what it can take, in its encoding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.server.client import Client, Json
from tests.lsp.server.harness import write_files

PROFILES = sorted((Path(__file__).parents[2] / "fixtures/clients").glob("*.json"))
NEVER_EXIT = ("helix", "lsp-mode")

NAME = "l😀r"
TEXTS = {
    "main.py": (
        "from hpman.m import _\r\n\f\r\n# 😀 \u2028 é\r\n"
        f'x = "é😀", _("{NAME}", 1), _("gone")  # 😀\r\n_(\'{NAME}\')\r\n'
    ),
    "lib.py": f'from hpman.m import _\ny = "😀", _("{NAME}")\n_("twice", 1)\n"é", _("twice", 2)\n',
}


class Session:
    """One client's capabilities, and a server that was told of them."""

    def __init__(self, client: Client, profile: Path, folder: Path) -> None:
        write_files(folder, TEXTS)
        sent = json.loads(profile.read_text())
        self.name = profile.stem
        self.client = client
        self.capabilities = sent["capabilities"]
        result = client.initialize(folder, capabilities=sent["capabilities"], clientInfo=sent["clientInfo"])
        self.offered = result["capabilities"]
        self.encoding = self.offered["positionEncoding"]
        self.uris = {name: (folder / name).as_uri() for name in TEXTS}
        client.open(self.uris["main.py"], TEXTS["main.py"])
        client.diagnostics(self.uris["lib.py"], bool)  # the index is complete

    def can(self, path: str) -> Any:
        found = self.capabilities
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        return found

    def range(self, file: str, offset: int, length: int) -> Json:
        return {
            "start": position(TEXTS[file], offset, self.encoding),
            "end": position(TEXTS[file], offset + length, self.encoding),
        }

    def ranges(self, file: str, name: str) -> list[Json]:
        """Of a name, wherever it stands in quotes."""
        found = re.finditer(rf"(?<=[\"']){name}(?=[\"'])", TEXTS[file])
        return [self.range(file, match.start(), len(name)) for match in found]

    def ask(self, method: str, **more: object) -> Any:
        """Ask at the first use of the name."""
        where = position(TEXTS["main.py"], TEXTS["main.py"].index(NAME) + 1, self.encoding)
        params = {"textDocument": {"uri": self.uris["main.py"]}, "position": where, **more}
        return self.client.ask(method, params)


def position(text: str, offset: int, encoding: str) -> Json:
    """By splitting lines where LSP does, and encoding what stands before."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    codec, unit = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    return {"line": len(lines) - 1, "character": len(lines[-1].encode(codec)) // unit}


def offset_of(text: str, where: Json, encoding: str) -> int:
    return next(at for at in range(len(text) + 1) if position(text, at, encoding) == where)


@pytest.fixture(params=PROFILES, ids=lambda path: path.stem, scope="module")
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Client() as client:
        yield Session(client, request.param, tmp_path_factory.mktemp("workspace"))
        shown = client.notifications("window/showMessage")
        assert all("main.py:6 makes a name" in one["message"] for one in shown)  # a rename in doubt
        assert client.errors() == ""


def test_the_encoding_is_the_clients_first_choice(session: Session) -> None:
    assert session.encoding == (session.can("general.positionEncodings") or ["utf-16"])[0]


def test_preparing_a_rename_is_offered_where_the_client_knows_it(session: Session) -> None:
    prepares = session.can("textDocument.rename.prepareSupport")
    assert session.offered["renameProvider"] == ({"prepareProvider": True} if prepares else True)


def test_diagnostics_are_pushed_for_open_and_closed_files_and_not_pulled(session: Session) -> None:
    missing = session.client.codes(session.uris["main.py"], "missing-default")
    assert covers(missing[0]["range"], session.ranges("main.py", "gone")[0])
    twice = session.client.codes(session.uris["lib.py"], *["duplicate-default"] * 2)
    related = bool(session.can("textDocument.publishDiagnostics.relatedInformation"))
    assert ["relatedInformation" in item for item in twice] == [related] * 2
    assert "diagnosticProvider" not in session.offered


def test_a_hover_is_in_the_clients_first_format(session: Session) -> None:
    hover = session.ask("textDocument/hover")
    assert hover["contents"]["kind"] == session.can("textDocument.hover.contentFormat")[0]
    assert covers(hover["range"], session.ranges("main.py", NAME)[0])
    assert ("file:" in hover["contents"]["value"]) is bool(session.can("general.markdown.parser"))


def test_a_definition_is_a_link_where_the_client_follows_links(session: Session) -> None:
    (found,) = session.ask("textDocument/definition")
    if session.can("textDocument.definition.linkSupport"):
        assert found["targetUri"] == session.uris["main.py"]
        assert found["targetSelectionRange"] == session.ranges("main.py", NAME)[0]
        assert covers(found["originSelectionRange"], session.ranges("main.py", NAME)[0])
    else:
        assert found == {"uri": session.uris["main.py"], "range": session.ranges("main.py", NAME)[0]}


def test_references_are_those_of_open_and_closed_files(session: Session) -> None:
    found = session.ask("textDocument/references", context={"includeDeclaration": True})
    expected = [{"uri": session.uris[f], "range": place} for f in TEXTS for place in session.ranges(f, NAME)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_highlights_are_those_of_the_file(session: Session) -> None:
    found = session.ask("textDocument/documentHighlight")
    assert [item["range"] for item in found] == session.ranges("main.py", NAME)
    assert [item["kind"] for item in found] == [3, 2]


def test_symbols_are_an_outline_where_the_client_shows_one(session: Session) -> None:
    file = {"textDocument": {"uri": session.uris["main.py"]}}
    found = session.client.ask("textDocument/documentSymbol", file)
    tree = bool(session.can("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"))
    assert {("selectionRange" in symbol, "location" in symbol) for symbol in found} == {(tree, not tree)}


def test_a_completion_replaces_what_stands_in_the_quotes(session: Session) -> None:
    names = {item["label"]: item for item in session.ask("textDocument/completion")["items"]}
    assert names["twice"]["textEdit"] == {"range": session.ranges("main.py", NAME)[0], "newText": "twice"}


def test_a_rename_edits_all_files_in_the_form_that_the_client_takes(session: Session) -> None:
    edit = session.ask("textDocument/rename", newName="new")
    if session.can("workspace.workspaceEdit.documentChanges"):
        changes = {one["textDocument"]["uri"]: one["edits"] for one in edit["documentChanges"]}
        versions = {
            one["textDocument"]["uri"]: one["textDocument"]["version"] for one in edit["documentChanges"]
        }
        assert versions == {session.uris["main.py"]: 1, session.uris["lib.py"]: None}
    else:
        assert set(edit) == {"changes"}
        changes = edit["changes"]
    for name, uri in session.uris.items():
        assert edited(TEXTS[name], changes[uri], session.encoding) == TEXTS[name].replace(NAME, "new")


def test_actions_are_offered_as_literals_to_clients_that_take_them(session: Session) -> None:
    offered = session.offered.get("codeActionProvider")
    assert (offered is not None) == bool(session.can("textDocument.codeAction.codeActionLiteralSupport"))
    if offered is None:
        return
    (place, *_) = session.ranges("main.py", NAME)
    asked = {"range": place, "context": {"diagnostics": [], "only": ["refactor.inline"]}}
    (action,) = session.ask("textDocument/codeAction", **asked)
    assert (action["title"], action["kind"]) == (f"Inline `{NAME}` everywhere", "refactor.inline")
    assert {uri: len(edits) for uri, edits in changes_of(action["edit"]).items()} == {
        session.uris["main.py"]: 2,
        session.uris["lib.py"]: 1,
    }
    assert (
        session.ask("textDocument/codeAction", range=place, context={"diagnostics": [], "only": ["source"]})
        == []
    )


def test_a_quick_fix_names_its_diagnostic_and_the_versions_that_it_was_made_for(session: Session) -> None:
    if "codeActionProvider" not in session.offered:
        return
    (place,) = session.ranges("main.py", "gone")
    asked = {"range": place, "context": {"diagnostics": [], "only": ["quickfix"]}}
    fix, ignore = session.ask("textDocument/codeAction", **asked)
    assert (fix["title"], ignore["title"]) == ("Give `gone` a default here", "Ignore `missing-default` here")
    assert [one["code"] for one in fix["diagnostics"]] == ["missing-default"]
    assert fix.get("isPreferred", False) == bool(session.can("textDocument.codeAction.isPreferredSupport"))
    assert "isPreferred" not in ignore
    if session.can("workspace.workspaceEdit.documentChanges"):
        (document,) = fix["edit"]["documentChanges"]
        assert document["textDocument"] == {"uri": session.uris["main.py"], "version": 1}
    after = edited(TEXTS["main.py"], changes_of(fix["edit"])[session.uris["main.py"]], session.encoding)
    assert after == TEXTS["main.py"].replace('_("gone")', '_("gone", None)')


def test_a_rename_in_doubt_is_confirmed_where_the_client_asks_and_told_elsewhere(session: Session) -> None:
    text = TEXTS["main.py"] + "_(unknown)\r\n"
    session.client.change(session.uris["main.py"], 2, {"text": text})
    edit = session.ask("textDocument/rename", newName="new")
    if session.can("workspace.workspaceEdit.changeAnnotationSupport"):
        ((key, annotation),) = edit["changeAnnotations"].items()
        assert annotation["needsConfirmation"] is True
        assert "main.py:6 makes a name when it runs: unknown" in annotation["description"]
        assert {one["annotationId"] for edits in changes_of(edit).values() for one in edits} == {key}
    else:
        shown = session.client.wait_for(lambda message: message.get("method") == "window/showMessage")
        assert "main.py:6 makes a name when it runs: unknown" in shown["params"]["message"]
    assert len(changes_of(edit)) == len(TEXTS)
    session.client.change(session.uris["main.py"], 3, {"text": TEXTS["main.py"]})


def test_an_action_in_doubt_is_offered_to_clients_that_ask(session: Session) -> None:
    if not session.can("textDocument.codeAction.codeActionLiteralSupport"):
        return
    text = TEXTS["main.py"] + "_(unknown)\r\n"
    session.client.change(session.uris["main.py"], 4, {"text": text})
    (place, *_) = session.ranges("main.py", NAME)
    asked = {"range": place, "context": {"diagnostics": [], "only": ["refactor.inline"]}}
    offered = session.ask("textDocument/codeAction", **asked)
    if session.can("workspace.workspaceEdit.changeAnnotationSupport"):
        (annotation,) = offered[0]["edit"]["changeAnnotations"].values()
        assert annotation["needsConfirmation"] is True
    else:
        assert offered == []
    session.client.change(session.uris["main.py"], 5, {"text": TEXTS["main.py"]})


def test_a_session_ends_well_also_with_clients_that_never_say_exit(session: Session) -> None:
    if session.name.startswith(NEVER_EXIT):
        assert session.client.ask("shutdown") is None
        session.client.close_stdin()
        assert session.client.exit_code() == 0
    else:
        assert session.client.end() == 0


def covers(outer: Json, inner: Json) -> bool:
    """With or without the quotes."""
    start, end = (outer[side]["character"] - inner[side]["character"] for side in ("start", "end"))
    return outer["start"]["line"] == inner["start"]["line"] and (start, end) in ((0, 0), (-1, 1))


def edited(text: str, edits: list[Json], encoding: str) -> str:
    spans = [[offset_of(text, edit["range"][side], encoding) for side in ("start", "end")] for edit in edits]
    for (start, end), edit in sorted(zip(spans, edits, strict=True), key=lambda pair: pair[0], reverse=True):
        text = text[:start] + edit["newText"] + text[end:]
    return text


def changes_of(edit: Json) -> dict[str, list[Json]]:
    if "changes" in edit:
        return dict(edit["changes"])
    return {one["textDocument"]["uri"]: one["edits"] for one in edit["documentChanges"]}
