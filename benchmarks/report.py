"""Figures, ratios and goals, as tables for people."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple


class Goal(NamedTuple):
    """What a ratio is to be.

    kind: "faster": at least so many times less than the peer; "within": at most so many times the peer;
        "above": at most so much more than the peer.
    """

    kind: Literal["faster", "within", "above"]
    bound: float


class Comparison(NamedTuple):
    """One line of a table: ours beside the peer's, measured in one run.

    ours, peer: samples, each of ours taken beside the peer's of the same index.
    unit: "s" and "B" are scaled for people; None for what is only a number.
    goal: None where a figure is only for information.
    """

    what: str
    ours: Sequence[float]
    against: str
    peer: Sequence[float]
    goal: Goal | None
    unit: Literal["s", "B"] = "s"


class MoreThan(float):
    """A figure that was given up on; all that is known is what it is not less than."""

    __slots__ = ()


class Fact(NamedTuple):
    """Something that is so or not, with what was seen."""

    what: str
    seen: str
    promise: str
    holds: bool


HEADER = ("what", "ours", "against", "peer's", "ratio", "goal", "met")


def print_title(text: str) -> None:
    print(f"\n{text}\n{'=' * len(text)}", flush=True)


def print_comparisons(lines: Iterable[Comparison | Fact]) -> None:
    print_table([HEADER, *(_fact(line) if isinstance(line, Fact) else _comparison(line) for line in lines)])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows, the first of which is the header, in columns; all but the first column to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells]).rstrip(), flush=True)
        if number == 0:
            print("  ".join("-" * width for width in widths), flush=True)


def shown(figure: float | None, unit: Literal["s", "B"] = "s") -> str:
    """A figure with its unit, in three digits; a dash for what was not measured."""
    if figure is None:
        return "-"
    if isinstance(figure, MoreThan):
        return f"more than {shown(float(figure), unit)}"
    if unit == "B":
        return f"{figure / 2**20:.3g} MB"
    scales = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
    scale, name = next((one for one in scales if abs(figure) >= one[0]), scales[-1])
    return f"{_digits(figure / scale)} {name}"


def _comparison(line: Comparison) -> tuple[str, ...]:
    ours, peer = statistics.median(line.ours), statistics.median(line.peer)
    figures = (line.what, shown(ours, line.unit), line.against, shown(peer, line.unit))
    pairs = list(zip(line.ours, line.peer, strict=True))
    slower = statistics.median(own / other for own, other in pairs)
    if line.goal is None:
        return (*figures, f"{_digits(slower)} x", "", "")
    kind, bound = line.goal
    if kind == "faster":
        return (
            *figures,
            f"{_digits(1 / slower)} x faster",
            f">= {bound:g} x faster",
            _met(1 / slower >= bound),
        )
    if kind == "within":
        return (*figures, f"{_digits(slower)} x", f"<= {bound:g} x", _met(slower <= bound))
    more = statistics.median(own - other for own, other in pairs)
    return (
        *figures,
        f"{shown(more, line.unit)} more",
        f"<= {shown(bound, line.unit)} more",
        _met(more <= bound),
    )


def _fact(line: Fact) -> tuple[str, ...]:
    return (line.what, line.seen, "", "", "", line.promise, _met(line.holds))


def _digits(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def _met(holds: bool) -> str:
    return "yes" if holds else "NO"
