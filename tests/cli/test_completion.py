"""The completion of bash, asked by bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hpman_lsp.cli.grammar import grammar
from hpman_lsp.cli.shells import SCRIPTS
from tests.cli.conftest import Project

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = 'COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _hpman; printf "%s\\n" "${COMPREPLY[@]}"'


@pytest.mark.skipif(sys.platform == "win32", reason="sys.platform: bash")
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("hpman ch", ["check"]),
        ("hpman check --format ", ["text", "json", "sarif", "github"]),
        ("hpman check --s", ["--strict"]),
        ("hpman show op", ["optim.lr", "optim.name"]),
        ("hpman completion f", ["fish"]),
        ("hpman list tr", ["train.py"]),
        ("hpman list --root su", ["sub"]),
    ],
)
def test_bash_completes(
    line: str, answer: list[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(
        "#- train.py\nfrom hpman.m import _\n_('optim.lr', 1); _('optim.name', 'x'); _('seed')\n#- sub/x\n"
    )
    (folder / "bin").mkdir()
    (folder / "bin" / "hpman").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m hpman "$@"\n'
    )
    (folder / "bin" / "hpman").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"), prepend=":")
    bash = [shutil.which("bash") or "bash", "-c", SCRIPTS["bash"](grammar()) + ASK, "bash", *line.split(" ")]
    assert subprocess.run(bash, capture_output=True, text=True, check=True).stdout.split() == answer


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_has_every_command_and_every_option(shell: str) -> None:
    script = SCRIPTS[shell](grammar())
    for command in grammar():
        assert command.name in script
        for option in command.options:
            assert all(flag.lstrip("-") in script for flag in option.flags)


SHELL_PROJECT = (
    "#- train.py\nfrom hpman.m import _\n_('optim.lr', 1); _('optim.name', 'x'); _('seed')\n#- sub/x\n"
)
CASES = [
    ("hpman ch", ["check"]),
    ("hpman check --format s", ["sarif"]),
    ("hpman check --s", ["--strict"]),
    ("hpman show op", ["optim.lr", "optim.name"]),
]


@pytest.fixture
def on_path(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, with `hpman` on the PATH."""
    folder = project(SHELL_PROJECT)
    (folder / "bin").mkdir()
    (folder / "bin" / "hpman").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m hpman "$@"\n'
    )
    (folder / "bin" / "hpman").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"), prepend=":")
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.mark.parametrize(("line", "answer"), CASES)
def test_fish_completes(line: str, answer: list[str], on_path: Path) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("no fish: on Debian, apt-get install fish")
    (on_path / "hpman.fish").write_text(SCRIPTS["fish"](grammar()))
    asked = [fish, "--no-config", "-c", f"source hpman.fish; complete --do-complete={line!r}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert [one.split("\t")[0] for one in done.stdout.splitlines()] == answer


# What zsh has under TAB is drawn on a terminal: `compadd` is where it is known before that.
ZSH = r"""
autoload -Uz compinit; compinit -u
source ./hpman.zsh
compadd() {
  local -a found
  builtin compadd -O found "$@"
  (( $#found )) && print -rl -- $found >> answer
  builtin compadd "$@"
}
zle -C ask complete-word _main_complete
begin() { BUFFER="$LINE_ASKED"; CURSOR=$#BUFFER; zle ask; exit }
zle -N begin
zle -N zle-line-init begin
"""


@pytest.mark.parametrize(("line", "answer"), CASES)
def test_zsh_completes(line: str, answer: list[str], on_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("no zsh: on Debian, apt-get install zsh")
    (on_path / "hpman.zsh").write_text(SCRIPTS["zsh"](grammar()))
    (on_path / ".zshrc").write_text(ZSH)
    monkeypatch.setenv("LINE_ASKED", line)
    monkeypatch.setenv("ZDOTDIR", str(on_path))
    parent, child = os.openpty()
    process = subprocess.Popen([zsh, "-i"], stdin=child, stdout=child, stderr=child, start_new_session=True)
    os.close(child)
    try:
        while os.read(parent, 4096):
            pass
    except OSError:  # the terminal is gone with the shell
        pass
    process.wait(30)
    os.close(parent)
    written = on_path / "answer"
    found = written.read_text().splitlines() if written.exists() else []
    assert sorted(set(found)) == sorted(answer)
