"""Runs programs for real and records, as JSON, which manager each line of their main.py or other files calls.

Started as `python record.py FOLDER...`; each folder has a main.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import sys
import traceback
from collections.abc import Callable

from hpman import HyperParameterManager

Called = dict[str, list[str]]


def main(folders: list[str]) -> None:
    """Run the program in each folder in turn; what they print goes to the error stream."""
    with contextlib.redirect_stdout(sys.stderr):
        found = [_run(folder) for folder in folders]
    sys.stdout.write(json.dumps(found))


def _run(folder: str) -> Called:
    found: Called = {}
    before = set(sys.modules)
    sys.path.insert(0, folder)
    HyperParameterManager.__call__ = _recorder(found, folder)  # type: ignore[method-assign, assignment]
    try:
        runpy.run_path(os.path.join(folder, "main.py"), run_name="__main__")
    except Exception as error:  # noqa: BLE001 - it is what the program is run for
        frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith(folder)]
        place = _place(frames[-1].filename, frames[-1].lineno or 0, folder)
        found.setdefault(place, []).append(type(error).__name__)
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]
    return found


def _recorder(found: Called, folder: str) -> Callable[..., object]:
    def call(self: HyperParameterManager, *_arguments: object, **_hints: object) -> None:
        frame = sys._getframe(1)
        place = _place(frame.f_code.co_filename, frame.f_lineno, folder)
        found.setdefault(place, []).append(self.placeholder)

    return call


def _place(filename: str, line: int, folder: str) -> str:
    return f"{os.path.relpath(filename, folder)}:{line}"


if __name__ == "__main__":
    main(sys.argv[1:])
