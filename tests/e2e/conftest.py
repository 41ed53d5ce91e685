"""A small project with code and values, and an editor that is driven through it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

FILES = {
    "pyproject.toml": '[tool.hpman]\nvalue-files = ["configs/*"]\n',
    "configs/run.yaml": "# of today\nlr: 5  # lr\nlrr: 1\n",
    "configs/run.json": '{\n  "lr": 6\n}\n',
    "train.py": 'from hpman.m import _\n\nx = "😀", _("lr", 1)\nprint(_("lr"))\n_("gone")\n',
    "lib/model.py": "from hpman.m import _\n\nrate = _('lr')\n",
}

Report = dict[str, Any]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`FILES` in a folder, which is a git repository: what Emacs takes for a project."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def drive(command: Sequence[str], home: Path, project: Path, environment: Mapping[str, str]) -> Report:
    """Run an editor whose driver writes down what the user sees, with our command on its PATH."""
    written = home / "report.json"
    whole = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PROJECT": str(project),
        "REPORT": str(written),
        **environment,
    }
    done = subprocess.run(command, env=whole, capture_output=True, text=True, timeout=120, check=False)
    assert written.exists(), done.stderr
    found: Report = json.loads(written.read_text(encoding="utf-8"))
    assert "failure" not in found, f"{found}\n{done.stderr}\n{_logs(home)}"
    return found


def _logs(home: Path) -> str:
    return "".join(path.read_text()[-5000:] for path in home.glob(".local/state/*/*.log"))


def renamed(name: str, new: str) -> str:
    """A file of the project after `lr` was renamed, and nothing else."""
    text = FILES[name]
    for before in ('"lr"', "'lr'", "\nlr:"):
        text = text.replace(before, before.replace("lr", new))
    return text
