"""What each command writes, word for word. Renew: pytest tests/cli --update-goldens."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Hpman, Project

TRAINING = """
    #- pyproject.toml
    [project]
    name = "training"
    #- train.py
    from hpman.m import _
    import model
    _.parse_file(["train.py", "model.py"])
    lr = _("optim.lr", 1e-3, choices=[1e-3, 1e-2])
    steps = _("steps", 100)
    _.set_value("seed", 7)
    print(_("optim.lr"), _("seed"), _("dropp"))
    #- model.py
    from hpman.m import _
    betas = _("optim.betas", (0.9, 0.99)); drop = _("drop", float("nan"))
    _("steps", 50)
    #- other/serve.py
    from hpman.m import _, hp
    _.parse_file(__file__)
    print(_("steps", 1), hp("café", "x"))
    #- a.yaml
    steps: 100
    optim: {lr: 1e-3, betas: [0.9, 0.99]}
    seed: 7
    #- b.json
    {"steps": 200, "optim.lr": 0.001, "seed": true, "name": "x"}
"""

COMMANDS = """
list
list train.py
list --manager hp
list --format json model.py
list --format yaml train.py
list --format names
list nothing.py
show optim.lr --context 1
show optim --context 0
show steps --in other --context 0
show seed --format json
show optm
refs steps
refs steps --in train.py --format json
check
check --strict other
check --format json
check --format github
check --format sarif
rename optim.lr optim.rate --diff
rename steps epochs
rename steps seed --in train.py
rename optim o
scopes
scopes --format json other
unused
diff a.yaml b.json
diff a.yaml b.json --all
diff a.yaml b.json --format json
diff a.yaml a.yaml
diff a.yaml train.py
completion bash
completion zsh
completion fish
"""


@pytest.mark.parametrize("line", COMMANDS.strip().splitlines())
def test_the_output_of_a_command_is_the_golden_one(
    line: str, project: Project, hpman: Hpman, golden: Callable[[str, str], None]
) -> None:
    project(TRAINING)
    result = hpman(*shlex.split(line))
    name = line.replace("--", "").replace("/", "-").replace(" ", "-")
    golden(f"cli-{name}.txt", f"$ hpman {line}\n{result.out}--- stderr\n{result.err}--- exit {result.code}\n")


@pytest.mark.parametrize(
    "line", ["--help", *(f"{line.split()[0]} --help" for line in COMMANDS.strip().splitlines())]
)
def test_help_ends_with_examples_or_exit_codes(line: str, hpman: Hpman) -> None:
    result = hpman(*line.split())
    assert result.code == 0
    assert "examples:" in result.out or "exit codes:" in result.out


def test_a_table_on_a_terminal_is_drawn_and_says_the_same(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.delenv("NO_COLOR", raising=False)
    project(TRAINING)
    plain, drawn = hpman("list").out, hpman("list", "--color", "always").out
    assert "\x1b[" in drawn
    for word in plain.split():
        assert word in drawn or word.isupper()


def test_paths_are_told_from_the_folder_that_one_is_in(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(TRAINING)
    monkeypatch.chdir(folder / "other")
    assert " serve.py:3" in hpman("list").out
    assert "../model.py:2" in hpman("list", str(Path("..") / "model.py")).out
