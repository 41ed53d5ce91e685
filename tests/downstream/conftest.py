"""Downstream packages as their users get them: from the package index, unmodified, with this hpman."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What hpargparse 0.12 and 0.14 ask for beside hpman, with all that this asks for.
DEPENDENCIES = [
    "rich==14.1.0",
    "markdown-it-py==3.0.0",
    "mdurl==0.1.2",
    "pygments==2.19.2",
    "dill==0.4.0",
    "PyYAML==6.0.2",
]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def downloaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Give the folder of a version of hpargparse; it is downloaded once, and kept in pytest's cache, if there is one."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    kept_by_pytest: pytest.Cache | None = getattr(request.config, "cache", None)
    cache = (
        tmp_path_factory.mktemp("kept")
        if kept_by_pytest is None
        else kept_by_pytest.mkdir(f"hpargparse-{python}")
    )

    def folder(version: str) -> Path:
        kept = cache / version
        if not kept.exists():
            fresh = tmp_path_factory.mktemp("download") / version
            install([f"hpargparse=={version}", *DEPENDENCIES], fresh)
            part = shutil.copytree(fresh, cache / f"{version}.{os.getpid()}")
            try:
                part.rename(kept)  # another worker of pytest-xdist may have been faster
            except OSError:
                shutil.rmtree(part)
        return kept

    return folder


@pytest.fixture(params=["0.14.0", "0.12.0"])
def hpargparse(request: pytest.FixtureRequest, downloaded: Callable[[str], Path]) -> Path:
    """The folder of each version that is tested."""
    return downloaded(request.param)


@pytest.fixture
def run(hpargparse: Path, tmp_path: Path) -> Run:
    """Run Python in a folder of its own, with this hpman and one hpargparse."""

    def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{hpargparse}", "COLUMNS": "140"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return python


def install(requirements: list[str], target: Path) -> None:
    """Install exact versions, and nothing that they ask for, into a folder; skip the test where that cannot be."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--target", target, *requirements], capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        pytest.skip(f"pip cannot install {requirements[0]}: {done.stderr.strip().splitlines()[-1:]}")
