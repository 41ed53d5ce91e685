"""The hook, run by pre-commit itself in a repository of a user."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
PACKAGED = ("hpman", "hpman_lsp", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all", "--no-verify")
    return git(folder, "rev-parse", "HEAD")


def test_the_hook_needs_what_the_command_line_needs() -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    extras = re.search(
        r"^cli = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert extras is not None
    wanted = set(re.findall(r'"([^"]+)"', extras[1]))
    assert set(hook["additional_dependencies"]) == {one for one in wanted if not one.startswith("rich")}


@pytest.mark.network
@pytest.mark.slow
def test_pre_commit_installs_the_hook_and_fails_where_something_is_wrong(tmp_path: Path) -> None:
    tool, project = tmp_path / "tool", tmp_path / "project"
    tool.mkdir()
    for name in PACKAGED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tool / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tool / name)
    revision = committed(tool)
    (project / "configs").mkdir(parents=True)
    (project / "pyproject.toml").write_text('[tool.hpman]\nvalue-files = ["configs/*.yaml"]\n')
    (project / "train.py").write_text("from hpman.m import _\n_('lr', 1)\n")
    (project / "configs/a.yaml").write_text("lr: fast\n")
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {tool}\n    rev: {revision}\n    hooks:\n      - id: hpman\n"
    )
    committed(project)
    run = [str(PRE_COMMIT), "run", "--all-files"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    wrong = subprocess.run(run, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "configs/a.yaml:1:5: error value-not-of-type" in wrong.stdout
    (project / "configs/a.yaml").write_text("lr: 2\n")
    mended = subprocess.run(run, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert (mended.returncode, "Passed" in mended.stdout) == (0, True), mended.stdout
