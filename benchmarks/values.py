"""The server while somebody types in a file of many values: whether anybody waits, and for how long."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.client import Client, Json
from benchmarks.measuring import repeated, timed
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title
from benchmarks.servers import ours

VALUES, KNOWN, EDITS, BURST = 50_000, 300, 6, 20

# Between two hovers while the file is read: without it, asking would take the processor that reading needs.
PAUSE_SECONDS = 0.01
# What an editor's user takes for immediate.
AT_ONCE_SECONDS = 0.1

_PROJECT = '[tool.hpman]\nvalue-files = ["values.yaml"]\n'


class _Session(NamedTuple):
    """Figures of one session, in seconds: diagnostics come after one edit, or after the last of a burst."""

    idle: float
    longest: float
    edited: float
    burst: float


def run() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        code, values = _written(Path(folder).resolve())
        sessions = [_measure(code, values) for _ in range(3)]
    print_title(f"hpman-lsp while somebody types in a file of {VALUES} values ({len(sessions)} rounds)")
    longest = statistics.median(one.longest for one in sessions)
    once = [one.edited for one in sessions]
    print_comparisons(
        [
            Fact(
                "the longest hover in Python meanwhile",
                f"{longest * 1e3:.0f} ms",
                f"<= {AT_ONCE_SECONDS * 1e3:.0f} ms",
                longest <= AT_ONCE_SECONDS,
            ),
            Comparison("edit, then diagnostics", once, "a hover", [one.idle for one in sessions], None),
            Comparison(
                f"{BURST} edits, then diagnostics",
                [one.burst for one in sessions],
                "one edit",
                once,
                Goal("within", 3),
            ),
        ]
    )


def _written(root: Path) -> tuple[Path, Path]:
    """Write a project: its code, which knows some of the names, and its values."""
    names = [f"block{number % 40}.width{number}" for number in range(VALUES)]
    code, values = root / "train.py", root / "values.yaml"
    (root / "pyproject.toml").write_text(_PROJECT)
    code.write_text("from hpman.m import _\n" + "".join(f'_("{name}", 1)\n' for name in names[:KNOWN]))
    values.write_text("typed00: 1\n" + "".join(f"{name}: {at}\n" for at, name in enumerate(names)))
    return code, values


def _measure(code: Path, values: Path) -> _Session:
    with Client(ours().command, code.parent) as client:
        client.open(code)
        client.open(values, "yaml")
        hover = partial(client.request, "textDocument/hover", _at(code))
        _wait(client, _tells(client, values, "typed00"))
        idle = repeated(hover)
        found = [_edited(client, values, number, hover) for number in range(1, EDITS + 1)]
        started = time.perf_counter()
        for number in range(20, 20 + BURST):
            _type(client, values, number)
        _wait(client, _tells(client, values, f"typed{19 + BURST}"))
        burst = time.perf_counter() - started
    longest, edited = (statistics.median(side) for side in zip(*found, strict=True))
    return _Session(idle, longest, edited, burst)


def _edited(client: Client, values: Path, number: int, hover: Callable[[], Json]) -> tuple[float, float]:
    """Edit, and ask for hovers until the diagnostics are there: the longest hover, and all of the time."""
    started = time.perf_counter()
    _type(client, values, number)
    hovers, told = [], _tells(client, values, f"typed{number:02}")
    while not told():
        hovers.append(timed(hover))
        time.sleep(PAUSE_SECONDS)
    return max(hovers), time.perf_counter() - started


def _type(client: Client, values: Path, number: int) -> None:
    start, end = ({"line": 0, "character": at} for at in (5, 7))
    client.change(values, number + 1, {"range": {"start": start, "end": end}, "text": f"{number:02}"})


def _tells(client: Client, values: Path, name: str) -> Callable[[], bool]:
    """Give the test whether a name that the code does not know has been told of."""

    def told() -> bool:
        found: list[Any] = client.published.get(values.as_uri(), {}).get("diagnostics", [])
        return any(f"`{name}`" in one["message"] for one in found)

    return told


def _wait(client: Client, told: Callable[[], bool]) -> None:
    if not told():
        client.wait_for(lambda _: told())


def _at(code: Path) -> Json:
    return {"textDocument": {"uri": code.as_uri()}, "position": {"line": 3, "character": 5}}
