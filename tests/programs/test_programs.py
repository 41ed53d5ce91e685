"""Programs that are run: what hpman says of each is what it does."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from tests.programs.judging import alarms, verdicts
from tests.programs.reading import Program, programs_in


def is_here(asked: str) -> bool:
    """Return whether this Python is one that a program asks for: `>=3.12`, `<3.12`."""
    match = re.fullmatch(r"(>=|<)(\d+)\.(\d+)", asked)
    assert match is not None, asked
    return (sys.version_info[:2] >= (int(match[2]), int(match[3]))) is (match[1] == ">=")


CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
PROGRAMS = [program for path in CASES for program in programs_in(path)]


def test_each_program_has_a_name_of_its_own() -> None:
    names = [one.name for one in PROGRAMS]
    assert sorted(set(names)) == sorted(names)


HERE = [one for one in PROGRAMS if all(map(is_here, one.python))]


# Programs of which hpman is known to say something else.
LEFT = set((Path(__file__).parent / "left.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("program", HERE, ids=lambda one: one.name)
def test_what_hpman_says_of_a_program_is_what_it_does(
    program: Program, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if program.name in LEFT:
        request.applymarker(pytest.mark.xfail(strict=False))
    lacking = [one for one in program.needs if importlib.util.find_spec(one) is None]
    if lacking:
        pytest.skip(f"it needs {' '.join(lacking)}")
    assert verdicts(program, tmp_path) == []


NEWER = [
    one for one in PROGRAMS if any(asked.startswith(">=") and not is_here(asked) for asked in one.python)
]


@pytest.mark.parametrize("program", NEWER, ids=lambda one: one.name)
def test_an_older_python_finds_nothing_wrong_in_a_program_of_a_newer_one(
    program: Program, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if program.name in LEFT:
        request.applymarker(pytest.mark.xfail(strict=False))
    assert alarms(program, tmp_path) == []
