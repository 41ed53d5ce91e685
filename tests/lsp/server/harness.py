"""The server without a process: all messages are read before the first has its turn."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from hpman_lsp.server.app import serve
from hpman_lsp.server.inbox import Inbox
from hpman_lsp.server.reading.indexing import Indexer
from hpman_lsp.server.wire.messages import Message, parse_message
from hpman_lsp.server.wire.transport import Frames
from tests.lsp.server.client import DEADLINE

Json = dict[str, Any]

INITIALIZE: Json = {"id": 0, "method": "initialize", "params": {"processId": None, "capabilities": {}}}


class Server:
    """The main loop in a thread, fed message by message.

    messages: what it has sent so far, as far as somebody waited for it.
    """

    def __init__(self, initialize: Json = INITIALIZE) -> None:
        self.inbox = Inbox()
        self.messages: list[Json] = []
        self._sent: SimpleQueue[Json] = SimpleQueue()
        indexer = Indexer(lambda _: None)
        indexer.start()
        self._thread = Thread(target=serve, args=(self.inbox, indexer, Output(self._sent)), daemon=True)
        self._thread.start()
        self.send(initialize)
        self.answer(0)

    def send(self, *messages: Json) -> None:
        for message in messages:
            self.inbox.put(parsed(message))

    def answer(self, request: object, nth: int = 0) -> Json:
        """The answer to a request; the nth where its id was used again."""
        while len(found := self.answers(request)) <= nth:
            self._take()
        return found[nth]

    def answers(self, request: object) -> list[Json]:
        """All answers under an id that have been seen."""
        return [one for one in self.messages if "method" not in one and one["id"] == request]

    def wait_for(self, method: str) -> Json:
        """The first request or notification of the server with this method."""
        while not (found := [one for one in self.messages if one.get("method") == method]):
            self._take()
        return found[0]

    def end(self) -> None:
        """End the stream, and take all that the server still sends."""
        self.inbox.end()
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive()
        while not self._sent.empty():
            self._take()

    def _take(self) -> None:
        self.messages.append(self._sent.get(timeout=DEADLINE))


class Output(io.BytesIO):
    """Hands over each message that is written to it."""

    def __init__(self, sent: SimpleQueue[Json]) -> None:
        super().__init__()
        self._sent = sent

    def write(self, frames: Any) -> int:
        for body in Frames(io.BytesIO(frames)).read():
            self._sent.put(json.loads(body))
        return len(frames)


class Trickle(io.BytesIO):
    """Gives a few bytes at a time, as a pipe may."""

    def __init__(self, raw: bytes, size: int) -> None:
        super().__init__(raw)
        self._size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(self._size)


def serve_all(*messages: Json) -> list[Json]:
    """What the server sends, when all messages have been read before the first has its turn."""
    inbox, sent = Inbox(), SimpleQueue[Json]()
    for message in (INITIALIZE, *messages):
        inbox.put(parsed(message))
    inbox.end()
    serve(inbox, Indexer(lambda _: None), Output(sent))
    return [sent.get() for _ in range(sent.qsize())][1:]


def parsed(message: Json) -> Message:
    return parse_message(json.dumps({"jsonrpc": "2.0", **message}).encode())


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
