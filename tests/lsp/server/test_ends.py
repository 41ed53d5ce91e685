"""How the server's process ends, and what is left of it: nothing."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.server.client import DEADLINE, Client
from tests.lsp.server.harness import INITIALIZE, write_files

linux = pytest.mark.skipif(sys.platform != "linux", reason="sys.platform: looks into /proc")
SERVER = [sys.executable, "-m", "hpman_lsp"]
HEAD = "from hpman.m import _\n"


def test_the_end_of_stdin_ends_the_server_with_an_error(client: Client) -> None:
    client.initialize()
    client.close_stdin()
    assert client.exit_code() == 1


def test_the_end_of_stdin_after_shutdown_is_in_order(client: Client) -> None:
    client.initialize()
    client.ask("shutdown")
    client.close_stdin()
    assert client.exit_code() == 0


def test_exit_before_initialize_ends_the_server(client: Client) -> None:
    client.tell("exit", None)
    assert client.exit_code() == 1


def test_a_client_that_closes_its_ear_ends_the_server() -> None:
    body = json.dumps({"jsonrpc": "2.0", **INITIALIZE}).encode()
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        process.stdin.flush()
        assert process.wait(DEADLINE) == 1


@pytest.mark.parametrize("option", [["--stdio"], []])
def test_stdio_is_the_default_and_may_be_said(option: list[str]) -> None:
    with Client((*SERVER, *option)) as client:
        client.initialize()
        assert client.end() == 0


@pytest.mark.parametrize(
    ("option", "answer"), [("--version", "hpman-lsp 1."), ("--help", "usage: hpman-lsp")]
)
def test_the_command_line_answers_and_ends(option: str, answer: str) -> None:
    done = subprocess.run([*SERVER, option], capture_output=True, text=True, timeout=DEADLINE, check=True)
    assert done.stdout.startswith(answer)


def test_an_unknown_option_is_refused() -> None:
    done = subprocess.run([*SERVER, "--tcp"], capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 2
    assert "--tcp" in done.stderr


@linux
@pytest.mark.parametrize("killed", [True, False])
def test_no_process_outlives_the_server(client: Client, tmp_path: Path, killed: bool) -> None:
    write_files(tmp_path, {f"{n}.py": f'{HEAD}_("lr{n}", 1)\n' * 50 for n in range(300)})
    client.initialize(tmp_path)
    children = children_of(client.process.pid)
    if killed:
        client.process.send_signal(signal.SIGKILL)
    else:
        client.tell("exit", None)
    client.exit_code()
    for child in children:
        wait_for_end(child)


@linux
def test_without_a_workspace_no_second_process_stays(client: Client) -> None:
    client.initialize()
    client.settle()
    assert children_of(client.process.pid) == []


@linux
def test_the_workspace_is_read_even_if_the_second_process_is_killed(client: Client, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": f'{HEAD}_("lr")\n'})
    (child,) = children_of(client.process.pid) or wait_for_child(client.process.pid)
    os.kill(child, signal.SIGKILL)
    client.initialize(tmp_path)
    assert client.diagnostics((tmp_path / "a.py").as_uri(), lambda found: found)


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def wait_for_child(process: int) -> list[int]:
    while not (children := children_of(process)):
        pass
    return children


def wait_for_end(process: int) -> None:
    """By a descriptor of the process, which becomes readable when it ends."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return
    assert select.select([descriptor], [], [], DEADLINE)[0], "it lives on"
