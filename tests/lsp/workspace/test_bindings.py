"""Which `_` is a manager: what the analysis says of each program in bindings/, and what Python does with it.

A file of programs has one behind each line `=== title`; a line `#- path` begins another file of the program. Behind
the `#>` of a line with calls stands what Python does there, and what the analysis says:

    #> PYTHON / ANALYSIS [CODE ...]

PYTHON: the managers that are called, "other" for anything else, or the exception. ANALYSIS: the managers; "-" for
none; "?" where it cannot be known, and nothing is said; `_?` where it counts as a manager's call, but may not be one.
CODE: of the diagnostics on the line; a line without calls has these alone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from hpman.static.incremental import reparsed
from hpman.static.parser import parsed
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import snapshot_of

HERE = Path(__file__).parent / "bindings"
ROOT = Path(__file__).parents[3]
RULES = frozenset({"shadowed-manager", "unseen-alias"})


class Program(NamedTuple):
    """files: by path; lines: for `path:line` what stands behind its `#>`."""

    title: str
    files: dict[str, str]
    lines: dict[str, str]


def programs() -> list[Program]:
    """Read all programs."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        _, *parts = re.split(r"^=== (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            names = re.split(r"^#- (\S+)\n", "#- main.py\n" + text.strip() + "\n", flags=re.MULTILINE)
            files = dict(zip(names[1::2], names[2::2], strict=True))
            found.append(Program(f"{path.stem}: {title}", files, dict(_marked(files))))
    return found


def _marked(files: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (f"{path}:{number}", line.partition("#>")[2].strip())
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if "#>" in line
    ]


PROGRAMS = programs()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """Run all programs in one process: for each title what the lines of its files called."""
    base = tmp_path_factory.mktemp("programs").resolve()
    for number, program in enumerate(PROGRAMS):
        for path, text in program.files.items():
            (base / str(number) / path).parent.mkdir(parents=True, exist_ok=True)
            (base / str(number) / path).write_text(text, encoding="utf-8")
    folders = [str(base / str(number)) for number in range(len(PROGRAMS))]
    command = [sys.executable, str(HERE / "record.py"), *folders]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return {one.title: found for one, found in zip(PROGRAMS, json.loads(run.stdout), strict=True)}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.title)
def test_python_does_what_is_written(program: Program, recorded: dict[str, dict[str, list[str]]]) -> None:
    expected = {place: mark.split(" / ")[0] for place, mark in program.lines.items() if " / " in mark}
    called = {place: " ".join(dict.fromkeys(names)) for place, names in recorded[program.title].items()}
    assert {**dict.fromkeys(expected, "other"), **called} == expected


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.title)
def test_the_analysis_says_what_is_written(program: Program) -> None:
    assert analysed(program) == {
        place: mark.rpartition(" / ")[2].replace("?", "").strip() or "-"
        for place, mark in program.lines.items()
    }


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.title)
def test_what_the_analysis_says_happens(program: Program) -> None:
    for mark in program.lines.values():
        python, _, analysis = mark.rpartition(" / ")
        managers = [one for one in analysis.split() if one not in RULES]
        if "shadowed-manager" in analysis:
            assert python == "other" or python.endswith("Error")
        elif python and managers not in (["-"], ["?"]) and "?" not in analysis:
            assert python.split() == managers


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.title)
def test_an_edit_tells_what_reading_from_scratch_tells(program: Program) -> None:
    text = program.files["main.py"]
    names = frozenset({"_", "h", "hello", "m._"})
    edited = f"x = 1\n{text}\nfor _ in x: pass\n"
    assert reparsed(parsed(text, names), edited).facts == parsed(edited, names).facts


def analysed(program: Program) -> dict[str, str]:
    """Give for `path:line` what the analysis says there; of marked lines at least "-"."""
    snapshot = snapshot_of({f"/w/{path}": text for path, text in program.files.items()})
    found: dict[str, list[str]] = {place: [] for place in program.lines}
    for path in program.files:
        for line, word in _said(snapshot, f"/w/{path}"):
            words = found.setdefault(f"{path}:{line}", [])
            words += [word] if word not in words else []
    return {place: " ".join(words) or "-" for place, words in found.items()}


def _said(snapshot: Snapshot, path: str) -> list[tuple[int, str]]:
    file = snapshot.files.get(path)
    if file is None:
        return []
    index = snapshot.index.files.get(path)
    uses = [(use.call.start, use.key.manager) for use in (index.uses if index is not None else ())]
    told = [(one.span.start, one.code) for one in diagnostics(snapshot, path) if one.code in RULES]
    return [(file.text.count("\n", 0, at) + 1, word) for at, word in [*uses, *told]]
