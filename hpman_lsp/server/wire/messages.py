"""One JSON-RPC message: bytes to what it is. Pure and total.

The Language Server Protocol has no batches: an array is answered as an invalid request.
"""

from __future__ import annotations

import json
from typing import NamedTuple, TypeAlias, TypeGuard

PARSE_ERROR = -32700
INVALID_REQUEST = -32600

Id: TypeAlias = int | str

_decoded = json.JSONDecoder().decode


class Request(NamedTuple):
    """Has to be answered, once, under its id."""

    id: Id
    method: str
    params: object


class Notification(NamedTuple):
    """Is never answered."""

    method: str
    params: object


class Response(NamedTuple):
    """The client's answer to a request of ours; error is None where it gives a result."""

    id: Id
    result: object
    error: object


class Invalid(NamedTuple):
    """Is answered with an error: under its id where that could be read, else under null."""

    id: Id | None
    code: int
    reason: str


Message: TypeAlias = Request | Notification | Response | Invalid


def parse_message(body: bytes) -> Message:
    """What a message is; anything that is none of the three kinds is `Invalid`."""
    try:
        content = _decoded(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        return Invalid(None, PARSE_ERROR, f"the message is not JSON: {error}")
    if not isinstance(content, dict):
        return Invalid(None, INVALID_REQUEST, "a message must be an object; batches are not supported")
    return _classify(content)


def is_id(value: object) -> TypeGuard[Id]:
    """Tell whether a value can be the id of a request."""
    return isinstance(value, (int, str)) and not isinstance(value, bool)


def _classify(content: dict[str, object]) -> Message:
    message_id, method = content.get("id"), content.get("method")
    known_id = message_id if is_id(message_id) else None
    if content.get("jsonrpc") != "2.0":
        return Invalid(known_id, INVALID_REQUEST, '`jsonrpc` must be "2.0"')
    if isinstance(method, str) and "id" not in content:
        return Notification(method, content.get("params"))
    if known_id is None:
        return Invalid(None, INVALID_REQUEST, "`id` must be an integer or a string")
    if isinstance(method, str):
        return Request(known_id, method, content.get("params"))
    if "method" not in content and ("result" in content or "error" in content):
        return Response(known_id, content.get("result"), content.get("error"))
    return Invalid(known_id, INVALID_REQUEST, "`method` must be a string")
