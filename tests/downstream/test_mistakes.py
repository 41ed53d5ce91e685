"""Every type checker finds the mistakes in branches that another value than the default would take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.downstream.conftest import ROOT, install

TOOLS = Path(sys.executable).parent

PROGRAM = """\
from enum import Enum, IntEnum

from hpman.m import _


class Mode(Enum):
    FAST = 1
    EXACT = 2


class Level(IntEnum):
    LOW = 1
    HIGH = 2


def of_bool() -> int:
    if _("debug", False):
        return "oops"  # wrong
    return 1


def of_int() -> None:
    depth = _("depth", 4)
    if depth > 10:
        print(1 + "a")  # wrong
    if depth == 5:
        print(undefined_of_int)  # wrong


def of_float() -> None:
    if _("lr", 0.1) == 0.5:
        print(undefined_of_float)  # wrong


def of_str() -> int:
    match _("optimizer", "sgd"):
        case "adam":
            return "oops"  # wrong
        case _other:
            return 1


def of_enum() -> int:
    if _("mode", Mode.FAST) is Mode.EXACT:
        return "oops"  # wrong
    return 1


def of_int_enum() -> int:
    if _("level", Level.LOW) is Level.HIGH:
        return "oops"  # wrong
    return 1


exact: Mode = _("exact", Mode.EXACT)
high: Level = _("high", Level.HIGH)
rate: float = _("rate", 1)
limit: int | None = _("limit", 1)
name: str = _("name", "x", help="text")
sizes: list[int] = _("sizes", [1, 2])
by_name: dict[str, float] = _("by_name", {"a": 1.0})
pair: tuple[int, int] = _("pair", (1, 2))
anything: int = _("anything", None)
"""
WRONG = {line for line, text in enumerate(PROGRAM.splitlines(), 1) if text.endswith("# wrong")}
INSTALLED = {
    "mypy": ["--strict", "--no-incremental", "--follow-imports=silent"],
    "basedpyright": ["--level", "error"],
}
DOWNLOADED = {
    "ty==0.0.108": ["check", "--python-version", "3.12", "--output-format", "concise"],
    "pyrefly==1.5.0": [
        "check",
        "--python-version",
        "3.12",
        "--preset",
        "strict",
        "--output-format",
        "min-text",
    ],
    "zuban==0.11.1": ["check", "--python-version", "3.12"],
}


@pytest.mark.parametrize("tool", INSTALLED)
def test_the_checkers_of_the_environment_find_all(tool: str, tmp_path: Path) -> None:
    if not (TOOLS / tool).exists():
        pytest.skip(f"{tool} is not installed beside {sys.executable}")
    assert wrong_lines([TOOLS / tool, *INSTALLED[tool]], tmp_path) == WRONG


@pytest.mark.network
@pytest.mark.parametrize("requirement", DOWNLOADED)
def test_the_checkers_of_the_index_find_all(requirement: str, tmp_path: Path) -> None:
    install([requirement], tmp_path / "tool")
    command = tmp_path / "tool" / "bin" / requirement.partition("=")[0]
    assert wrong_lines([command, *DOWNLOADED[requirement]], tmp_path) == WRONG


def wrong_lines(command: list[str | Path], folder: Path) -> set[int]:
    """Check the program as a user would, with this hpman beside it, and return the lines that have an error."""
    (folder / "program.py").write_text(PROGRAM)
    (folder / "hpman").symlink_to(ROOT / "hpman")
    done = subprocess.run(
        [*command, "program.py"],
        cwd=folder,
        env={**os.environ, "MYPYPATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    places = [
        line.partition("program.py:")[2] for line in done.stdout.splitlines() if "error" in line.lower()
    ]
    return {int(place.partition(":")[0]) for place in places if place}
