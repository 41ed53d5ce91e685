"""Runs the server: a thread reads messages, one has the workspace read, and the main one answers."""

from __future__ import annotations

import os
import time
from io import BufferedIOBase
from typing import BinaryIO

from hpman_lsp.server.handshake.start import start_of
from hpman_lsp.server.inbox import Inbox, start_reading
from hpman_lsp.server.reading.indexing import Indexer
from hpman_lsp.server.reading.scanner import Scanner
from hpman_lsp.server.wire.parent import watch_process

# What the main thread gets to end by itself after the editor's death; it may hang in a write that nobody reads.
GRACE_SECONDS = 1.0


def run(incoming: BufferedIOBase, outgoing: BinaryIO, scanner: Scanner) -> int:
    """Serve until the client says `exit` or is gone; gives the process's exit code."""
    inbox = Inbox()
    indexer = Indexer(inbox.put, scanner.load)
    indexer.start()

    def end_orphaned() -> None:
        inbox.end()
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    def begin(params: object) -> None:
        start = start_of(params)
        if start.process is not None:
            watch_process(start.process, end_orphaned)
        if start.roots:
            indexer.load(start.roots, start.settings)
        else:
            scanner.dismiss()

    start_reading(incoming, inbox, begin)
    # The protocol's types are most of the start: they are imported while the workspace is being read.
    from hpman_lsp.server.app import serve  # noqa: PLC0415

    return serve(inbox, indexer, outgoing)
