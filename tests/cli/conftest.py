"""A project on disk made of one text, and the command line run in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from hpman_lsp.cli import main

_HEADER = re.compile(r"^#- (?P<path>.+)\n", re.MULTILINE)


class Result(NamedTuple):
    code: int
    out: str
    err: str


Project = Callable[[str], Path]
Hpman = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """`project(text)`: writes the files that begin at `#- path`, and makes their folder the current one."""

    def write(text: str) -> Path:
        parts = _HEADER.split(dedent(text).lstrip("\n"))
        for path, content in zip(parts[1::2], parts[2::2], strict=True):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, encoding="utf-8", newline="")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return write


@pytest.fixture
def hpman(capsys: pytest.CaptureFixture[str]) -> Hpman:
    """`hpman("list", "--format", "json")`: runs a command in this process."""

    def run(*arguments: str) -> Result:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Result(code, *capsys.readouterr())

    return run
