"""What servers take for what people do, in sessions that run side by side.

Their turns alternate, so that whatever else the machine does slows all of them alike: only ratios count.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from benchmarks import asking
from benchmarks.asking import Typist
from benchmarks.client import Client, TooSlowError
from benchmarks.memory import resident
from benchmarks.report import MoreThan
from benchmarks.servers import Server
from benchmarks.workspace import Use, Workspace

# Something is repeated until it has cost so much; what takes longer is done once.
SECONDS, REPEATS = 2.0, 100
TURN = 10  # times one after the other: what a server still does after its answer disturbs the next one less


class Session(NamedTuple):
    """Figures of one session, in seconds and bytes; None for what the server does not do.

    initialized, complete: from the start of the process to the answer to `initialize`, and to the first references
        that are all there.
    burst: a hover after many requests that were cancelled while they waited.
    """

    initialized: float
    complete: float
    hover: float
    references: float
    rename: float
    edit_short: float
    edit_long: float
    diagnostics_short: float | None
    diagnostics_long: float | None
    memory: float
    burst: float | None


class _Running(NamedTuple):
    client: Client
    workspace: Workspace
    speaks: bool
    expected: int
    complete: float


Work: TypeAlias = Callable[[], float]
# Which server of several, and which figure.
_Cell: TypeAlias = tuple[int, str]


def measure(servers: Sequence[tuple[Server, Workspace]], *, burst: bool = False) -> list[Session]:
    """Start servers, do everything with all of them, and end them; burst: whether the first one can take that.

    Raises: ServerError, if one dies, or answers something else than what is there.
    """
    with ExitStack() as stack:
        running = [_start(stack, server, workspace) for server, workspace in servers]
        figures: dict[_Cell, float] = {}
        for group in (_asked, _edited_short, _edited_long):
            figures |= alternated(
                {(n, what): work for n, one in enumerate(running) for what, work in group(one).items()}
            )
        if burst:
            figures |= alternated(
                {(0, "burst"): _burst(running[0]), (0, "hover"): _asked(running[0])["hover"]}
            )
        return [_session(one, n, figures) for n, one in enumerate(running)]


def samples(sessions: Iterable[Session], field: str) -> list[float]:
    """One figure of each session."""
    return [getattr(session, field) for session in sessions]


def repeated(work: Callable[[], object]) -> float:
    """The median of the seconds that something takes, the first time aside unless that was long."""
    return alternated({(0, ""): partial(timed, work)})[0, ""]


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def alternated(works: Mapping[_Cell, Work]) -> dict[_Cell, float]:
    """The medians of what works give, in turns; of each the first figure is left aside, unless it was long.

    What a server does not do before its limit is not asked for again.
    """
    taken: dict[_Cell, list[float]] = {cell: [] for cell in works}
    pending = dict(works)
    while pending:
        for cell, work in [*pending.items()]:
            figures = taken[cell]
            try:
                figures.append(work())
                while len(figures) % TURN and sum(figures) < SECONDS:
                    figures.append(work())
            except TooSlowError as error:
                figures[:] = [MoreThan(error.seconds)]
            if sum(figures) >= SECONDS or len(figures) >= REPEATS:
                del pending[cell]
    return {cell: statistics.median(figures[1:] or figures) for cell, figures in taken.items()}


def _start(stack: ExitStack, server: Server, workspace: Workspace) -> _Running:
    speaks = server.dialect is not None
    client = stack.enter_context(Client(server.command, workspace.root, server.limit))
    client.open(workspace.short.path)
    expected = workspace.references(workspace.short) if speaks else 0
    try:
        complete = asking.first_references(client, workspace.short, expected)
    except TooSlowError as error:
        complete = MoreThan(error.seconds)
    return _Running(client, workspace, speaks, expected, complete)


def _asked(one: _Running) -> dict[str, Work]:
    client, use = one.client, one.workspace.short
    return {
        "hover": partial(timed, partial(asking.hover, client, use, one.speaks)),
        "references": partial(timed, partial(asking.references, client, use, one.expected)),
        "rename": partial(timed, partial(asking.rename, client, use, one.expected)),
    }


def _burst(one: _Running) -> Work:
    return partial(asking.cancelled_burst, one.client, one.workspace.short)


def _edited_short(one: _Running) -> dict[str, Work]:
    return _edited(one, one.workspace.short, "short")


def _edited_long(one: _Running) -> dict[str, Work]:
    one.client.open(one.workspace.long.path)
    return _edited(one, one.workspace.long, "long")


def _edited(one: _Running, use: Use, which: str) -> dict[str, Work]:
    """Edit, then hover; edit, then published diagnostics, where there are some: in an open file."""
    versions = itertools.count(2)
    beside, inside = (Typist(one.client, use, place, versions) for place in (use.typed, use.at))
    hover = partial(asking.edit_then_hover, one.client, beside, use, one.speaks)
    diagnostics = partial(asking.edit_then_diagnostics, one.client, inside, use)
    works: dict[str, Work] = {f"edit_{which}": partial(_typed_and_taken_back, hover)}
    try:
        _typed_and_taken_back(diagnostics)
    except TooSlowError:
        inside.restore()
        return works
    return {**works, f"diagnostics_{which}": partial(_typed_and_taken_back, diagnostics)}


def _typed_and_taken_back(edit: Callable[[], object]) -> float:
    return (timed(edit) + timed(edit)) / 2


def _session(one: _Running, n: int, figures: Mapping[_Cell, float]) -> Session:
    measured: dict[str, Any] = dict.fromkeys(("diagnostics_short", "diagnostics_long", "burst"))
    measured |= {what: figure for (number, what), figure in figures.items() if number == n}
    client, memory = one.client, resident(one.client.process)
    return Session(initialized=client.initialized, complete=one.complete, memory=memory, **measured)
