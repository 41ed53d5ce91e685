"""What changes of many places take: the rename of 10,000 uses, and fixes that are tried before they are offered."""

from __future__ import annotations

import itertools
import json
import re
import tempfile
import time
from pathlib import Path

from benchmarks.client import Client, Json
from benchmarks.memory import cpu_seconds
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title
from benchmarks.servers import ours

FILES, USES = 100, 100
ROUNDS = 5
RENAME_SECONDS = 1.0
SEARCHES = 10  # how many times the search for the bare characters a rename may take

_IMPORT = "from hpman.m import _\n"
_FIRST = f'{_IMPORT}_.parse_file(".")\n_("optim.lr", 1)\n_("optim.lrr")\n'
_CALLS = _IMPORT + 'x = _("optim.lr")\n' * USES
_WHOLE, _GROUP, _MISSPELT = (2, 10), (2, 4), (3, 10)


def run() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.py").write_text(_FIRST)
        for number in range(FILES):
            (folder / f"part_{number}.py").write_text(_CALLS)
        with Client(ours().command, folder) as client:
            _measure(client, folder / "main.py")


def _measure(client: Client, file: Path) -> None:
    while len(_ask(client, "references", file, _WHOLE, context={"includeDeclaration": True})) <= FILES * USES:
        time.sleep(0.01)
    references: list[float] = []
    names: list[float] = []
    groups: list[float] = []
    fixes: list[float] = []
    searches: list[float] = []
    spent: list[float] = []
    for _ in range(ROUNDS):
        searches.append(_searched(file.parent))
        references.append(_timed(client, "references", file, _WHOLE, context={"includeDeclaration": True}))
        before = cpu_seconds(client.process)
        names.append(_timed(client, "rename", file, _WHOLE, newName="optim.rate"))
        groups.append(_timed(client, "rename", file, _GROUP, newName="solver"))
        spent.append((cpu_seconds(client.process) - before) / 2)
        fixes.append(
            _timed(client, "codeAction", file, _MISSPELT, context={"diagnostics": [], "only": ["quickfix"]})
        )
    print_title(f"Changes of {FILES * USES} places in {FILES} files ({ROUNDS} interleaved rounds)")
    against, search = "their references", "search and replace by Python alone"
    worst = max(spent)
    print_comparisons([
        Comparison("rename of a name", names, against, references, Goal("within", 5)),
        Comparison("rename of its group", groups, against, references, Goal("within", 5)),
        Comparison("rename of a name", names, search, searches, Goal("within", SEARCHES)),
        Comparison("rename of its group", groups, search, searches, Goal("within", SEARCHES)),
        Comparison("quick fixes, tried", fixes, against, references, None),
        Fact("the slowest rename, time of the processor", f"{worst:.2f} s", f"< {RENAME_SECONDS:.0f} s", worst < RENAME_SECONDS),
    ])  # fmt: skip


def _timed(client: Client, method: str, file: Path, at: tuple[int, int], **more: object) -> float:
    """Ask, and check that the answer is whole: a wrong one has no speed."""
    start = time.perf_counter()
    answer = _ask(client, method, file, at, **more)
    seconds = time.perf_counter() - start
    expected = {"references": FILES * USES + 1, "rename": FILES * USES + 1, "codeAction": 2}[method]
    if method == "rename":
        answer = [*itertools.chain(*(one["edits"] for one in answer["documentChanges"]))]
    assert len(answer) >= expected, (method, len(answer))
    return seconds


def _searched(folder: Path) -> float:
    """The seconds that it takes to find the characters in all files, and to hand over an edit of each as JSON."""
    start = time.perf_counter()
    edits = [
        {"range": {"start": (number, one.start()), "end": (number, one.end())}, "newText": "optim.rate"}
        for path in folder.glob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"))
        for one in re.finditer(r'(?<=")optim\.lr(?=")', line)
    ]
    assert len(json.loads(json.dumps(edits))) == FILES * USES + 1
    return time.perf_counter() - start


def _ask(client: Client, method: str, file: Path, at: tuple[int, int], **more: object) -> Json:
    place = dict(zip(("line", "character"), at, strict=True))
    where = {"position": place, "range": {"start": place, "end": place}}
    return (
        client.request(f"textDocument/{method}", {"textDocument": {"uri": file.as_uri()}, **where, **more})
        or []
    )
