"""What the library's tests share: a manager of its own, and programs that are run for real."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hpman import HyperParameterManager

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def manager() -> HyperParameterManager:
    """A manager that nothing else uses, called `_` in sources."""
    return HyperParameterManager("_")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files by their relative paths, and give their folder."""

    def files(texts: dict[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return files


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run Python with this hpman, warnings being errors, in a folder of its own."""

    def python(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return python
