"""Fault 12: pygls keeps what it needs no more; see `test_pygls_faults.py`."""

from __future__ import annotations

from typing import Any

import pytest

from hpman_lsp.server.wire.protocol import Protocol
from tests.lsp.server.client import Json, edit
from tests.lsp.server.harness import INITIALIZE, Server, serve_all

URI = "file:///nowhere/a.py"


@pytest.fixture
def protocol(monkeypatch: pytest.MonkeyPatch) -> list[Protocol]:
    """Holds the protocol of the server that a test starts in this process."""
    made: list[Protocol] = []
    original = Protocol.__init__

    def remember(self: Protocol, *arguments: Any) -> None:
        made.append(self)
        original(self, *arguments)

    monkeypatch.setattr(Protocol, "__init__", remember)
    return made


def test_12_nothing_is_kept_of_a_notification(protocol: list[Protocol]) -> None:
    opened: Json = {"uri": URI, "languageId": "python", "version": 0, "text": ""}
    changes = [
        {"textDocument": {"uri": URI, "version": n}, "contentChanges": [edit((0, 0), (0, 0), "x")]}
        for n in range(1, 51)
    ]
    serve_all(
        {"method": "textDocument/didOpen", "params": {"textDocument": opened}},
        *({"method": "textDocument/didChange", "params": change} for change in changes),
    )
    assert [not one._request_futures and not one._result_types for one in protocol] == [True]


@pytest.mark.parametrize(
    "answer", [{"result": [None]}, {"error": {"code": 1, "message": "no"}}, {"result": 7}]
)
def test_12_nothing_is_kept_of_a_request_that_the_client_answered(
    protocol: list[Protocol], answer: Json
) -> None:
    capabilities = {"workspace": {"configuration": True}}
    server = Server({**INITIALIZE, "params": {"capabilities": capabilities}})
    server.send({"method": "initialized", "params": {}})
    asked = server.wait_for("workspace/configuration")
    server.send({"id": asked["id"], **answer})
    server.end()
    assert [not one._request_futures and not one._result_types for one in protocol] == [True]
