"""What type checkers know of `from hpman.m import _`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent

PROGRAM = """
from typing import Any
from typing_extensions import assert_type

import hpman
from hpman import *
from hpman.hpm_db import L, P, HyperParameterDB
from hpman.m import _, hp, anything
from hpman.m import zzz as t

assert_type(_("a", 1), int)
assert_type(_("a", 0.5), float)
assert_type(_("a", "x"), str)
assert_type(_("a", True), bool)
assert_type(_("a", [1, 2]), list[int])
assert_type(_("a", {"b": 1}), dict[str, int])
assert_type(_("a", hp_value=3), int)
assert_type(_("a", 1, choices=[1, 2], help="text"), int)
assert_type(_("a", None), Any)
assert_type(_("a"), Any)
assert_type(_("a", scale="log"), Any)
assert_type(hp, hpman.HyperParameterManager)
assert_type(anything("a", t("b", 2)), int)
assert_type(_.parse_file(["a.py"]).parse_source("").set_value("a", 1), hpman.HyperParameterManager)
assert_type(_.get_values(), dict[str, Any])
assert_type(_.get_origin("a").kind, str)
assert_type(_.exists("a"), bool)
assert_type(_.db.select(lambda row: row.name == "a"), HyperParameterDB)
assert_type(_.db.select(L.land(L.of_name("a"), L.has_default_value))[0].lineno, int | None)
assert_type(_.db[0].priority, P)
assert_type([node.name for node in _.tree.flatten()], list[str])
assert_type(HpmanError().problems[0].line if HpmanError().problems else 0, int)
flag: bool = _("flag")
"""
WRONG = """
from hpman.m import _

_(1)
_.no_such_method()
text: str = _("a", 1)
"""


@pytest.fixture(params=["mypy", "basedpyright"])
def check(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Check a program as a user would, with this hpman installed, and give what the checker says."""
    tool = TOOLS / request.param
    if not tool.exists():
        pytest.skip(f"{request.param} is not installed beside {sys.executable}")
    modes = {
        "mypy": ["--strict", "--no-incremental", "--follow-imports=silent"],
        "basedpyright": ["--level", "error"],
    }

    def said(program: str) -> str:
        (tmp_path / "program.py").write_text(program)
        (tmp_path / "hpman").symlink_to(ROOT / "hpman") if not (tmp_path / "hpman").exists() else None
        done = subprocess.run(
            [tool, *modes[request.param], "program.py"],
            cwd=tmp_path,
            env={**os.environ, "MYPYPATH": ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        return done.stdout + done.stderr

    return said


def test_calls_and_views_have_the_types_that_users_expect(check: Callable[[str], str]) -> None:
    said = check(PROGRAM)
    assert "program.py:" not in said, said
    assert "Success" in said or "0 errors" in said, said


def test_what_is_wrong_is_told(check: Callable[[str], str]) -> None:
    said = check(WRONG)
    assert {line for line in (4, 5, 6) if f"program.py:{line}:" in said} == {4, 5, 6}, said
