"""The servers that are measured, and how each is started."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks import provision
from benchmarks.client import DEADLINE
from benchmarks.workspace import CALLS, VALUES, Dialect


class Server(NamedTuple):
    """One language server.

    command: what starts it on stdin and stdout.
    dialect: what it understands; None if it answers nothing at all.
    limit: seconds after which an answer is not waited for any more.
    """

    name: str
    command: tuple[str | Path, ...]
    dialect: Dialect | None
    limit: float = DEADLINE

    @property
    def is_slow(self) -> bool:
        """An answer may take so long that one round is enough to tell."""
        return self.limit <= SLOW_SECONDS


# How long an answer of a peer is waited for; of those that look through all files for each answer not so long.
PEER_SECONDS = 120.0
SLOW_SECONDS = 30.0

OURS = "hpman-lsp"
BARE = "bare pygls"


def ours() -> Server:
    return Server(OURS, (sys.executable, "-m", "hpman_lsp"), CALLS)


def bare() -> Server:
    return Server(BARE, (sys.executable, str(Path(__file__).with_name("bare_server.py"))), None)


def peers() -> list[Server]:
    """The newest of each.

    Raises: ProvisionError.
    """
    return [
        _peer(PEER_SECONDS, "ty", "ty", "server"),
        _peer(PEER_SECONDS, "basedpyright", "basedpyright-langserver", "--stdio"),
        _peer(SLOW_SECONDS, "python-lsp-server", "pylsp"),
        _peer(SLOW_SECONDS, "jedi-language-server", "jedi-language-server"),
    ]


def _peer(limit: float, package: str, command: str, *arguments: str) -> Server:
    python = provision.environment(package)
    name = f"{package} {provision.version(python, package)}"
    return Server(name, (provision.script(python, command), *arguments), VALUES, limit)
