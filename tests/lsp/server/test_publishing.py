"""Diagnostics on the wire: the latest, once, and not before all is known; and progress while it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpman_lsp.server.aside import Aside
from hpman_lsp.server.documents.store import NO_DOCUMENTS, Document
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.handshake.client import client_of
from hpman_lsp.server.reading.indexing import Finished, Read
from hpman_lsp.server.telling import publishing
from hpman_lsp.server.telling.publishing import Publisher
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.server.client import DEADLINE, Client, Json
from tests.lsp.server.harness import INITIALIZE, Server, serve_all, write_files

URI = "file:///nowhere/a.py"
HEAD = "from hpman.m import _\n"


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that is busy a few messages can take longer than anybody is to wait."""
    monkeypatch.setattr(publishing, "PATIENCE_SECONDS", DEADLINE)


def opening(text: str, uri: str = URI) -> Json:
    document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": document}}


def change(version: int, text: str) -> Json:
    params = {"textDocument": {"uri": URI, "version": version}, "contentChanges": [{"text": text}]}
    return {"method": "textDocument/didChange", "params": params}


def initialize(capabilities: Json, root: str | None = None) -> Json:
    return {**INITIALIZE, "params": {"capabilities": capabilities, "rootUri": root}}


def published(messages: list[Json]) -> list[tuple[str, int]]:
    """The file, and the number of its diagnostics, of each publication."""
    found = [one["params"] for one in messages if one.get("method") == "textDocument/publishDiagnostics"]
    return [(params["uri"], len(params["diagnostics"])) for params in found]


def test_of_many_waiting_edits_only_the_last_is_published() -> None:
    texts = [f'{HEAD}_("a")\n' + '_("b")\n' * n for n in range(20)]
    messages = serve_all(opening(HEAD), *(change(n + 2, text) for n, text in enumerate(texts)))
    assert published(messages) == [(URI, 20)]


def test_an_answer_goes_before_the_diagnostics_of_an_edit_that_came_with_it() -> None:
    hover = {"id": 1, "method": "textDocument/hover", "params": {}}
    messages = serve_all(opening(f'{HEAD}_("a")\n'), hover)
    assert [one.get("id") or one["method"] for one in messages] == [1, "textDocument/publishDiagnostics"]


def test_an_edit_that_changes_no_answer_publishes_nothing() -> None:
    server = Server()
    server.send(opening(f'{HEAD}_("a")\n'))
    server.wait_for("textDocument/publishDiagnostics")
    server.send(change(2, f'{HEAD}_("a")  # still\n'), change(3, f'{HEAD}_("a")\n'))
    server.end()
    assert published(server.messages) == [(URI, 1)]


def test_an_edit_that_moves_a_diagnostic_publishes_its_new_place() -> None:
    server = Server()
    server.send(opening(f'{HEAD} _("a")\n'))
    server.wait_for("textDocument/publishDiagnostics")
    server.send(change(2, f'{HEAD}\n_("a")\n'))  # the offsets are the same, the line is not
    server.end()
    lines = [
        one["params"]["diagnostics"][0]["range"]["start"]["line"]
        for one in server.messages
        if one.get("method") == "textDocument/publishDiagnostics"
    ]
    assert lines == [1, 2]


def test_what_is_known_of_a_closed_file_is_published_again_when_it_is_opened(
    client: Client, tmp_path: Path
) -> None:
    text, uri = f'{HEAD}_("a")\n', (tmp_path / "a.py").as_uri()
    write_files(tmp_path, {"a.py": text})
    client.initialize(tmp_path)
    client.diagnostics(uri, bool)
    client.open(uri, text)
    client.wait_for(lambda _: published(client.messages) == [(uri, 1), (uri, 1)], "the diagnostics once more")


def test_nothing_is_published_before_all_files_are_known() -> None:
    server = Server(initialize({}, "file:///nowhere"))
    server.send(opening(f'{HEAD}_("a", 1)\n_("a", 2)\n'), {"id": 1, "method": "no/such"})
    server.answer(1)
    server.send({"id": 2, "method": "no/such"})
    server.answer(2)
    assert published(server.messages) == []
    server.inbox.put(Finished(0, loaded=True, error=None))
    server.wait_for("textDocument/publishDiagnostics")
    server.end()


def test_what_is_marked_when_a_workspace_is_read_again_waits_for_the_end() -> None:
    sent: list[str] = []
    file = source_file("/nowhere/a.py", f'{HEAD}_("a", 1)\n_("a", 2)\n', 1, frozenset())
    snapshot = Snapshot.empty(("/nowhere",), Settings()).with_files({file.path: file})
    publisher = Publisher(lambda params: sent.append(params.uri), lambda: None, Aside(lambda _: None))
    view = View(snapshot, client_of({}), NO_DOCUMENTS)
    publisher.mark(view, [file.path])
    publisher.work(view, lambda: True)
    assert sent == []
    publisher.work(View(snapshot.with_complete(), client_of({}), NO_DOCUMENTS), lambda: True)
    assert sent == [URI]


