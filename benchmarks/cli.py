"""The command line beside ripgrep and a bare start of Python; and a value file of 50,000 lines in the server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import provision
from benchmarks.client import Client
from benchmarks.memory import resident
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title
from benchmarks.workspace import CALLS, FILES, workspace

DJANGO = ("django", "5.2")
LINES = 50_000
REPEATS = 5


def run() -> None:
    """Measure `list` and `check`, then the value file."""
    root = workspace(CALLS).root
    django = provision.wheel(*DJANGO)
    ripgrep = _ripgrep()
    samples = [_sample(root, django, ripgrep) for _ in range(REPEATS)]
    started, searched, listed, helped, checked = (list(column) for column in zip(*samples, strict=True))
    peer = [search + start for search, start in zip(searched, started, strict=True)]
    print_title(f"Command line: {FILES} files, and Django {DJANGO[1]}")
    print_comparisons(
        [
            Comparison("hpman list", listed, "rg '_(' + python -c pass", peer, Goal("within", 2)),
            Comparison("hpman --help", helped, "python -c pass", started, None),
            Comparison("hpman check on Django", checked, "python -c pass", started, None),
        ]
    )
    print_title(f"A value file of {LINES} lines")
    small, large = _open_values(10), _open_values(LINES)
    print_comparisons(
        [
            Comparison("open to diagnostics", [large[0]], "10 lines", [small[0]], None),
            Comparison("memory", [large[1]], "10 lines", [small[1]], None, "B"),
            Fact("the misspelt key in the last line", str(large[2]), "is told", large[2] == 1),
        ]
    )


def _sample(root: Path, django: Path, ripgrep: str) -> tuple[float, float, float, float, float]:
    """Give the seconds of one run each: python, ripgrep, list, help, check."""
    hpman = [str(Path(sys.executable).with_name("hpman"))]
    return (
        _seconds([sys.executable, "-c", "pass"], root),
        _seconds([ripgrep, "--no-ignore", "-F", "_(", "-g", "*.py"], root),
        _seconds([*hpman, "list", "--root", "."], root),
        _seconds([*hpman, "--help"], root),
        _seconds([*hpman, "check", "--root", "."], django),
    )


def _seconds(command: Sequence[str], folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - started


def _open_values(lines: int) -> tuple[float, float, int]:
    """Give the seconds from opening a value file to its diagnostics, the server's memory then, and their number."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = [f"group{number % 100}.name{number}" for number in range(lines - 1)]
        calls = "".join(f'_("{one}", 0.5)\n' for one in names[:1000])
        (folder / "pyproject.toml").write_text('[tool.hpman]\nvalue-files = ["*.yaml"]\n')
        rest = "".join(f'        "{one}": 0.5,\n' for one in names[1000:])
        (folder / "train.py").write_text(
            f"from hpman.m import _\n{calls}_.set_values({{\n{rest}}})\n", encoding="utf-8"
        )
        values = folder / "run.yaml"
        text = "".join(f"{one}: {number / 4}\n" for number, one in enumerate(names)) + "grup0.name0: 1\n"
        with Client([sys.executable, "-m", "hpman_lsp"], folder) as client:
            client.open(folder / "train.py")
            _wait_for_all(client, folder / "train.py")
            started = time.perf_counter()
            document = {"uri": values.as_uri(), "languageId": "yaml", "version": 1, "text": text}
            client.notify("textDocument/didOpen", {"textDocument": document})
            client.wait_for(lambda _: bool(client.published.get(values.as_uri())))
            seconds = time.perf_counter() - started
            return seconds, resident(client.process), len(client.published[values.as_uri()]["diagnostics"])


def _wait_for_all(client: Client, path: Path) -> None:
    """Wait until the workspace is read: then references are answered with all that there are."""
    place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 0, "character": 0}}
    client.request("textDocument/references", {**place, "context": {"includeDeclaration": True}})


def _ripgrep() -> str:
    """Give ripgrep, from Debian where it is not there.

    Raises: ProvisionError.
    """
    if shutil.which("rg") is None and shutil.which("apt-get") is not None:
        as_root = [] if os.geteuid() == 0 else ["sudo"]
        command = [*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", "ripgrep"]
        subprocess.run(command, capture_output=True, check=False)
    found = shutil.which("rg")
    if found is None:
        raise provision.ProvisionError("ripgrep is not there; on Debian: apt-get install ripgrep")
    return found
