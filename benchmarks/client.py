"""A language client that measures: raw JSON on a pipe, no thread between the answer and the clock."""

from __future__ import annotations

import itertools
import json
import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, final

from hpman_lsp.server.wire.transport import Frames, write_frames

Json = Any

# Far beyond what any server here takes; it ends a measurement that would never end.
DEADLINE = 600.0

# What Visual Studio Code announces, of what has something to do with what is asked here.
CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "symbol": {},
        "workspaceEdit": {"documentChanges": True},
        "workspaceFolders": True,
    },
    "textDocument": {
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "references": {},
        "rename": {"prepareSupport": True},
        "synchronization": {"didSave": True},
    },
}


class ServerError(Exception):
    """The server answered with an error, or ended."""


class TooSlowError(ServerError):
    """What is waited for did not come; seconds: how long it was waited for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"nothing came in {seconds:g} s")
        self.seconds = seconds


@final
class Client:
    """One server process over one workspace.

    limit: seconds after which nothing is waited for any more.
    initialized: seconds from the process's start to the answer to `initialize`.
    published: of each file that diagnostics came for, the params that came last.
    notified: the methods of all notifications that came, in order, and `$/progress` with its kind.
    """

    def __init__(self, command: Sequence[str | Path], workspace: Path, limit: float = DEADLINE) -> None:
        """Start the server in the workspace's folder and initialize it."""
        self.limit = limit
        self.published: dict[str, Json] = {}
        self.notified: list[str] = []
        self._ids = itertools.count(1)
        self._unread: deque[bytes] = deque()
        self.started = time.perf_counter()
        self._server = subprocess.Popen(
            command,
            cwd=workspace,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._server.stdin is not None
        assert isinstance(self._server.stdout, BufferedReader)
        self._frames = Frames(self._server.stdout)
        self._in, self._out = self._server.stdin.fileno(), self._server.stdout.fileno()
        os.set_blocking(self._in, False)
        folder = {"uri": workspace.as_uri(), "name": workspace.name}
        parameters = {"processId": os.getpid(), "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self.request("initialize", {**parameters, "capabilities": CAPABILITIES})
        self.initialized = time.perf_counter() - self.started
        self.notify("initialized", {})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Shut the server down; end it by force if something went wrong."""
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                self._server.wait(5)
        except (ServerError, OSError, subprocess.TimeoutExpired):
            pass  # it is not here that a peer's manners are judged
        finally:
            self._server.kill()
            self._server.wait()
            for stream in (self._server.stdin, self._server.stdout):
                if stream is not None:
                    stream.close()

    @property
    def process(self) -> int:
        """The id of the server's process."""
        return self._server.pid

    def request(self, method: str, params: Json) -> Json:
        """The result of a request; raises ServerError."""
        message = self.message(method, params)
        self.send(message)
        return self.result(message)

    def message(self, method: str, params: Json) -> Json:
        """A request that is to be sent later."""
        return {"id": next(self._ids), "method": method, "params": params}

    def result(self, request: Json) -> Json:
        """Wait for the answer to a request that was sent; raises ServerError."""
        answer = self.wait_for(lambda message: message.get("id") == request["id"] and "method" not in message)
        if "error" in answer:
            raise ServerError(f"{request['method']}: {answer['error']['message']}")
        return answer["result"]

    def notify(self, method: str, params: Json) -> None:
        """Send what has no answer."""
        self.send({"method": method, "params": params})

    def open(self, path: Path, language: str = "python") -> None:
        """Open a file, as it is on the disk."""
        text = path.read_text(encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: Path, version: int, change: Json) -> None:
        """Send one incremental change of an open file."""
        document = {"uri": path.as_uri(), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def wait_for(self, wanted: Callable[[Json], bool], limit: float | None = None) -> Json:
        """Handle messages until one is wanted; raises ServerError, and TooSlowError after the limit."""
        seconds = limit or self.limit
        end = time.monotonic() + seconds
        while (message := self._receive(end)) is not None:
            self._handle(message)
            if wanted(message):
                return message
        raise TooSlowError(seconds)

    def send(self, *messages: Json) -> None:
        """Send messages in one write; raises ServerError, and TooSlowError after the limit."""
        frames = BytesIO()
        write_frames(frames, (json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages))
        unsent = frames.getbuffer()
        end = time.monotonic() + self.limit
        while unsent:
            if not self._left(end):
                raise TooSlowError(self.limit)
            # A server that writes before it reads must not wait for us while we wait for it.
            readable, writable, _ = select.select([self._out], [self._in], [], self._left(end))
            if readable:
                self._read()
            if writable:
                unsent = unsent[self._write(unsent) :]

    def _handle(self, message: Json) -> None:
        method = message.get("method")
        if method is None:
            return
        if "id" in message:
            items = (
                message.get("params", {}).get("items", ()) if method == "workspace/configuration" else None
            )
            self.send({"id": message["id"], "result": None if items is None else [{} for _ in items]})
            return
        if method == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        kind = message["params"]["value"].get("kind") if method == "$/progress" else None
        self.notified.append(f"{method} {kind}" if kind else method)

    def _receive(self, end: float) -> Json | None:
        while not self._unread:
            if not select.select([self._out], [], [], self._left(end))[0]:
                return None
            self._read()
        return json.loads(self._unread.popleft()) if self._left(end) else None

    def _read(self) -> None:
        bodies = self._frames.read()
        if not bodies:
            raise ServerError("the server has ended")
        self._unread += bodies

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._in, data)
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            raise ServerError("the server has ended") from None

    @staticmethod
    def _left(end: float) -> float:
        return max(0.0, end - time.monotonic())
