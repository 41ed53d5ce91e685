"""A language client that sends bytes: the tests talk to the real server process through it.

It is not pygls's client, because it has to send what no client should, and to see every message.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Far beyond what anything here takes; reached only when the promise is broken.
DEADLINE = 120.0

Json = dict[str, Any]


class Client:
    """One server process and all that it has sent.

    messages: what came, in order. answers: what requests of the server get, by method; others get null.
    silent: the methods that get no answer.
    """

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "hpman_lsp")) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.messages: list[Json] = []
        self.answers: dict[str, Callable[[Json], Any]] = {
            "workspace/configuration": lambda params: [None for _ in params["items"]],
        }
        self.silent: set[str] = set()
        self.stray = b""
        self._errors = b""
        self._shown: dict[str, list[Json]] = {}
        self._ids = 0
        self._news = threading.Condition()
        self._write = threading.Lock()
        self._closed = False
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Client:  # noqa: PYI034 - typing.Self came with Python 3.11
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            with contextlib.suppress(BrokenPipeError):
                stream.close()

    # --- sending

    def send_bytes(self, raw: bytes) -> None:
        assert self.process.stdin is not None
        with self._write:
            self.process.stdin.write(raw)
            self.process.stdin.flush()

    def send_body(self, body: bytes) -> None:
        self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def send(self, *messages: Json) -> None:
        """In one write, so that the server has them all before it has answered the first."""
        bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
        self.send_bytes(b"".join(b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies))

    def tell(self, method: str, params: object) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: object = None) -> int:
        """Send a request, and give its id."""
        message = self.message(method, params)
        self.send(message)
        return int(message["id"])

    def message(self, method: str, params: object = None) -> Json:
        self._ids += 1
        return {"id": self._ids, "method": method, "params": params}

    def close_stdin(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    # --- receiving

    def wait_for(self, wanted: Callable[[Json], object], what: str = "a message") -> Json:
        """The first message, of all that came or come, that is wanted."""
        seen = 0
        with self._news:
            while True:
                for message in self.messages[seen:]:
                    if wanted(message):
                        return message
                seen = len(self.messages)
                if self._closed or not self._news.wait(DEADLINE):
                    last = json.dumps(self.messages[-5:])[-3000:]
                    raise AssertionError(f"{what} did not come; the last were {last}; {self.errors()}")

    def answer(self, request: object) -> Json:
        return self.wait_for(
            lambda message: message.get("id") == request and "method" not in message,
            f"the answer to {request}",
        )

    def ask(self, method: str, params: object = None) -> Any:
        """The result of a request that must succeed."""
        answer = self.answer(self.request(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def error(self, method: str, params: object = None) -> Json:
        """The error of a request that must fail."""
        answer = self.answer(self.request(method, params))
        assert "result" not in answer, answer
        found: Json = answer["error"]
        return found

    def settle(self) -> None:
        """Everything that was sent before has had its turn."""
        self.error("$/settle")

    def have_read(self) -> None:
        """The workspace has been read: a rename, of whatever, waits for that."""
        self.answer(self.request("textDocument/rename", at("file:///nowhere.py", 0, 0, newName="new")))

    def notifications(self, method: str) -> list[Json]:
        return [message.get("params", {}) for message in self.messages if message.get("method") == method]

    def logged(self) -> list[str]:
        return [params["message"] for params in self.notifications("window/logMessage")]

    def errors(self) -> str:
        """What it wrote to stderr; all of it, once it has ended."""
        if self.process.poll() is not None:
            self._threads[1].join(DEADLINE)
        return self._errors.decode(errors="replace")

    # --- the usual course of things

    def initialize(self, *roots: Path, capabilities: Json | None = None, **params: object) -> Json:
        folders = [{"uri": root.as_uri(), "name": root.name} for root in roots]
        result: Json = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": roots[0].as_uri() if roots else None,
                "workspaceFolders": folders or None,
                "capabilities": capabilities or {},
                **params,
            },
        )
        self.tell("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1, language: str = "python") -> None:
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        self.tell("textDocument/didChange", params)

    def diagnostics(self, uri: str, wanted: Callable[[list[Json]], object]) -> list[Json]:
        """What is shown for a file, as soon as that is as wanted: the diagnostics that were published last."""
        with self._news:
            while not wanted(found := self._shown.get(uri, [])) or uri not in self._shown:
                if self._closed or not self._news.wait(DEADLINE):
                    raise AssertionError(f"{uri} shows {json.dumps(found)[-3000:]}; {self.errors()}")
            return found

    def codes(self, uri: str, *wanted: str) -> list[Json]:
        """What is shown for a file, as soon as it has these codes, in their order."""
        return self.diagnostics(uri, lambda found: [one["code"] for one in found] == list(wanted))

    def end(self) -> int:
        """Shut down as the protocol says, and give the exit code."""
        assert self.ask("shutdown") is None
        self.tell("exit", None)
        return self.exit_code()

    def exit_code(self) -> int:
        return self.process.wait(DEADLINE)

    # --- threads

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while (header := stream.readline()).startswith(b"Content-Length: "):
            assert stream.readline() == b"\r\n"
            self._receive(json.loads(stream.read(int(header[16:]))))
        with self._news:
            self.stray, self._closed = header, True
            self._news.notify_all()

    def _receive(self, message: Json) -> None:
        if "id" in message and "method" in message and message["method"] not in self.silent:
            answer = self.answers.get(message["method"], _null)
            with contextlib.suppress(OSError, ValueError):  # it asked while it was told to go
                self.send({"id": message["id"], "result": answer(message.get("params", {}))})
        with self._news:
            self.messages.append(message)
            if message.get("method") == "textDocument/publishDiagnostics":
                self._shown[message["params"]["uri"]] = message["params"]["diagnostics"]
            self._news.notify_all()

    def _read_errors(self) -> None:
        stream = self.process.stderr
        assert stream is not None
        for line in stream:
            self._errors += line


def _null(_: Json) -> None:
    return None


def at(uri: str, line: int, character: int, **more: object) -> Json:
    """The params of a request at a position."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more}


def edit(start: tuple[int, int], end: tuple[int, int], text: str) -> Json:
    """One incremental change."""
    bounds = ({"line": line, "character": character} for line, character in (start, end))
    return {"range": dict(zip(("start", "end"), bounds, strict=True)), "text": text}


def hovered(client: Client, uri: str, line: int, character: int) -> str | None:
    """The first line of a hover, in plain text."""
    answer = client.ask("textDocument/hover", at(uri, line, character))
    return answer and str(answer["contents"]["value"]).split("\n")[0]
