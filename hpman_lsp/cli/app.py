"""Reads the arguments, runs one command, and gives its exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from hpman.primitives import MissingPackageError

from .arguments import parsed
from .errors import BAD_INPUT, INTERRUPTED, OK, CommandError

if TYPE_CHECKING:
    from argparse import Namespace

_INSTALL = "python -m pip install 'hpman[cli]'"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    argv: the arguments; those of the process, if None.

    Returns the exit code, see `errors`. Raises SystemExit for `--help`, `--version` and wrong usage, as argparse
    does.
    """
    if argv is None:  # the process is ours
        gc.disable()  # what is read stays until the end, which is near
        _write_whatever_comes()
    options = parsed(sys.argv[1:] if argv is None else argv)
    try:
        return _run(options)
    except (CommandError, MissingPackageError) as error:
        return _failed(str(error))
    except ModuleNotFoundError as error:
        return _failed(f"the command line needs the package {error.name}: {_INSTALL}")
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `hpman list | head` is no error
        _write_no_more()
        return OK
    except OSError as error:  # commands tell what they cannot read or write, so it is the output
        _write_no_more()
        return _failed(f"cannot write the output: {error.strerror or error}")


def _run(options: Namespace) -> int:
    # A command's module is imported when it is asked for: `hpman --help` must not wait for the others.
    code: int = import_module(f"hpman_lsp.cli.commands.{options.module}").run(options)
    sys.stdout.flush()
    return code


def _write_whatever_comes() -> None:
    """A terminal that lacks a character gets an escape, not an exception; what is closed gets nothing."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - until the end
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _failed(message: str) -> int:
    with suppress(OSError):
        sys.stderr.write(f"hpman: {message}\n")
    return BAD_INPUT


def _write_no_more() -> None:
    """Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