class Marked:
    """Four files with something to publish, of which `c` is open.

    sent: the names of the files that were published.
    """

    def __init__(self) -> None:
        self.sent: list[str] = []
        text = f'{HEAD}_("a", 1)\n_("a", 2)\n'
        self.paths = [f"/nowhere/{name}.py" for name in "abcd"]
        files = {path: source_file(path, text, 1, frozenset()) for path in self.paths}
        snapshot = Snapshot.empty(("/nowhere",), Settings()).with_files(files).with_complete()
        document = Document("file:///nowhere/c.py", self.paths[2], "python", 1, Lines(text))
        self.view = View(snapshot, client_of({}), {self.paths[2]: document})
        self.publisher = Publisher(
            lambda params: self.sent.append(params.uri[-4]), lambda: None, Aside(lambda _: None)
        )


def test_what_is_open_and_what_changed_last_is_published_first() -> None:
    marked = Marked()
    marked.publisher.mark(marked.view, marked.paths[3:])
    marked.publisher.mark(marked.view, marked.paths[:3])
    marked.publisher.work(marked.view, lambda: True)
    assert marked.sent == ["c", "a", "b", "d"]


def test_where_messages_keep_coming_a_file_is_published_between_two_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marked = Marked()
    marked.publisher.mark(marked.view, marked.paths)
    marked.publisher.work(marked.view, lambda: False)
    assert marked.sent == []
    monkeypatch.setattr(publishing, "PATIENCE_SECONDS", 0)
    for count in (1, 2):
        marked.publisher.work(marked.view, lambda: False)
        assert len(marked.sent) == count


def test_a_document_that_is_closed_is_published_under_the_usual_address(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("a")\n'})
    odd, usual = f"file://{tmp_path}/%61.py", (tmp_path / "a.py").as_uri()
    server = Server(initialize({}, tmp_path.as_uri()))
    server.inbox.put(Finished(0, loaded=True, error=None))
    server.send(opening(f'{HEAD}_("a")\n', odd))
    server.wait_for("textDocument/publishDiagnostics")
    server.send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": odd}}})
    server.end()
    assert published(server.messages) == [(odd, 1), (odd, 0), (usual, 1)]


def test_a_file_that_is_read_for_an_earlier_workspace_is_not_taken() -> None:
    server = Server(initialize({}, "file:///nowhere"))
    server.inbox.put(Finished(7, loaded=True, error=None))
    server.send(opening(f'{HEAD}_("a")\n'))
    server.end()
    assert published(server.messages) == []


@pytest.mark.parametrize("refreshes", [True, False])
def test_a_client_that_can_only_pull_is_told_when_to(refreshes: bool) -> None:
    capabilities = {
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": refreshes}},
    }
    server = Server(initialize(capabilities))
    pull = {"id": 1, "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": URI}}}
    server.send(opening(f'{HEAD}_("a")\n'), pull)
    report = server.answer(1)["result"]
    assert (report["kind"], len(report["items"])) == ("full", 1)
    server.end()
    asked = [one for one in server.messages if one.get("method") == "workspace/diagnostic/refresh"]
    assert bool(asked) is refreshes
    assert published(server.messages) == []


def test_progress_is_shown_from_the_clients_consent_to_the_end() -> None:
    server = Server(initialize({"window": {"workDoneProgress": True}}, "file:///nowhere"))
    server.send({"method": "initialized", "params": {}})
    asked = server.wait_for("window/workDoneProgress/create")
    server.send({"id": asked["id"], "result": None})
    server.inbox.put(Read(0, Batch(done=1, total=4)))
    server.inbox.put(Finished(0, loaded=True, error=None))
    server.end()
    shown = [one["params"] for one in server.messages if one.get("method") == "$/progress"]
    assert [one["value"]["kind"] for one in shown] == ["begin", "report", "end"]
    assert {one["token"] for one in shown} == {asked["params"]["token"]}
    assert shown[1]["value"]["percentage"] == 25


def test_progress_that_the_client_grants_too_late_or_refuses_is_not_shown() -> None:
    for answer in ({"result": None}, {"error": {"code": -32603, "message": "no"}}):
        server = Server(initialize({"window": {"workDoneProgress": True}}, "file:///nowhere"))
        server.send({"method": "initialized", "params": {}})
        asked = server.wait_for("window/workDoneProgress/create")
        server.send(opening(f'{HEAD}_("a")\n'))
        server.inbox.put(Finished(0, loaded=True, error=None))
        server.wait_for("textDocument/publishDiagnostics")  # all has been read
        server.send({"id": asked["id"], **answer})
        server.end()
        assert not [one for one in server.messages if one.get("method") == "$/progress"]


def test_an_error_while_reading_is_a_line_in_the_log_and_the_rest_is_served() -> None:
    server = Server(initialize({}, "file:///nowhere"))
    server.send(opening(f'{HEAD}_("a")\n'))
    server.inbox.put(Finished(0, loaded=True, error="reading the workspace: OSError: gone"))
    assert "gone" in server.wait_for("window/logMessage")["params"]["message"]
    server.wait_for("textDocument/publishDiagnostics")
    server.end()
