"""What waits for the main thread. One thread reads ahead, so that long work never blocks reading."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from io import BufferedIOBase
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias

from hpman_lsp.server.cancelling import Withdrawn, without_cancelled
from hpman_lsp.server.indexing import Finished, Read, Report
from hpman_lsp.server.messages import Id, Message, Notification, Request, is_id, parse_message
from hpman_lsp.server.transport import Frames

Item: TypeAlias = Message | Withdrawn | Report | Callable[[], None]


class Inbox:
    """Messages, calls that other threads hand to the main one, and reports of the indexer, in order of arrival.

    Reports come when nothing else waits: while the main thread imports, the indexer reads many files, and the first
    request of a user would wait for all of them to be taken.

    A request that is cancelled while it waits is known to be so at once: `is_cancelled` answers from what
    has been read, `forget` is called once the notification itself has its turn.
    """

    def __init__(self) -> None:
        self._arrived: SimpleQueue[Item | None] = SimpleQueue()
        self._items: deque[Item] = deque()
        self._reports: deque[Report] = deque()
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
        while self._arrived.qsize() or not (self._is_over or self._items or self._reports):
            self._sort(self._arrived.get())
        waiting = self._items or self._reports
        return waiting.popleft() if waiting else None

    @property
    def idle(self) -> bool:
        """Nothing waits at this moment but, maybe, the end."""
        return not self._items and not self._reports and self._arrived.qsize() <= self._ended

    def _sort(self, item: Item | None) -> None:
        if isinstance(item, (Read, Finished)):
            self._reports.append(item)
        elif item is not None:
            self._items.append(item)
        else:
            self._is_over = True

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
