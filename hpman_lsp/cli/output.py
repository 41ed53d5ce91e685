"""Writes results: tables and colours where a person reads, plain text in a pipe, JSON, YAML."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

JSON_VERSION = 1  # of what `--format json` writes: names in it stay, or this number grows

_NARROWEST = 10  # characters of a column that folds

STYLES = {
    "error": "bold red", "warning": "bold yellow", "information": "cyan", "hint": "dim",
    "added": "green", "removed": "red", "head": "bold", "place": "dim",
}  # fmt: skip


class Output:
    """Where a command writes for people.

    colour: "always", "never", or "auto": on a terminal, unless NO_COLOR (no-color.org) says otherwise.
    stream: stdout, unless a test has another.
    """

    def __init__(self, colour: str, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._console = (
            _console(self._stream, force=colour == "always") if _is_rich(colour, self._stream) else None
        )

    def line(self, *pieces: str | tuple[str, str]) -> None:
        """Write a line of pieces; a pair is a text and its style, a key of `STYLES`."""
        if self._console is None:
            self._stream.write("".join(one if isinstance(one, str) else one[0] for one in pieces) + "\n")
            return
        from rich.text import Text  # noqa: PLC0415 - slow to import, and only for a terminal

        parts = [one if isinstance(one, str) else (one[0], STYLES[one[1]]) for one in pieces]
        self._console.print(Text.assemble(*parts), soft_wrap=True)

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], folding: Collection[str] = ()
    ) -> None:
        """Write a table; nothing where there are no rows.

        folding: the columns that take several lines where the terminal is narrow; names and places stay whole, so
            that they can be copied.
        """
        if not rows:
            return
        if self._console is None:
            self._stream.writelines(f"{line}\n" for line in aligned([columns, *rows]))
            return
        from rich import box  # noqa: PLC0415
        from rich.cells import cell_len  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column, *cells in zip(columns, *rows, strict=True):
            width = max(map(cell_len, (column, *cells)))
            table.add_column(
                column, overflow="fold", min_width=min(width, _NARROWEST) if column in folding else width
            )
        for row in rows:
            table.add_row(*map(Text, row))
        least = self._console.measure(table).minimum
        self._console.print(table, width=max(self._console.width, least), crop=False)


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Give rows as lines, their columns below one another."""
    lines = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in lines]


def write_json(data: Mapping[str, object]) -> None:
    """Write one JSON object, with the version of its form; in ASCII, for a pipe's encoding is anyone's guess."""
    json.dump({"version": JSON_VERSION, **data}, sys.stdout, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def note(message: str) -> None:
    """Tell the user something beside the result."""
    sys.stderr.write(f"hpman: {message}\n")


def _is_rich(colour: str, stream: TextIO) -> bool:
    if colour == "auto":
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return colour == "always"


def _console(stream: TextIO, *, force: bool) -> Console | None:
    try:
        from rich.console import Console  # noqa: PLC0415 - slow to import, and only for a terminal
    except ImportError:
        return None
    return Console(file=stream, force_terminal=force or None, highlight=False, markup=False, emoji=False)
