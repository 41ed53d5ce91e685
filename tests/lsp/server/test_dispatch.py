"""Every request is answered exactly once, whatever comes; and long work holds up nobody."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.server import app
from hpman_lsp.server.reading.indexing import Finished
from hpman_lsp.server.requests.route import Route
from tests.lsp.server.client import DEADLINE, Json, at, edit
from tests.lsp.server.harness import INITIALIZE, Server, serve_all

URI = "file:///nowhere/a.py"
TEXT = 'from hpman.m import _\n_("lr", 1)\n'
OPEN: Json = {
    "method": "textDocument/didOpen",
    "params": {"textDocument": {"uri": URI, "languageId": "python", "version": 1, "text": TEXT}},
}
HOVER: Json = {"id": "hover", "method": "textDocument/hover", "params": at(URI, 1, 3)}


def references(request: object) -> Json:
    params = at(URI, 1, 3, context={"includeDeclaration": True})
    return {"id": request, "method": "textDocument/references", "params": params}


def cancel(request: object) -> Json:
    return {"method": "$/cancelRequest", "params": {"id": request}}


class Slow:
    """Stands for a feature with much to do."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()
        self.runs = 0

    def __call__(self, *_: object) -> str:
        self.runs += 1
        self.begun.set()
        assert self.go_on.wait(DEADLINE)
        return "done"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    assert isinstance(app.REQUESTS, dict)
    monkeypatch.setitem(app.REQUESTS, "textDocument/references", Route(slow, aside=True))
    yield slow
    slow.go_on.set()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.send(OPEN)
    yield server
    server.end()


def test_long_work_holds_up_neither_reading_nor_other_requests(slow: Slow, server: Server) -> None:
    server.send(references(1))
    assert slow.begun.wait(DEADLINE)
    server.send(HOVER)
    assert "lr" in server.answer("hover")["result"]["contents"]["value"]
    slow.go_on.set()
    assert server.answer(1)["result"] == "done"


def test_long_work_that_is_cancelled_is_answered_at_once_and_once(slow: Slow, server: Server) -> None:
    server.send(references(1))
    assert slow.begun.wait(DEADLINE)
    server.send(cancel(1))
    assert server.answer(1)["error"]["code"] == -32800
    slow.go_on.set()
    server.end()
    assert len(server.answers(1)) == 1


def test_a_request_that_waits_for_long_work_is_cancelled_without_running(slow: Slow, server: Server) -> None:
    server.send(references(1), references(2))
    assert slow.begun.wait(DEADLINE)
    server.send(cancel(2))
    assert server.answer(2)["error"]["code"] == -32800
    slow.go_on.set()
    assert server.answer(1)["result"] == "done"
    server.send(references(3))
    assert server.answer(3)["result"] == "done"
    assert slow.runs == 2


def test_an_answer_about_a_document_that_changed_meanwhile_is_stale(slow: Slow, server: Server) -> None:
    server.send(references(1))
    assert slow.begun.wait(DEADLINE)
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [edit((0, 0), (0, 0), "\n")]}
    server.send({"method": "textDocument/didChange", "params": change}, HOVER)
    server.answer("hover")
    slow.go_on.set()
    assert server.answer(1)["error"]["code"] == -32801


def test_a_document_that_is_opened_meanwhile_makes_nothing_stale(slow: Slow, server: Server) -> None:
    server.send(references(1))
    assert slow.begun.wait(DEADLINE)
    other = {"uri": "file:///nowhere/b.py", "languageId": "python", "version": 1, "text": TEXT}
    server.send({"method": "textDocument/didOpen", "params": {"textDocument": other}}, HOVER)
    server.answer("hover")
    slow.go_on.set()
    assert server.answer(1)["result"] == "done"


def test_shutdown_answers_what_is_under_way(slow: Slow, server: Server) -> None:
    server.send(references(1), references(2))
    assert slow.begun.wait(DEADLINE)
    server.send({"id": 3, "method": "shutdown"})
    assert server.answer(3)["result"] is None
    assert [server.answer(request)["error"]["code"] for request in (1, 2)] == [-32800, -32800]


def test_an_id_that_is_under_way_cannot_be_used_again(slow: Slow) -> None:
    codes = [message.get("error", {}).get("code") for message in serve_all(references(1), references(1))]
    assert codes == [-32600]


def test_the_late_answer_of_a_cancelled_request_is_not_that_of_the_next(slow: Slow, server: Server) -> None:
    server.send(references("same"))
    assert slow.begun.wait(DEADLINE)
    server.send(cancel("same"))
    assert server.answer("same")["error"]["code"] == -32800
    server.send({**HOVER, "id": "same"})
    slow.go_on.set()
    assert "lr" in server.answer("same", 1)["result"]["contents"]["value"]
    server.end()
    assert len(server.answers("same")) == 2


def test_a_rename_waits_for_the_index_and_others_do_not() -> None:
    server = Server({**INITIALIZE, "params": {"capabilities": {}, "rootUri": "file:///nowhere"}})
    rename = {"id": 1, "method": "textDocument/rename", "params": at(URI, 1, 3, newName="rate")}
    server.send(OPEN, rename, HOVER)
    server.answer("hover")
    assert server.answers(1) == []
    server.inbox.put(Finished(0, loaded=True, error=None))
    assert list(server.answer(1)["result"]["changes"]) == [URI]
    server.end()


def test_a_rename_that_waits_can_be_cancelled() -> None:
    server = Server({**INITIALIZE, "params": {"capabilities": {}, "rootUri": "file:///nowhere"}})
    rename = {"id": 1, "method": "textDocument/rename", "params": at(URI, 1, 3, newName="rate")}
    server.send(OPEN, rename, cancel(1))
    assert server.answer(1)["error"]["code"] == -32800
    server.inbox.put(Finished(0, loaded=True, error=None))
    server.end()


METHODS = [
    "textDocument/hover",
    "textDocument/references",
    "textDocument/rename",
    "no/such",
    "initialize",
    "$/x",
]
PARAMS = st.sampled_from(
    [at(URI, 1, 3, context={"includeDeclaration": True}, newName="x"), at(URI, 0, 0), {}, None, [1]]
)
REQUESTS = st.builds(
    lambda method, params: {"method": method, "params": params}, st.sampled_from(METHODS), PARAMS
)
CANCELS = st.integers(1, 12).map(cancel)
EDITS = st.just(OPEN) | st.just({"method": "textDocument/didChange", "params": None})


@settings(max_examples=50)
@given(st.lists(REQUESTS | CANCELS | EDITS, max_size=12))
def test_every_request_is_answered_exactly_once_whatever_comes(messages: list[Json]) -> None:
    sent, ids = [], []
    for number, message in enumerate(messages, 1):
        if message["method"].startswith(("textDocument/did", "$/cancel")):
            sent.append(message)
        else:
            ids.append(number)
            sent.append({"id": number, **message})
    answers = serve_all(OPEN, *sent, {"id": "end", "method": "shutdown"})
    assert sorted(str(one["id"]) for one in answers if "method" not in one) == sorted(map(str, [*ids, "end"]))
    assert all(("result" in one) != ("error" in one) for one in answers if "method" not in one)
