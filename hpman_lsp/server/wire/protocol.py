"""The wire: pygls's encoding of messages, behind answers that keep to the letter of the protocol.

What pygls does with a message once it is read is replaced: it pops up a window for a malformed one and then never
answers it, runs requests that were cancelled, keeps a future for every notification, fails on an answer that comes
late, and accepts requests before `initialize` and after `shutdown` (facts 3, 4, 5, 11, 12 and 17). Kept are its
types, its converter, and its requests and notifications to the client.

This is the one module that needs private names of pygls: `_converter`, since what it makes of a message is asked for apart
from doing what the message says; `_request_futures` and `_result_types`, to settle answers; `_send_data`, which all that
pygls sends goes through. A test in `test_pygls_faults.py` fails when one of them is gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from cattrs import Converter, transform_error
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, default_converter

from hpman_lsp.server.wire.extension_methods import PARAMS
from hpman_lsp.server.wire.messages import Id, Response
from hpman_lsp.server.wire.transport import write_frames

_as_json = json.JSONEncoder(separators=(",", ":")).encode


class ClientGoneError(Exception):
    """Nothing can be sent any more."""


class Protocol(LanguageServerProtocol):
    """Makes and sends messages; `hpman_lsp.server.dispatch` decides which."""

    output: BinaryIO

    def params_of(self, method: str, params: object) -> Any:
        """The params of a message as the type that the protocol gives them.

        Raises: JsonRpcInvalidParams, which names the fields that are wrong.
        """
        params_type: Any = PARAMS[method] if method in PARAMS else types.METHOD_TO_TYPES[method][2]
        if params_type is None:
            return None
        if not isinstance(params, dict):
            raise JsonRpcInvalidParams(f"{method}: params must be an object")
        try:
            return self._converter.structure(params, params_type)
        except Exception as error:
            reasons = "; ".join(transform_error(error, path="params"))
            raise JsonRpcInvalidParams(f"{method}: {_in_camel_case(reasons)}") from error

    def encode_result(self, request: Id, result: object) -> bytes:
        """The answer to a request; from any thread."""
        return self._encode({"jsonrpc": "2.0", "id": request, "result": self._converter.unstructure(result)})

    def encode_error(self, request: Id | None, error: JsonRpcException) -> bytes:
        """The error answer to a request; to none where its id could not be read."""
        (body,) = self.encode_errors([request], error)
        return body

    @staticmethod
    def encode_errors(requests: Iterable[Id | None], error: JsonRpcException) -> list[bytes]:
        """The same error answer to each of some requests."""
        content = _as_json({"code": error.code, "message": error.message})
        ids = map(_as_json, requests)
        return [f'{{"jsonrpc":"2.0","id":{one},"error":{content}}}'.encode() for one in ids]

    def send(self, *bodies: bytes) -> None:
        """Send messages at once; from the main thread only.

        Raises: ClientGoneError.
        """
        try:
            write_frames(self.output, bodies)
        except (OSError, ValueError) as error:
            raise ClientGoneError from error

    def notify_own(self, method: str, params: object) -> None:
        """Send a notification that the protocol does not have.

        Raises: ClientGoneError.
        """
        self._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def settle(self, response: Response) -> bool:
        """Hand the client's answer to whoever asked; False if nobody did, or does any more."""
        future = self._request_futures.pop(response.id, None)
        result_type = self._result_types.pop(response.id, None)
        if future is None or not future.set_running_or_notify_cancel():
            return False
        try:
            if response.error is not None:
                error = self._converter.structure(response.error, types.ResponseError)
                future.set_exception(JsonRpcException.from_error(error))
            else:
                message = {"jsonrpc": "2.0", "id": response.id, "result": response.result}
                future.set_result(self._converter.structure(message, result_type).result)
        except Exception as error:  # noqa: BLE001 - whatever cattrs makes of what the client sent
            future.set_exception(JsonRpcInternalError(f"malformed answer: {error}"))
        return True

    def _send_data(self, data: Any) -> None:
        self.send(self._encode(self._converter.unstructure(data)))

    @staticmethod
    def _encode(content: object) -> bytes:
        return _as_json(content).encode()


def make_converter() -> Converter:
    """The converter of pygls, which also takes a full text that comes with `"range": null`, as some clients send it."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]

    def structure_change(sent: Any, _: object) -> types.TextDocumentContentChangeEvent:
        if sent.get("range") is None:
            return converter.structure(sent, types.TextDocumentContentChangeWholeDocument)
        return converter.structure(sent, types.TextDocumentContentChangePartial)

    # Not under its alias in `types`: there its members are still names, in the fields they are classes.
    change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument
    converter.register_structure_hook(change, structure_change)
    return converter


def _in_camel_case(reasons: str) -> str:
    """Field names as the client wrote them."""
    return re.sub(r"(?<=[a-z])_([a-z])", lambda found: found[1].upper(), reasons)
