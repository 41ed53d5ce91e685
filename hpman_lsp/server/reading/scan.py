"""The process that reads a workspace for the server: gets roots and settings on stdin, gives batches on stdout."""

from __future__ import annotations

import contextlib
import gc
import pickle
from typing import BinaryIO

from hpman_lsp.server.wire.transport import claim_stdio
from hpman_lsp.workspace.loading import loading


def main() -> None:
    """Do one job; end quietly if the server goes away first."""
    gc.disable()  # all that is made here lives as long as the process
    incoming, outgoing = claim_stdio()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        _scan(incoming, outgoing)


def _scan(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    roots, settings = pickle.load(incoming)  # noqa: S301 - the server wrote it
    for batch in loading.load(roots, settings):
        pickle.dump(batch.packed(), outgoing, pickle.HIGHEST_PROTOCOL)
        outgoing.flush()
    pickle.dump(None, outgoing)
    outgoing.flush()
