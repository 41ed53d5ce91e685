"""`hpman-lsp`: the language server on stdin and stdout."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from hpman._version import __version__
from hpman_lsp.server.reading.scanner import Scanner
from hpman_lsp.server.wire.transport import claim_stdio

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
    # Before all that is imported here: the other process has as much to import, and does so beside this one.
    scanner = Scanner()
    from hpman_lsp.server.running import run  # noqa: PLC0415

    return run(incoming, outgoing, scanner)


if __name__ == "__main__":
    main()
