"""How a request is answered: its function, and its mode of execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hpman_lsp.server.documents.view import View


class Route(NamedTuple):
    """How a request is answered.

    aside: it may take long, and must not hold up the others.
    whole: it waits for the index, because half an answer would be a wrong one.
    placed: it gives places in any file, so that it waits for those that are being read.
    """

    handler: Callable[[View, Any], object]
    aside: bool = False
    whole: bool = False
    placed: bool = False


class Noticed(NamedTuple):
    """An answer of which the user has to know more than it says: only for a request that is answered aside."""

    result: object
    notice: str


class RequestFailed(JsonRpcException):
    """A request that was understood and cannot be done; the editor shows the message."""

    CODE = types.LSPErrorCodes.RequestFailed
