"""Has a workspace read by another process, so that nobody waits for it: not the start, not a request.

In one process, reading would take turns with the import of the protocol's types and with every request, for only
one thread of Python runs at a time. This module imports next to nothing, so that the other process starts before all else.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hpman_lsp.workspace.batch import Batch
    from hpman_lsp.workspace.configuration.settings import Settings

# Isolated (-I), with the modules of this process and no others: nothing of a workspace is ever imported.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from hpman_lsp.server.reading.scan import main; main()"


class Scanner:
    """Keeps one process ready from the start, and starts others as they are needed."""

    def __init__(self) -> None:
        self._ready: subprocess.Popen[bytes] | None = _start()

    def load(self, roots: tuple[str, ...], settings: Settings) -> Iterator[Batch]:
        """Give what `loading.load` gives; without another process, where none can be had."""
        process, self._ready = self._ready or _start(), None
        try:
            if process is not None:
                yield from _batches(process, roots, settings)
                return
        except (OSError, EOFError, pickle.UnpicklingError):
            pass  # it was ended from outside: what it gave is given again
        finally:
            _end(process)
        from hpman_lsp.workspace.loading import loading  # noqa: PLC0415 - see above

        yield from loading.load(roots, settings)

    def dismiss(self) -> None:
        """No workspace will be loaded soon."""
        process, self._ready = self._ready, None
        _end(process)


def _batches(process: subprocess.Popen[bytes], roots: tuple[str, ...], settings: Settings) -> Iterator[Batch]:
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump((roots, settings), process.stdin)
    process.stdin.flush()
    while (batch := pickle.load(process.stdout)) is not None:  # noqa: S301 - our own process wrote it
        yield batch


def _start() -> subprocess.Popen[bytes] | None:
    program = _PROGRAM.format(path=sys.path)
    if not sys.executable:  # an embedded Python
        return None
    try:
        return subprocess.Popen(  # noqa: S603 - this Python, and a program of ours
            [sys.executable, "-I", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    except OSError:
        return None


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        process.kill()
        process.communicate()
