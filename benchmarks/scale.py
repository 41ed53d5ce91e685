"""The server on five times the files: what grows, and who waits meanwhile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from benchmarks import asking
from benchmarks.client import Client
from benchmarks.measuring import repeated, timed
from benchmarks.memory import resident
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title
from benchmarks.servers import ours
from benchmarks.workspace import CALLS, FILES, Workspace, workspace
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading import loading

ROUNDS = 3
COPIES = 5

# Between two hovers while indexing: without it, asking would take the processor that reading needs.
PAUSE_SECONDS = 0.02

# What an editor's user takes for immediate.
AT_ONCE_SECONDS = 0.1


class _Session(NamedTuple):
    """Figures of one session, in seconds and bytes.

    complete: from the answer to `initialize` to the first references that are all there.
    meanwhile: of each hover that was asked for until then; idle: the median of those afterwards.
    """

    complete: float
    meanwhile: tuple[float, ...]
    idle: float
    references: float
    memory: float


def run() -> None:
    """Measure, and print the tables."""
    few, many = workspace(CALLS), workspace(CALLS, COPIES)
    rounds = [(_measure(many), _measure(few)) for _ in range(ROUNDS)]
    reading = [(_read(many) / COPIES, _read(few)) for _ in range(ROUNDS)]
    print_title(f"hpman-lsp on {FILES * COPIES} files, beside {FILES} ({ROUNDS} interleaved rounds)")
    print_comparisons([*_growth(rounds, reading), *_meanwhile([large for large, _ in rounds])])


def _growth(
    rounds: list[tuple[_Session, _Session]], reading: list[tuple[float, float]]
) -> list[Comparison | Fact]:
    def line(what: str, of: Callable[[_Session], float], goal: Goal | None) -> Comparison:
        large, small = ([of(one) for one in side] for side in zip(*rounds, strict=True))
        return Comparison(what, large, f"{FILES} files", small, goal)

    each = f"reading the workspace, for each {FILES} files"
    read = Comparison(
        each, [one for one, _ in reading], f"{FILES} files", [one for _, one in reading], Goal("within", 1.2)
    )
    return [
        read,
        line("initialized to complete references", lambda one: one.complete, Goal("within", COPIES)),
        line("hover", lambda one: one.idle, Goal("within", 1.2)),
        line("references of a name with as many uses", lambda one: one.references, Goal("within", 1.2)),
        line("memory", lambda one: one.memory, Goal("within", COPIES))._replace(unit="B"),
    ]


def _meanwhile(sessions: list[_Session]) -> list[Comparison | Fact]:
    """What a hover takes while the workspace is being read."""
    typical = [statistics.median(one.meanwhile) for one in sessions]
    idle = [one.idle for one in sessions]
    longest = statistics.median(max(one.meanwhile) for one in sessions)
    count = round(statistics.median(len(one.meanwhile) for one in sessions))
    return [
        Comparison("hover while indexing", typical, "afterwards", idle, Goal("within", 5)),
        Fact(
            f"the longest of {count} hovers while indexing",
            f"{longest * 1e3:.0f} ms",
            f"<= {AT_ONCE_SECONDS * 1e3:.0f} ms",
            longest <= AT_ONCE_SECONDS,
        ),
    ]


def _measure(measured: Workspace) -> _Session:
    use = measured.short
    expected = measured.references(use)
    with Client(ours().command, measured.root) as client:
        client.open(use.path)
        meanwhile = _hovers_until_complete(client, measured)
        complete = asking.first_references(client, use, expected) - client.initialized
        idle = repeated(partial(asking.hover, client, use, speaks=True))
        references = repeated(partial(asking.references, client, use, expected))
        return _Session(complete, tuple(meanwhile), idle, references, resident(client.process))


def _hovers_until_complete(client: Client, measured: Workspace) -> list[float]:
    """Ask for hovers until the server says that all has been read."""
    samples = []
    while "$/progress end" not in client.notified:
        samples.append(timed(partial(asking.hover, client, measured.short, speaks=True)))
        time.sleep(PAUSE_SECONDS)
    return samples


def _read(measured: Workspace) -> float:
    """Seconds for what the server's second process does, without a server."""
    started = time.perf_counter()
    for _ in loading.load((str(measured.root),), Settings()):
        pass
    return time.perf_counter() - started
