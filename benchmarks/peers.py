"""The server beside other language servers for Python.

They know nothing of hyperparameters: their workspace has the same files, with the values in one module.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.measuring import Session, measure, samples
from benchmarks.report import Comparison, Goal, print_comparisons, print_table, print_title, shown
from benchmarks.servers import OURS, Server, ours, peers
from benchmarks.workspace import CALLS, FILES, VALUES, workspace

ROUNDS = 3

FIELDS = {
    "initialized": "initialized",
    "complete": "references, first",
    "hover": "hover",
    "references": "references",
    "rename": "rename",
    "edit_short": "edit, hover",
    "edit_long": "edit, hover (long)",
    "diagnostics_short": "edit, diagnostics",
    "diagnostics_long": "edit, diagnostics (long)",
    "memory": "memory",
}

# What is compared with which peer, and the goal.
GOALS = (
    ("start to complete references", "complete", "basedpyright", 1.0),
    ("references", "references", "ty", 3.0),
    ("rename", "rename", "ty", 3.0),
    ("edit, then hover: short file", "edit_short", "ty", 1.0),
    ("edit, then hover: long file", "edit_long", "ty", 1.0),
)


def run() -> None:
    """Measure, and print the tables; raises ProvisionError."""
    measured = {dialect.name: workspace(dialect) for dialect in (CALLS, VALUES)}
    servers = [(server, measured[_dialect(server)]) for server in (ours(), *peers())]
    sessions: dict[str, list[Session]] = {server.name: [] for server, _ in servers}
    for number in range(ROUNDS):
        some = [one for one in servers if number == 0 or not one[0].is_slow]
        for (server, _), found in zip(some, measure(some), strict=True):
            sessions[server.name].append(found)
    print_title(f"{OURS} beside other servers on {FILES} files ({ROUNDS} rounds, of the slow ones one)")
    print_table([("server", *FIELDS.values()), *(_row(name, found) for name, found in sessions.items())])
    print()
    print_comparisons(_comparisons(sessions))


def _dialect(server: Server) -> str:
    assert server.dialect is not None
    return server.dialect.name


def _row(name: str, found: Sequence[Session]) -> tuple[str, ...]:
    return (name, *(_cell(field, [getattr(one, field) for one in found]) for field in FIELDS))


def _cell(field: str, figures: Sequence[float | None]) -> str:
    known = [figure for figure in figures if figure is not None]
    return shown(statistics.median(known) if known else None, "B" if field == "memory" else "s")


def _comparisons(sessions: Mapping[str, Sequence[Session]]) -> list[Comparison]:
    lines = []
    for what, field, package, times in GOALS:
        peer = next(name for name in sessions if name.startswith(f"{package} "))
        lines.append(
            Comparison(
                what,
                samples(sessions[OURS], field),
                peer,
                samples(sessions[peer], field),
                Goal("faster", times),
            )
        )
    return lines
