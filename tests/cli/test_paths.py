"""Paths are what a person can click where they stand; what a service reads has them from the repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Hpman, Project

TREE = """
    #- .git/HEAD
    #- app/pyproject.toml
    [tool.hpman]
    value-files = ["configs/*.yaml"]
    #- app/configs/a.yaml
    lr: fast
    old: 1
    #- app/train.py
    from hpman.m import _
    _.parse_file(["train.py", "lib/model.py"])
    _("lr", 1e-3)
    _("depth", 1)
    #- app/lib/model.py
    from hpman.m import _
    _("depth", 2, choices=[1])
    _("depth.unit", 1)
    print(_("lr"), _("typo"), _(name))
    #- app/lib/deep/down/more.py
    from hpman.m import _
    print(_("seed", 7))
    #- app/lib/deep/nul.py
    from hpman.m import _; \0
"""
SAYS_A_FILE = re.compile(r"(?<!folder with )(?<![^\s\"'`(,])[^\s\"'`(,]*\.(?:py|yaml|toml)\b")

COMMANDS = """
list
list .
list TRAIN
list ..
list --format json ..
show lr --context 0
show lr --format json
show seed
refs lr
refs lr --in TRAIN --format json
check
check ..
check --format json ..
check ../configs
rename lr rate
rename lr rate --force
rename lr seed
rename depth lr.x
rename seed sea --diff --force
unused ..
unused --format json ..
scopes
scopes --format json ..
list --root .
check --root ..
"""


@pytest.mark.parametrize("folder", ["app", "app/lib", "app/lib/deep/down"])
@pytest.mark.parametrize("line", COMMANDS.strip().splitlines())
def test_every_file_that_a_command_tells_of_can_be_opened_from_here(
    line: str, folder: str, project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = project(TREE) / "app"
    here = app.parent / folder
    monkeypatch.chdir(here)
    result = hpman(*shlex.split(line.replace("TRAIN", os.path.relpath(app / "train.py"))))
    told = {one.removeprefix("a/").removeprefix("b/") for one in SAYS_A_FILE.findall(result.out + result.err)}
    assert {one for one in told if not Path(one).is_file()} == set()
    below = {one for one in told if here in Path(one).resolve().parents}
    assert {one for one in below if Path(one).is_absolute() or ".." in one} == set()


@pytest.mark.parametrize("folder", [".", "app", "app/lib"])
@pytest.mark.parametrize("options", [(), ("--root", ".")])
@pytest.mark.parametrize("form", ["sarif", "github"])
def test_a_service_is_told_of_files_from_the_repository(
    form: str,
    options: tuple[str, ...],
    folder: str,
    project: Project,
    hpman: Hpman,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository = project(TREE)
    monkeypatch.chdir(repository / folder)
    out = hpman("check", "--format", form, *options).out
    told = {*re.findall(r'"uri": "([^"]*)"', out), *re.findall(r"file=([^,]*),", out)}
    assert "app/lib/model.py" in told
    assert {one for one in told if not (repository / one).is_file()} == set()
    prose = re.sub(r"https?://\S*|\"fullName\".*", "", out)
    assert {
        one for one in SAYS_A_FILE.findall(prose) if "=" not in one and not (repository / one).is_file()
    } == set()


def test_a_baseline_is_the_same_wherever_it_is_written(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = project(TREE)
    written = set()
    for folder, arguments in ((".", ()), ("app", (".",)), ("app/lib", ("--root", ".."))):
        monkeypatch.chdir(repository / folder)
        hpman("check", "--write-baseline", str(repository / "known.json"), *arguments, "--strict")
        known = json.loads((repository / "known.json").read_text())["known"]
        written.add(json.dumps([one for one in known if one["path"] == "app/lib/model.py"]))
    assert len(written) == 1


def test_a_difference_of_files_elsewhere_is_from_the_repository_and_can_be_applied_there(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = project(TREE)
    (repository / "app/lib/deep/nul.py").unlink()  # nothing is renamed beside what cannot be read
    monkeypatch.chdir(repository / "app" / "lib")
    shown = hpman("rename", "lr", "rate", "--diff")
    assert f"the paths are from {repository}: apply it there" in shown.err
    subprocess.run(["patch", "-p1", "-s"], input=shown.out.encode(), cwd=repository, check=True)
    assert hpman("refs", "rate").out.count("rate") == 3
