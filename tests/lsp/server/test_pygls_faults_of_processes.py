"""The faults of pygls in its process and its streams; see `test_pygls_faults.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.lsp.server.client import Client, at, hovered

HEAD = "from hpman.m import _\n"
URI = "file:///nowhere/a.py"


# 10


def test_10_the_server_ends_with_its_editor_even_if_another_process_holds_the_pipe() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor,
        Client() as client,
    ):
        client.initialize(processId=editor.pid)
        editor.kill()
        assert client.process.wait(5) == 1


def test_10_an_editor_that_cannot_be_seen_from_here_is_not_taken_for_dead(client: Client) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    client.initialize(processId=gone.pid)
    client.settle()
    assert client.end() == 0


# 11


def test_11_exit_without_shutdown_is_an_error(client: Client) -> None:
    client.initialize()
    client.tell("exit", None)
    assert client.exit_code() == 1


def test_11_exit_does_not_wait_for_work_that_is_under_way(tmp_path: Path) -> None:
    slow = (
        "import time, hpman_lsp.features.references as m; m.references = lambda *_: time.sleep(3600);"
        "from hpman_lsp.__main__ import main; main([])"
    )
    with Client((sys.executable, "-c", slow)) as client:
        client.initialize()
        client.open(URI, f'{HEAD}_("lr", 1)\n')
        pending = client.request(
            "textDocument/references", at(URI, 1, 3, context={"includeDeclaration": True})
        )
        client.settle()
        assert client.end() == 0
        assert client.answer(pending)["error"]["code"] == -32800
        assert client.errors() == ""


# 14


def test_14_what_prints_does_not_reach_the_protocol() -> None:
    chatty = (
        "import os, sys, hpman_lsp.features.hover as m; real = m.hover;"
        "m.hover = lambda *_: (print('stray'), os.system('echo stray'), sys.__stdout__.write('stray'),"
        " os.write(1, b'stray'), real(*_))[-1];"
        "from hpman_lsp.__main__ import main; main([])"
    )
    with Client((sys.executable, "-c", chatty)) as client:
        client.initialize()
        client.open(URI, f'{HEAD}_("lr", 1)\n')
        assert hovered(client, URI, 1, 3) == "lr: int = 1"
        assert client.end() == 0
        assert client.stray == b""
        assert client.errors().count("stray") >= 3
