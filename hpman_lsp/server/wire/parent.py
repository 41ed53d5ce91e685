"""Watches the editor's process. Its pipes alone do not tell: another process may hold them open after its death."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable
from threading import Thread

POLL_SECONDS = 1.0


def watch_process(process: int, on_end: Callable[[], None]) -> None:
    """Call a function, in a thread, when a process ends.

    A process that does not exist is not watched: an editor outside of our container has no number in it, and its
    pipes still tell.
    """
    if wait := _waiter(process):
        Thread(target=_call_after, args=(wait, on_end), name="parent", daemon=True).start()


def _call_after(wait: Callable[[], object], on_end: Callable[[], None]) -> None:
    wait()
    on_end()


if sys.platform == "win32":

    def _waiter(process: int) -> Callable[[], object] | None:
        import ctypes  # noqa: PLC0415 - nothing else needs it

        synchronize, infinite = 0x00100000, 0xFFFFFFFF
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(synchronize, False, process)
        return (lambda: kernel.WaitForSingleObject(handle, infinite)) if handle else None

else:

    def _waiter(process: int) -> Callable[[], object] | None:
        if sys.platform == "linux":
            try:
                descriptor = os.pidfd_open(process)
            except ProcessLookupError:
                return None
            except OSError:
                pass  # an old kernel, or a sandbox that forbids it
            else:
                poll = select.poll()
                poll.register(descriptor, select.POLLIN)
                return poll.poll
        return (lambda: _poll(process)) if _lives(process) else None

    def _poll(process: int) -> None:
        while _lives(process):
            time.sleep(POLL_SECONDS)

    def _lives(process: int) -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
