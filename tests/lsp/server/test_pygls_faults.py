"""What pygls 2.1.1 does wrong, measured, must not reach our users: they see our server, not pygls.

The numbers are those that the server's comments refer to. Here: answers and messages; texts are in
`test_pygls_faults_of_texts.py`, the process and its streams in `test_pygls_faults_of_processes.py`.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from pygls.protocol import JsonRPCProtocol

from hpman_lsp.server import app
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire.remote import Remote
from tests.lsp.server.client import Client, Json, at, hovered
from tests.lsp.server.harness import serve_all

HEAD = "from hpman.m import _\n"
URI = "file:///nowhere/a.py"
NOT_OPEN = "file:///nowhere/b.py"
SERVER = Path(app.__file__).parent


# 3


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({}, "params.textDocument"),
        ({"textDocument": {}, "position": {"line": 0, "character": 0}}, "params.textDocument.uri"),
        ({"textDocument": {"uri": URI}, "position": {"line": "a", "character": 0}}, "params.position.line"),
        ({"textDocument": {"uri": URI}, "position": {"line": -1, "character": 0}}, "params.position"),
        ([], "params must be an object"),
        ("x", "params must be an object"),
    ],
)
def test_3_malformed_params_are_answered_with_the_field_that_is_wrong(
    shared: Client, params: object, named: str
) -> None:
    error = shared.error("textDocument/hover", params)
    assert error["code"] == -32602
    assert named in error["message"]


def test_3_a_request_after_shutdown_is_an_invalid_request(client: Client) -> None:
    client.initialize()
    client.ask("shutdown")
    assert client.error("textDocument/hover", at(URI, 0, 0))["code"] == -32600
    assert client.error("shutdown")["code"] == -32600


def test_3_a_request_before_initialize_is_told_to_wait(client: Client) -> None:
    assert client.error("textDocument/hover", at(URI, 0, 0))["code"] == -32002
    assert client.initialize()["serverInfo"]["name"] == "hpman-lsp"


# 4


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/didChange", {"textDocument": {"uri": NOT_OPEN, "version": 1}, "contentChanges": []}),
        ("textDocument/didChange", {"textDocument": {"uri": NOT_OPEN}}),
        ("textDocument/didClose", {"textDocument": {"uri": NOT_OPEN}}),
        ("textDocument/didOpen", None),
        ("workspace/didChangeWatchedFiles", {"changes": 7}),
        ("no/suchNotification", {}),
    ],
)
def test_4_a_bad_notification_is_one_line_in_the_log(shared: Client, method: str, params: object) -> None:
    before = len(shared.logged())
    shared.tell(method, params)
    shared.settle()
    assert len(shared.logged()) == before + 1
    assert not shared.notifications("window/showMessage")


def test_4_bad_json_is_answered_and_the_server_lives_on(shared: Client) -> None:
    shared.send_body(b'{"jsonrpc": ')
    assert shared.answer(None)["error"]["code"] == -32700
    shared.settle()
    assert not shared.notifications("window/showMessage")


def test_4_a_fault_in_a_handler_is_a_line_in_the_log_and_the_server_lives_on() -> None:
    broken = (
        "import hpman_lsp.workspace.python.source as m; m.source_file = lambda *_: 1 / 0;"
        "from hpman_lsp.__main__ import main; main([])"
    )
    with Client((sys.executable, "-c", broken)) as client:
        client.initialize()
        client.open(URI, HEAD)
        client.settle()
        assert ["ZeroDivisionError" in line for line in client.logged()] == [True]
        assert not client.notifications("window/showMessage")


# 5


def test_5_a_request_that_is_cancelled_while_it_waits_never_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    route = Route(lambda _, params: ran.append(params))
    monkeypatch.setitem(dict_of_routes(), "textDocument/hover", route)
    queued = [{"id": n, "method": "textDocument/hover", "params": at(URI, n, 0)} for n in range(1, 71)]
    cancels = [{"method": "$/cancelRequest", "params": {"id": n}} for n in range(1, 70)]
    answers = serve_all(*queued, *cancels)
    codes = {answer["id"]: answer.get("error", {}).get("code") for answer in answers}
    assert codes == {**dict.fromkeys(range(1, 70), -32800), 70: None}
    assert len(answers) == 70
    assert answers[0]["id"] == 70, "nobody waits for the others"
    assert len(ran) == 1


def dict_of_routes() -> dict[str, Route]:
    assert isinstance(app.REQUESTS, dict)
    return app.REQUESTS


# 6: in test_dispatch.py, long work holds up neither reading nor other requests


# 13


@pytest.mark.parametrize(
    "header",
    ["content-length: %d\r\n\r\n", "Content-Type: application/vscode-jsonrpc\r\nCONTENT-LENGTH:%d\r\n\r\n"],
)
def test_13_headers_are_read_as_http_has_them(client: Client, header: str) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": "x", "method": "no/such"}).encode()
    client.send_bytes((header % len(body)).encode() + body)
    assert client.answer("x")["error"]["code"] == -32002


# 16


def test_16_a_client_that_never_answers_is_served_all_the_same(client: Client) -> None:
    client.silent.add("workspace/configuration")
    client.initialize(capabilities={"workspace": {"configuration": True}})
    client.open(URI, f'{HEAD}_("lr", 1)\n')
    assert hovered(client, URI, 1, 3) == "lr: int = 1"


# 17


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "never asked", "result": None},
        {"id": 1, "error": {"code": -1, "message": "no"}},
        {"id": "x", "error": "malformed"},
    ],
)
def test_17_an_answer_that_nobody_waits_for_changes_nothing(client: Client, answer: Json) -> None:
    client.initialize()
    client.send(answer, answer)
    client.settle()
    assert client.end() == 0
    assert client.errors() == ""


def test_17_a_second_answer_changes_nothing(client: Client) -> None:
    client.initialize(capabilities={"workspace": {"configuration": True}})
    asked = client.wait_for(lambda message: message.get("method") == "workspace/configuration")
    client.send(*({"id": asked["id"], "result": [None]} for _ in range(3)))
    client.settle()
    assert client.end() == 0
    assert client.errors() == ""


def test_every_fault_has_a_test() -> None:
    found = re.compile(r"^(?:def test_|# )(\d+)(?:_|: in )", re.MULTILINE)
    files = Path(__file__).parent.glob("test_pygls_faults*.py")
    tested = {int(number) for file in files for number in found.findall(file.read_text(encoding="utf-8"))}
    assert tested == set(range(1, 18))


def test_the_private_names_of_pygls_that_we_need_are_there_and_one_module_uses_them() -> None:
    protocol = Remote("name", "1", io.BytesIO()).protocol
    assert {"_converter", "_request_futures", "_result_types"} <= vars(protocol).keys()
    assert "_send_data" in vars(JsonRPCProtocol)
    private = re.compile(r"(?:protocol|self)\.(?:_converter|_request_futures|_result_types|_send_data)\b")
    users = [path.name for path in SERVER.rglob("*.py") if private.search(path.read_text(encoding="utf-8"))]
    assert users == ["protocol.py"]
