"""hpargparse, the command-line frontend, runs on this hpman as it is published."""

from __future__ import annotations

import pickle
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.network

PROGRAMS = Path(__file__).resolve().parents[1] / "hpman" / "documentation"

Run = Callable[..., "subprocess.CompletedProcess[str]"]

TRAIN = """
import argparse, sys
import hpargparse
from hpman.m import _

lr = _("lr", 1e-3)                      # runs before bind, as any module-level definition does

def model():
    return _("model.depth", 4, choices=[4, 8], help="number of layers"), _("use_bias", True), _("layers", [1, 2])

def main():
    _.parse_file(__file__)
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    hpargparse.bind(parser, _)
    args = parser.parse_args()
    print(args.epochs, _("lr"), *model(), _("optimizer", {"type": "sgd"}), _("name", "adam"))

if __name__ == "__main__":
    main()
"""
DEFAULTS = "1 0.001 4 True [1, 2] {'type': 'sgd'} adam\n"


@pytest.fixture
def train(run: Run, tmp_path: Path) -> Callable[..., str]:
    """Run the program, and give what it prints, plainly."""
    (tmp_path / "train.py").write_text(TRAIN)

    def output(*arguments: str, fails: bool = False) -> str:
        done = run("train.py", *arguments)
        assert bool(done.returncode) is fails, done.stderr
        return done.stderr if fails else re.sub(r"\x1b\[[\d;]*m", "", done.stdout)

    return output


def test_bind_offers_every_hyperparameter(train: Callable[..., str]) -> None:
    assert train() == DEFAULTS
    changed = train(
        "--lr", "0.5", "--model.depth", "8", "--use-bias", "no", "--layers", "[3]", "--epochs", "2"
    )
    assert changed.startswith("2 0.5 8 False [3] ")
    assert train("--optimizer", "{'type': 'adam'}", "--name", "x").endswith("{'type': 'adam'} x\n")


def test_help_lists_every_option(train: Callable[..., str]) -> None:
    shown = " ".join(train("-h").split())
    for option in ("--lr LR", "--layers LAYERS", "--use-bias ", "--hp-save HP_SAVE"):
        assert option in shown


def test_hints_are_the_options_help_and_choices(train: Callable[..., str], hpargparse: Path) -> None:
    if hpargparse.name == "0.12.0":
        assert "--model.depth MODEL.DEPTH" in train("-h")  # it does not look at hints
    else:
        shown = " ".join(train("-h").split())
        assert "--model.depth {4,8} number of layers (default: 4)" in shown
        assert "(default: [1, 2])" in shown
        assert "invalid choice: 5 (choose from 4, 8)" in train("--model.depth", "5", fails=True)


@pytest.mark.parametrize("option", [["--hp-list"], ["--hp-list", "yaml"]])
def test_hp_list_prints_all_values_as_yaml(train: Callable[..., str], option: list[str]) -> None:
    shown = [line.strip() for line in train("--lr", "0.25", *option).splitlines()]
    assert {"lr: 0.25", "model.depth: 4", "use_bias: true", "layers:", "- 1", "name: adam"} <= set(shown)


def test_hp_list_json(train: Callable[..., str]) -> None:
    assert '"lr": 0.25' in train("--lr", "0.25", "--hp-list", "json")


@pytest.mark.parametrize("option", [["--hp-list", "detail"], ["--hp-detail"]])
def test_details_show_where_each_value_is(train: Callable[..., str], option: list[str]) -> None:
    shown = train("--lr", "0.25", *option)
    assert "All hyperparameters:" in shown
    assert '==> 6: lr = _("lr", 1e-3)' in shown.replace("  6:", " 6:")
    assert "train.py:9" in shown
    assert re.search(r"lr\s+.\s+float\s+.\s+0\.25", shown)


@pytest.mark.parametrize("suffix", ["yaml", "pkl"])
def test_saved_values_are_loaded(train: Callable[..., str], tmp_path: Path, suffix: str) -> None:
    saved = str(tmp_path / f"values.{suffix}")
    assert train("--lr", "0.25", "--layers", "[7]", "--hp-save", saved, "--hp-exit") == ""
    assert train("--hp-load", saved) == "1 0.25 4 True [7] {'type': 'sgd'} adam\n"
    assert train("--hp-load", saved, "--lr", "0.125").startswith("1 0.125 4 True [7]")
    if suffix == "pkl":
        assert pickle.loads(Path(saved).read_bytes())["layers"] == [7]


def test_hp_exit_ends_the_program(train: Callable[..., str]) -> None:
    assert train("--hp-exit") == ""


def test_the_documented_program_runs_as_it_is_printed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text((PROGRAMS / "weight_decay.txt").read_text())
    for arguments, printed in [
        ("", "weight decay is 1e-05\n"),
        ("--weight-decay 1e-4", "weight decay is 0.0001\n"),
        ("--weight-decay 1e-4 --hp-list", "weight_decay: 0.0001"),
    ]:
        done = run("./main.py", *arguments.split())
        assert (done.stdout.rstrip(), done.stderr) == (printed.rstrip(), "")


DETAIL = """
   5:
   6: import argparse
   7:
   8:
   9: def func():
==> 10:     weight_decay = _("weight_decay", 1e-5)
   11:     print("weight decay is {}".format(weight_decay))
   12:
   13:
   14: def main():
   15:     parser = argparse.ArgumentParser()
"""


def test_the_documented_detail_shows_the_documented_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text((PROGRAMS / "weight_decay.txt").read_text())
    shown = run("./main.py", "--weight-decay", "1e-4", "--hp-list", "detail").stdout
    assert "['weight_decay']" in shown
    cells = [re.split("[║│|]", line) for line in shown.splitlines()]
    lines = [" ".join(cell[-2].split()) for cell in cells if len(cell) > 2]
    wanted = [" ".join(line.split()) for line in DETAIL.strip().splitlines()]
    assert "occurrence[0]:" in lines[1] or "occurrence[0]:" in lines
    start = lines.index(wanted[0])
    assert lines[start : start + len(wanted)] == wanted


SUBPARSERS = """
import argparse
import hpargparse
from hpman.m import _

parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command")
train = commands.add_parser("train")
commands.add_parser("show")
_.parse_source("_('lr', 1e-3)")
hpargparse.bind(train, _, inject_actions=["list", "save", "load", "detail"], action_prefix="hp")
args = parser.parse_args()
print(args.command, _.get_value("lr"))
"""


def test_bind_works_on_subparsers(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(SUBPARSERS)
    assert run("main.py", "train", "--lr", "0.5").stdout == "train 0.5\n"
    assert run("main.py", "show").stdout == "show 0.001\n"
    assert "lr: 0.5" in run("main.py", "train", "--lr", "0.5", "--hp-list").stdout


def test_hpcli_lists_the_hyperparameters_of_files(run: Run, hpargparse: Path, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("_('lr', 1e-3)\n_('date', today())\nhp('lr', 2)")
    hpcli = hpargparse / "bin" / "hpcli"
    shown = run(hpcli, "train.py", "--lr", "0.5", "--hp-list")
    assert "lr: 0.5" in shown.stdout, shown.stderr
    assert "train.py:1" in run(hpcli, "train.py", "--hp-list", "detail").stdout
    assert "lr: 2" in run(hpcli, "train.py", "--placeholder", "hp").stdout
