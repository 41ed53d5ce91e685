"""The server beside the least that a server on pygls can be: what is more is ours."""

from __future__ import annotations

from benchmarks.measuring import Session, measure, samples
from benchmarks.report import Comparison, Goal, print_comparisons, print_title
from benchmarks.servers import BARE, OURS, bare, ours
from benchmarks.workspace import CALLS, FILES, workspace

ROUNDS = 5


def run() -> None:
    """Measure, and print the tables."""
    measured = workspace(CALLS)
    servers = [(ours(), measured), (bare(), measured)]
    mine, least = map(list, zip(*(measure(servers, burst=True) for _ in range(ROUNDS)), strict=True))
    print_title(f"{OURS} on {FILES} files, beside a pygls server without a feature ({ROUNDS} rounds)")
    print_comparisons([*_beside_bare(mine, least), *_within(mine)])


def _beside_bare(mine: list[Session], least: list[Session]) -> list[Comparison]:
    def line(what: str, field: str, peers: str, goal: Goal | None) -> Comparison:
        return Comparison(what, samples(mine, field), BARE, samples(least, peers), goal)

    memory = Comparison(
        "memory", samples(mine, "memory"), BARE, samples(least, "memory"), Goal("above", 25 * 2**20), "B"
    )
    return [
        line("start to initialized", "initialized", "initialized", None),
        line(
            "start to complete references, beside its start", "complete", "initialized", Goal("within", 1.3)
        ),
        line("hover", "hover", "hover", Goal("within", 1.5)),
        line("references", "references", "references", None),
        line("rename", "rename", "rename", None),
        line("edit, then hover: short file", "edit_short", "edit_short", None),
        line("edit, then hover: long file", "edit_long", "edit_long", None),
        memory,
    ]


def _within(mine: list[Session]) -> list[Comparison]:
    """What is compared with another figure of the same session."""

    def line(what: str, field: str, against: str, other: str, bound: float) -> Comparison:
        return Comparison(what, samples(mine, field), against, samples(mine, other), Goal("within", bound))

    typing = "edit, then hover"
    return [
        line("edit, then diagnostics: short file", "diagnostics_short", typing, "edit_short", 1.3),
        line("edit, then diagnostics: long file", "diagnostics_long", typing, "edit_long", 1.3),
        line("70 cancelled requests, then a hover", "burst", "a hover alone", "hover", 2),
    ]
