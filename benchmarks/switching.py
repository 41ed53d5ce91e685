"""Half of the files change at once, as when a branch is checked out: who waits, and what memory stays."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import asking
from benchmarks.client import Client
from benchmarks.measuring import repeated, timed
from benchmarks.memory import resident
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title
from benchmarks.servers import ours
from benchmarks.workspace import Place, Use

FILES, CHANGED = 10_000, 5_000
EVERY = 2  # files: one in so many has hyperparameters
PAUSE_SECONDS = 0.005
AT_ONCE_SECONDS = 0.1

_CHANGED = 2  # the kind of a change on disk, in the protocol


class _Switch(NamedTuple):
    """Seconds and bytes: the hovers meanwhile, one afterwards, memory before and after."""

    meanwhile: tuple[float, ...]
    idle: float
    before: float
    after: float


def run() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, range(FILES), "one")
        found = _measure(folder)
    longest = max(found.meanwhile)
    print_title(f"{CHANGED} of {FILES} files change at once")
    print_comparisons([
        Fact(
            f"the longest of {len(found.meanwhile)} hovers meanwhile",
            f"{longest * 1e3:.0f} ms",
            f"<= {AT_ONCE_SECONDS * 1e3:.0f} ms",
            longest <= AT_ONCE_SECONDS,
        ),
        Comparison("memory afterwards", [found.after], "before", [found.before], Goal("within", 1.3), unit="B"),
    ])  # fmt: skip


def _write(folder: Path, numbers: range, word: str) -> None:
    for number in numbers:
        path = folder / f"part_{number // 100}" / f"m_{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_text(number, word))


def _text(number: int, word: str) -> str:
    body = f'"""{word}"""\nimport os\n\n\ndef f_{number}(x):\n    return x + {number}\n' * 20
    if number % EVERY:
        return body
    calls = "".join(f'_("{word}.name_{number}_{one}", {one})\n' for one in range(5))
    return f'from hpman.m import _\n{body}{calls}_("shared.name_{number}", 1)\n'


def _use(folder: Path, number: int, word: str) -> Use:
    """Return the first use in a file, as it is there now."""
    name = f"{word}.name_{number}_0"
    path = folder / f"part_{number // 100}" / f"m_{number}.py"
    line = next(at for at, text in enumerate(path.read_text().splitlines()) if name in text)
    return Use(path, name, Place(line, 3), Place(line, 3))


def _measure(folder: Path) -> _Switch:
    use = _use(folder, 0, "one")
    with Client(ours().command, folder) as client:
        client.open(use.path)
        client.wait_for(lambda _: "$/progress end" in client.notified)
        hover = partial(asking.hover, client, use, speaks=True)
        repeated(hover)
        before = resident(client.process)
        _write(folder, range(1, CHANGED + 1), "two")
        changes = [
            {"uri": (folder / f"part_{one // 100}" / f"m_{one}.py").as_uri(), "type": _CHANGED}
            for one in range(1, CHANGED + 1)
        ]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        meanwhile = _hovers(client, hover, _use(folder, CHANGED, "two"))
        return _Switch(tuple(meanwhile), repeated(hover), before, resident(client.process))


def _hovers(client: Client, hover: partial[None], last: Use) -> list[float]:
    """Ask until what the last of the files has now is known."""
    samples: list[float] = []
    is_known = False
    while not is_known:
        samples.append(timed(hover))
        answer = client.request("textDocument/hover", asking.at(last))
        is_known = answer is not None and last.name in str(answer)
        time.sleep(PAUSE_SECONDS)
    return samples
