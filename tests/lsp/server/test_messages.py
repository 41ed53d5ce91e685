"""What a message is, for anything that a client may send."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman_lsp.server.wire.messages import (
    INVALID_REQUEST,
    PARSE_ERROR,
    Id,
    Invalid,
    Message,
    Notification,
    Request,
    Response,
    parse_message,
)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
FIELDS = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | ANY_JSON},
    optional=dict.fromkeys(("id", "method", "params", "result", "error"), ANY_JSON),
)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"id": 1, "method": "m", "params": {}}, Request(1, "m", {})),
        ({"id": "a", "method": "m"}, Request("a", "m", None)),
        ({"method": "m", "params": [1]}, Notification("m", [1])),
        ({"id": 1, "result": None}, Response(1, None, None)),
        ({"id": 1, "error": {"code": 1}}, Response(1, None, {"code": 1})),
    ],
)
def test_the_three_kinds_are_told_apart(sent: dict[str, object], expected: Message) -> None:
    assert parse_message(json.dumps({"jsonrpc": "2.0", **sent}).encode()) == expected


@pytest.mark.parametrize(
    ("body", "request_id", "code"),
    [
        (b"{", None, PARSE_ERROR),
        (b"", None, PARSE_ERROR),
        (b"\xff\xff", None, PARSE_ERROR),
        (b"[" * 100_000, None, PARSE_ERROR),
        (b'{"jsonrpc": "2.0", "id": ' + b"1" * 5000 + b', "method": "m"}', None, PARSE_ERROR),
        (b"[]", None, INVALID_REQUEST),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "m"}]', None, INVALID_REQUEST),
        (b"null", None, INVALID_REQUEST),
        (b'{"id": 7, "method": "m"}', 7, INVALID_REQUEST),
        (b'{"jsonrpc": "1.0", "id": 7, "method": "m"}', 7, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": 7, "method": 1}', 7, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": 7}', 7, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": null, "method": "m"}', None, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": true, "method": "m"}', None, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": [1], "method": "m"}', None, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "result": 1}', None, INVALID_REQUEST),
    ],
)
def test_what_is_none_of_them_is_invalid_with_a_code(body: bytes, request_id: Id | None, code: int) -> None:
    message = parse_message(body)
    assert isinstance(message, Invalid)
    assert (message.id, message.code) == (request_id, code)
    assert message.reason


@given(FIELDS)
def test_any_object_is_some_message_and_a_request_keeps_its_id(fields: dict[str, object]) -> None:
    message = parse_message(json.dumps(fields).encode())
    if isinstance(message, Request):
        assert (message.id, message.method) == (fields["id"], fields["method"])
    assert isinstance(message, Notification) or message.id in (None, fields.get("id"))


@given(st.binary(max_size=30))
def test_any_bytes_are_some_message(body: bytes) -> None:
    assert isinstance(parse_message(body), (Request, Notification, Response, Invalid))
