"""Which answer each message gets, so that every request is answered exactly once.

All of it runs in the main thread, but for the work of a request that may take long: that has a thread of its own,
and its answer comes back through the inbox.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcContentModified,
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)

from hpman_lsp.server.documents.store import Documents, NotificationError
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.handshake.capabilities import capabilities
from hpman_lsp.server.handshake.start import start_of
from hpman_lsp.server.inbox import Inbox, cancelled_id
from hpman_lsp.server.requests.route import Noticed, Route
from hpman_lsp.server.session import Session
from hpman_lsp.server.wire.cancelling import Withdrawn
from hpman_lsp.server.wire.messages import Id, Message, Notification, Request, Response


class _Task:
    """A request that is under way; compared by identity, because a client may use an id again.

    view: None while it waits for the index, or for a file.
    notice: what the user is told with the answer.
    """

    def __init__(self, request: Request, route: Route, params: object) -> None:
        self.request = request
        self.route = route
        self.params = params
        self.view: View | None = None
        self.notice = ""


class Dispatcher:
    """Takes one message after the other.

    running: between `initialize` and `shutdown`; shut_down: after `shutdown`; ended: after `exit`.
    """

    def __init__(
        self,
        session: Session,
        inbox: Inbox,
        requests: Mapping[str, Route],
        notifications: Mapping[str, Callable[[Session, Any], None]],
    ) -> None:
        self.running = self.shut_down = self.ended = False
        self._session = session
        self._protocol = session.remote.protocol
        self._inbox = inbox
        self._requests = requests
        self._notifications = notifications
        self._under_way: dict[Id, _Task] = {}
        self._withdrawn: list[Id] = []
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")

    def handle(self, message: Message | Withdrawn) -> None:
        """Do what a message asks for.

        Raises: ClientGoneError.
        """
        if isinstance(message, Request):
            self._handle_request(message)
        elif isinstance(message, Notification):
            self._handle_notification(message)
        elif isinstance(message, Response):
            self._protocol.settle(message)
        elif isinstance(message, Withdrawn):
            self._withdrawn += message.ids
        else:
            self._refuse(message.id, JsonRpcException(message.reason, message.code))

    def resume(self) -> None:
        """Start what waited for the index, or for a file."""
        for task in [task for task in self._under_way.values() if task.view is None]:
            self._start(task)

    def rest(self) -> None:
        """Answer what was cancelled before it began: nobody waits for that, so it comes after all that waits."""
        if self._withdrawn:
            self._protocol.send(*self._protocol.encode_errors(self._withdrawn, JsonRpcRequestCancelled()))
            self._withdrawn.clear()

    def _handle_request(self, request: Request) -> None:
        if self._inbox.is_cancelled(request.id):
            self._withdrawn.append(request.id)
            return
        try:
            self._check(request)
            if request.method == types.INITIALIZE:
                self._protocol.send(self._body(request, partial(self._initialize, request.params)))
            elif request.method == types.SHUTDOWN:
                self._protocol.send(self._body(request, self._shut_down))
            else:
                self._start(self._task(request))
        except JsonRpcException as error:
            self._refuse(request.id, error)

    def _check(self, request: Request) -> None:
        if self.shut_down:
            raise JsonRpcInvalidRequest(f"{request.method}: the server has been shut down")
        if not self.running and request.method != types.INITIALIZE:
            raise JsonRpcServerNotInitialized(f"{request.method}: `initialize` must come first")
        if self.running and request.method == types.INITIALIZE:
            raise JsonRpcInvalidRequest("`initialize` was sent before")
        if request.id in self._under_way:
            raise JsonRpcInvalidRequest(
                f"the id {request.id!r} belongs to a request that is not answered yet"
            )

    def _initialize(self, params: object) -> types.InitializeResult:
        if not isinstance(params, dict):
            raise JsonRpcInvalidParams("initialize: params must be an object")
        start, remote = start_of(params), self._session.remote
        self._session.begin(start)
        self.running = True
        return types.InitializeResult(
            capabilities(start.client), types.ServerInfo(remote.name, remote.version)
        )

    def _shut_down(self) -> None:
        for request in [*self._under_way]:
            self._cancel(request)
        self.running, self.shut_down = False, True

    def _task(self, request: Request) -> _Task:
        route = self._requests.get(request.method)
        if route is None:
            raise JsonRpcMethodNotFound.of(request.method)
        return _Task(request, route, self._protocol.params_of(request.method, request.params))

    def _start(self, task: _Task) -> None:
        view, request = self._session.view, task.request
        if (task.route.whole and not view.snapshot.complete) or _waits_for_file(task, view):
            self._under_way[request.id] = task
        elif task.route.aside:
            task.view = view
            self._under_way[request.id] = task
            self._aside.submit(self._work_aside, task, view)
        else:
            self._under_way.pop(request.id, None)
            body = self._work(task, view)
            if self._inbox.is_cancelled(request.id):
                self._refuse(request.id, JsonRpcRequestCancelled())
            else:
                self._protocol.send(body)

    def _body(self, request: Request, answer: Callable[[], object]) -> bytes:
        """The answer, whatever happens; in any thread."""
        try:
            return self._protocol.encode_result(request.id, answer())
        except JsonRpcException as error:
            return self._protocol.encode_error(request.id, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours is an error answer, and the server lives on
            traceback.print_exc()
            reason = JsonRpcInternalError(f"{request.method}: {type(error).__name__}: {error}")
            return self._protocol.encode_error(request.id, reason)

    def _work(self, task: _Task, view: View) -> bytes:
        def answer() -> object:
            found = task.route.handler(view, task.params)
            if isinstance(found, Noticed):
                task.notice = found.notice
                return found.result
            return found

        return self._body(task.request, answer)

    def _work_aside(self, task: _Task, view: View) -> None:
        if self._under_way.get(task.request.id) is task:
            body = self._work(task, view)
            self._inbox.put(partial(self._finish, task, view.documents, body))

    def _finish(self, task: _Task, documents: Documents, body: bytes) -> None:
        request = task.request.id
        if self._under_way.get(request) is not task:
            return
        del self._under_way[request]
        now = self._session.view.documents
        if any(now.get(key) is not document for key, document in documents.items()):
            self._refuse(
                request, JsonRpcContentModified(f"{task.request.method}: a document changed meanwhile")
            )
        else:
            self._protocol.send(body)
            if task.notice:
                self._session.remote.show(task.notice)

    def _cancel(self, request: Id) -> None:
        self._inbox.forget(request)
        if self._under_way.pop(request, None):
            self._refuse(request, JsonRpcRequestCancelled())

    def _handle_notification(self, message: Notification) -> None:
        if message.method == types.EXIT:
            self.ended = True
        elif message.method == types.CANCEL_REQUEST:
            for request in cancelled_id(message.params):
                self._cancel(request)
        elif self.running:
            self._notify(message)

    def _notify(self, message: Notification) -> None:
        """A notification is never answered: what is wrong with it is one line in the log."""
        handler, log = self._notifications.get(message.method), self._session.remote.log
        if handler is None:
            if not message.method.startswith("$/"):
                log(f"{message.method}: unknown notification", types.MessageType.Log)
            return
        try:
            handler(self._session, self._protocol.params_of(message.method, message.params))
        except (NotificationError, JsonRpcException) as error:
            log(str(error))

    def _refuse(self, request: Id | None, error: JsonRpcException) -> None:
        self._protocol.send(self._protocol.encode_error(request, error))


def _waits_for_file(task: _Task, view: View) -> bool:
    """Tell whether the snapshot has not yet the text that a request is about."""
    if not view.unread:
        return False
    document = getattr(task.params, "text_document", None)
    return task.route.placed or (document is not None and view.path(document.uri) in view.unread)
