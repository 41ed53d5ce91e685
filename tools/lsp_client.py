"""A small language client: enough of an editor to talk to `hpman-lsp` from a script."""

from __future__ import annotations

import contextlib
import itertools
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hpman_lsp.server.wire.transport import Frames, write_frames

Json = Any

SECONDS = 60

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32", "utf-16"]},
    "workspace": {"workspaceFolders": True, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "hover": {"contentFormat": ["plaintext"]},
        "publishDiagnostics": {"relatedInformation": True},
        "rename": {"prepareSupport": True},
    },
}


class ServerError(Exception):
    """The server answered with an error, or ended."""


class SilenceError(ServerError):
    """Nothing came in time."""


@final
class Client:
    """A server over one workspace folder. Messages are handled while an answer is waited for.

    diagnostics: what the server published last, by file; files with none are left out.
    """

    def __init__(self, command: Sequence[str], workspace: Path, *, trace: bool = False) -> None:
        """Start and initialize the server.

        With `trace`, messages of both directions and the server's own log go to standard error.
        """
        self.diagnostics: dict[Path, list[Json]] = {}
        self._trace = trace
        self._ids = itertools.count(1)
        self._messages: queue.SimpleQueue[Json] = queue.SimpleQueue()
        log = None if trace else subprocess.DEVNULL
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        assert isinstance(self._server.stdout, BufferedReader)
        threading.Thread(target=self._read, args=[Frames(self._server.stdout)], daemon=True).start()
        folder = {"uri": workspace.as_uri(), "name": workspace.name}
        parameters = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self.request("initialize", {**parameters, "capabilities": CAPABILITIES})
        self.notify("initialized", {})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Shut the server down; end it by force if something went wrong."""
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                self._server.wait(SECONDS)
        finally:
            self._server.kill()
            self._server.wait()

    def request(self, method: str, params: Json) -> Json:
        """The result of a request; raises `ServerError` with the server's message."""
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive(SECONDS)
            if message.get("id") != number or "method" in message:
                self._handle(message)
            elif "error" in message:
                raise ServerError(f"{method}: {message['error']['message']}")
            else:
                return message["result"]

    def notify(self, method: str, params: Json) -> None:
        """Send what has no answer."""
        self._send({"method": method, "params": params})

    def open(self, path: Path) -> None:
        """Open a Python file, as it is on the disk."""
        document = {
            "uri": path.as_uri(),
            "languageId": "python",
            "version": 1,
            "text": path.read_text("utf-8"),
        }
        self.notify("textDocument/didOpen", {"textDocument": document})

    def wait_for_index(self, path: Path) -> None:
        """Wait until the server has read its workspace: it renames nothing before, not even what has no name."""
        nowhere = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 0, "character": 0}}
        self.request("textDocument/rename", {**nowhere, "newName": "unused"})

    def wait_for_silence(self, seconds: float = 1) -> None:
        """Handle messages until none has come for so long."""
        with contextlib.suppress(SilenceError):
            while True:
                self._handle(self._receive(seconds))

    def _handle(self, message: Json) -> None:
        method, params = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics.pop(path_of(params["uri"]), None)
            if params["diagnostics"]:
                self.diagnostics[path_of(params["uri"])] = params["diagnostics"]
        elif method == "workspace/configuration":
            self._send({"id": message["id"], "result": [None] * len(params["items"])})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._log("-->", body)
        assert isinstance(self._server.stdin, BufferedWriter)
        try:
            write_frames(self._server.stdin, [body])
        except OSError as error:
            raise ServerError(f"the server has ended: {error}") from error

    def _receive(self, seconds: float) -> Json:
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            raise SilenceError(f"the server said nothing for {seconds} seconds") from None
        if message is None:
            raise ServerError("the server has ended; --trace shows its log")
        return message

    def _read(self, frames: Frames) -> None:
        while bodies := frames.read():
            for body in bodies:
                self._log("<--", body)
                self._messages.put(json.loads(body))
        self._messages.put(None)

    def _log(self, arrow: str, body: bytes) -> None:
        if self._trace:
            print(arrow, body.decode(), file=sys.stderr)


def path_of(uri: str) -> Path:
    """The file that a `file:` URI names."""
    return Path(url2pathname(urlsplit(uri).path))
