"""Every example does what its header says, and shows no diagnostics but those it was made to show."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.snapshot import Snapshot

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

# A command line as in the example's header, its exit code, and parts of what it prints, in order.
RUNS = [
    (
        "01-two-files/main.py",
        0,
        ["warm up over 3 of 10 steps, up to 0.1", "step 2: 0.1000", "step 9: 0.0143"],
    ),
    (
        "01-two-files/main.py --steps 5 --warmup 1 --peak 0.5",
        0,
        ["over 1 of 5 steps, up to 0.5", "step 0: 0.5000"],
    ),
    ("02-hints/hints_example.py", 0, ["optimizer: adam", "momentum: 0.9"]),
    ("02-hints/hints_example.py --help", 0, ["--optimizer {adam,sgd}", "how to take a step"]),
    ("02-hints/hints_example.py --optimizer sgd", 0, ["optimizer: sgd", "momentum: 0.0"]),
    ("02-hints/hints_example.py --optimizer rmsprop", 2, ["argument --optimizer: invalid choice: 'rmsprop'"]),
    (
        "03-nested-names/main.py",
        0,
        ['"model": {"depth": 6, "width": 128}', "one name: 0.9", "6 layers, 128 wide"],
    ),
    (
        "03-nested-names/main.py small",
        0,
        ['"lr": 0.5', "one name: 0.9", "2 layers, 16 wide", "rate 0.5, decay 0.9"],
    ),
    (
        "04-training/train.py --train.epochs 3 --seed 7",
        0,
        ["20 samples a batch, lr 0.3, seed 7", "epoch   2"],
    ),
    ("04-training/train.py --train.schedule constant --train.epochs 2", 0, ["epoch   1  lr 0.3000"]),
    ("04-training/train.py --help", 0, ["--model.activation {tanh,relu}", "default: tanh"]),
    ("05-problems/train.py", 1, ["model.py", "'hidden', 32", "train.py", '"hidden", 64']),
]


def run(command: str) -> tuple[int, str]:
    script, *arguments = command.split()
    python = [sys.executable, "-W", "error", str(EXAMPLES / script), *arguments]
    done = subprocess.run(python, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("command", "exit_code", "parts"), RUNS, ids=[command for command, *_ in RUNS])
def test_an_example_prints_what_its_header_says(command: str, exit_code: int, parts: list[str]) -> None:
    code, output = run(command)
    assert code == exit_code, output
    assert re.search(".*".join(map(re.escape, parts)), output, re.DOTALL), output


def test_the_training_example_learns() -> None:
    code, output = run("04-training/train.py")
    losses = [float(loss) for loss in re.findall(r"loss ([\d.]+)", output)]
    assert code == 0
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 5


def test_every_example_is_run() -> None:
    assert {command.split("/")[0] for command, *_ in RUNS} == {path.name for path in EXAMPLES.glob("[0-9]*")}


@pytest.fixture(scope="module")
def workspace() -> Snapshot:
    snapshot = Snapshot.empty((str(EXAMPLES),), Settings())
    for batch in load(snapshot.roots, snapshot.settings):
        snapshot = snapshot.with_batch(batch)
    return snapshot.with_complete()


def test_only_the_example_made_to_show_problems_shows_some(workspace: Snapshot) -> None:
    found = [
        (path, problem.code) for path in sorted(workspace.files) for problem in diagnostics(workspace, path)
    ]
    assert [(Path(path).relative_to(EXAMPLES).as_posix(), code) for path, code in found] == [
        ("05-problems/model.py", "duplicate-default"),
        ("05-problems/train.py", "duplicate-default"),
        ("05-problems/train.py", "missing-default"),
    ]


def test_every_example_is_a_scope_of_its_own(workspace: Snapshot) -> None:
    scopes: dict[Path, set[Scope]] = {}
    for path in workspace.files:
        scopes.setdefault(Path(path).parent, set()).update(workspace.scopes.of(path, "_").scopes)
    assert sorted(scopes) == sorted(EXAMPLES.glob("[0-9]*"))
    assert [len(found) for found in scopes.values()] == [1] * len(scopes)
    assert {scope.kind for found in scopes.values() for scope in found} == {"inferred"}
    assert len(set().union(*scopes.values())) == len(scopes)


@pytest.fixture(scope="module")
def demo() -> str:
    """What `make demo` prints."""
    command = [sys.executable, str(ROOT / "tools" / "demo.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_the_demo_shows_hover_uses_rename_and_problems(demo: str, golden: Callable[[str, str], None]) -> None:
    golden("demo.txt", demo)


def test_the_hover_in_the_readme_is_what_the_server_says(demo: str) -> None:
    box = re.findall(r"^ *│ (.*?) *│$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    hover = demo.split("Hover over `peak`\n")[1].partition("\n\nEvery use")[0]
    assert [line.strip() for line in box] == [line.strip() for line in hover.splitlines()]
