"""Whether this is a process, or an interpreter, that another one started to work for it, and how."""

from __future__ import annotations

import os
import sys


def started_by() -> str:
    """Return the start method of a worker that knows nothing of its parent's values by itself; "" in all else."""
    process = sys.modules.get("multiprocessing.process")
    if process is not None and process.parent_process() is not None:
        # A Process of the default context has no method of its own; the name is private, and may be missing.
        method = getattr(process.current_process(), "_start_method", None)
        method = method or sys.modules["multiprocessing"].get_start_method(allow_none=True)
        return "" if method == "fork" else str(method or "multiprocessing")
    return "an InterpreterPoolExecutor" if _in_subinterpreter() else ""


def is_worker_of(pid: int) -> bool:
    """Whether the process of this number started this one, or this interpreter."""
    process = sys.modules.get("multiprocessing.process")
    if process is not None:
        # While a process is made of what its parent sent, it knows no parent yet; the name is private.
        if getattr(process.current_process(), "_inheriting", False):
            return True
        parent = process.parent_process()
        if parent is not None and parent.pid == pid:
            return True
    return pid == os.getpid() and _in_subinterpreter()


def _in_subinterpreter() -> bool:
    from importlib import import_module  # noqa: PLC0415 - where something is wrong or unpickled only

    try:
        interpreters = import_module("concurrent.interpreters")
    except ImportError:  # before Python 3.14
        return False
    return bool(interpreters.get_current() != interpreters.get_main())
