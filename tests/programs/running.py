"""Runs a program, and reads what its `sitecustomize` saw."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SITE = Path(__file__).parent / "site"
_SECONDS = re.compile(r"\d+\.\d+s\b")
_IN_FOLDER = re.compile(r"cd (?P<folder>\S+) && ")


class Row(NamedTuple):
    """One occurrence that a manager knew at the end; rank: "parsed", "called" or "set"; value: its `repr`."""

    manager: str
    name: str
    rank: str
    value: str
    has_value: bool
    path: str


class Run(NamedTuple):
    """What one command did.

    entry: the script that it started, as a path in the program's folder; None for what is none, such as pytest.
    failure: how it ended, if not well; is_key_error: that was a KeyError.
    parsed, loaded: the program's own files that `parse_file` read, and that were imported.
    """

    command: str
    entry: str | None
    printed: str
    failure: str | None
    is_key_error: bool
    rows: tuple[Row, ...]
    parsed: frozenset[str]
    loaded: frozenset[str]


def write(files: dict[str, str], folder: Path) -> Path:
    """Write a program into a folder, which is a repository of its own."""
    for name, text in {".git/HEAD": "ref: refs/heads/main\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> Run:
    """Start a program by a command such as `cd tools && KEY=value report.py --fast`."""
    moved = _IN_FOLDER.match(command)
    where = folder / moved["folder"] if moved else folder
    words = shlex.split(command[moved.end() :] if moved else command)
    given = dict(word.split("=", 1) for word in words[: _first_argument(words)])
    arguments = words[len(given) :]
    report = folder.with_suffix(".json")
    path = os.pathsep.join([str(SITE), *filter(None, [given.get("PYTHONPATH")])])
    own = {
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PROGRAM_REPORT": str(report),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=where,
        env={**os.environ, **given, **own},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    seen = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    report.unlink(missing_ok=True)
    entry = _entry(arguments, where, folder, given.get("PYTHONPATH", ""))
    return _run(command, entry, done, seen, folder)


def _first_argument(words: list[str]) -> int:
    return next(number for number, word in enumerate(words) if not re.match(r"\w+=", word))


def _run(
    command: str,
    entry: str | None,
    done: subprocess.CompletedProcess[str],
    seen: dict[str, object],
    folder: Path,
) -> Run:
    printed = done.stdout + (done.stderr if done.returncode else "")
    ended = f"exit status {done.returncode}: {printed.strip()[-200:]}" if done.returncode else None
    rows = seen.get("rows", [])
    assert isinstance(rows, list)
    return Run(
        command,
        entry,
        _SECONDS.sub("", printed).replace(str(folder), ""),
        str(seen["error"]).replace(f"{folder}/", "") if seen.get("error") else ended,
        "KeyError" in str(seen.get("bases")),
        tuple(Row(**row) for row in rows),
        _inside(folder, seen.get("parsed", [])),
        _inside(folder, seen.get("loaded", [])),
    )


def _inside(folder: Path, paths: object) -> frozenset[str]:
    root = os.path.realpath(folder) + os.sep
    assert isinstance(paths, list)
    ours = (path[len(root) :] for path in paths if path.startswith(root) and path.endswith(".py"))
    return frozenset(Path(one).as_posix() for one in ours)


def _entry(arguments: list[str], where: Path, folder: Path, search: str) -> str | None:
    tried = [where / arguments[0]]
    if arguments[0] == "-m":
        module = arguments[1].replace(".", "/")
        around = [*search.split(os.pathsep), "."]
        tried = [where / one / f"{module}{end}" for one in around for end in (".py", "/__main__.py")]
    found = next((one for one in tried if one.is_file()), None)
    return None if found is None else Path(os.path.relpath(found, folder)).as_posix()
