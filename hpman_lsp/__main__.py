"""`hpman-lsp`: the language server on stdin and stdout."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time

from hpman._version import __version__
from hpman_lsp.server.inbox import Inbox, start_reading
from hpman_lsp.server.indexing import Indexer
from hpman_lsp.server.parent import watch_process
from hpman_lsp.server.scanner import Scanner
from hpman_lsp.server.start import start_of
from hpman_lsp.server.transport import claim_stdio

# What the main thread gets to end by itself after the editor's death; it may hang in a write that nobody reads.
GRACE_SECONDS = 1.0
GARBAGE_THRESHOLD = 50_000


def main(argv: list[str] | None = None) -> None:
    """Serve, and end the process with the exit code that the protocol asks for."""
    _parser().parse_args(argv)
    if sys.stdin is not None and sys.stdin.isatty():
        sys.stderr.write("hpman-lsp waits for an editor on stdin; end it with Ctrl-C.\n")
    try:
        code = _serve()
    except KeyboardInterrupt:
        code = 130
    sys.stderr.flush()
    # Not sys.exit: a thread that is reading a large workspace would be waited for.
    os._exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hpman-lsp", description="Language server for hpman hyperparameters. An editor starts it."
    )
    parser.add_argument("--stdio", action="store_true", help="speak on stdin and stdout (the default)")
    parser.add_argument("--version", action="version", version=f"hpman-lsp {__version__}")
    return parser


def _serve() -> int:
    # Most of what is made at the start stays: looking through it for garbage as often as usual is a tenth of it.
    gc.set_threshold(GARBAGE_THRESHOLD)
    incoming, outgoing = claim_stdio()
    scanner, inbox = Scanner(), Inbox()
    indexer = Indexer(inbox.put, scanner.load)

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
    gc.disable()
    from hpman_lsp.server.app import serve  # noqa: PLC0415

    gc.freeze()  # what has been imported stays
    gc.enable()
    return serve(inbox, indexer, outgoing)


if __name__ == "__main__":
    main()
