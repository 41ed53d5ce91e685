"""What waits for the main thread. One thread reads ahead, so that long work never blocks reading."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from io import BufferedIOBase
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias

from hpman_lsp.server.reading.indexing import Finished, Read, Report
from hpman_lsp.server.wire.cancelling import Withdrawn, without_cancelled
from hpman_lsp.server.wire.messages import Id, Message, Notification, Request, is_id, parse_message
from hpman_lsp.server.wire.transport import Frames

Item: TypeAlias = Message | Withdrawn | Report | Callable[[], None]


# So long a message waits for reports that came before it: the answers about a small workspace are complete from the
# first on, and those about a large one are not late.
PATIENCE_SECONDS = 0.05


class Inbox:
    """Messages, calls that other threads hand to the main one, and reports of the indexer, in order of arrival.

    But no message waits for long until reports have been taken: while the main thread imports, thousands of files are
    read.

    A request that is cancelled while it waits is known to be so at once: `is_cancelled` answers from what
    has been read, `forget` is called once the notification itself has its turn.
    """

    def __init__(self) -> None:
        self._arrived: SimpleQueue[Item | None] = SimpleQueue()
        self._waiting: deque[Item] = deque()
        self._reports = 0  # of those that wait
        self._since = 0.0  # when the first of the messages that wait was seen
        self._cancelled: set[Id] = set()
        self._ended = False  # the end was put, and then taken
        self._is_over = False

    def put(self, item: Item) -> None:
        """Append; from any thread."""
        if isinstance(item, Notification) and item.method == "$/cancelRequest":
            self._cancelled.update(cancelled_id(item.params))
        self._arrived.put(item)

    def end(self) -> None:
        """Let `get` give None after all that was put before; from any thread."""
        self._ended = True
        self._arrived.put(None)

    def get(self) -> Item | None:
        """The next item, as soon as there is one; None at the end."""
        while self._arrived.qsize() or not (self._is_over or self._waiting):
            self._see(self._arrived.get())
        if not self._waiting:
            return None
        has_messages = self._reports < len(self._waiting)
        if has_messages and self._reports and time.monotonic() > self._since + PATIENCE_SECONDS:
            message = next(one for one in self._waiting if not isinstance(one, (Read, Finished)))
            self._waiting.remove(message)
            return message
        item = self._waiting.popleft()
        self._reports -= isinstance(item, (Read, Finished))
        return item

    @property
    def idle(self) -> bool:
        """Nothing waits at this moment but, maybe, the end."""
        return not self._waiting and self._arrived.qsize() <= self._ended

    def _see(self, item: Item | None) -> None:
        if item is None:
            self._is_over = True
        elif isinstance(item, (Read, Finished)):
            self._waiting.append(item)
            self._reports += 1
        else:
            if self._reports == len(self._waiting):
                self._since = time.monotonic()
            self._waiting.append(item)

    def is_cancelled(self, request: Id) -> bool:
        """The client has cancelled the request, and the notification that said so still waits."""
        return request in self._cancelled

    def forget(self, request: Id) -> None:
        """The cancelling notification has had its turn."""
        self._cancelled.discard(request)


def cancelled_id(params: object) -> tuple[Id, ...]:
    """The id that a `$/cancelRequest` names; nothing if it is malformed."""
    found = params.get("id") if isinstance(params, dict) else None
    return (found,) if is_id(found) else ()


def start_reading(stream: BufferedIOBase, inbox: Inbox, on_initialize: Callable[[object], None]) -> None:
    """Read messages into the inbox until the stream ends, in a thread of its own.

    on_initialize: is called in that thread with the params of the first `initialize`, so that indexing can
        start while the main thread still imports the protocol's types.
    """

    def read() -> None:
        frames, waiting = Frames(stream), True
        while bodies := frames.read():
            withdrawn, left = without_cancelled(bodies)
            if withdrawn:
                inbox.put(Withdrawn(withdrawn))
            for message in map(parse_message, left):
                inbox.put(message)
                if waiting and isinstance(message, Request) and message.method == "initialize":
                    waiting = False
                    on_initialize(message.params)
        inbox.end()

    Thread(target=read, name="reader", daemon=True).start()
