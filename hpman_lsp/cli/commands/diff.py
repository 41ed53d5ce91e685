"""`hpman diff`: the values of two runs, side by side."""

from __future__ import annotations

from argparse import Namespace
from typing import NamedTuple

from hpman.static.facts import NOT_LITERAL, Problem
from hpman.valuefiles.entries import data_in, entries_of
from hpman.valuefiles.errors import UnsupportedFormatError
from hpman.valuefiles.nodes import Node, Scalar, resolved, value_of
from hpman.valuefiles.reading import decode_values, format_of, line_and_column, parse_values
from hpman_lsp.cli.errors import FINDINGS, OK, CommandError
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.plain import plain

_LONGEST = 40  # characters of a value in a table


class _Value(NamedTuple):
    """A value, and how it is written: numbers and text can look alike."""

    value: object
    written: str


class _Row(NamedTuple):
    name: str
    old: _Value | None
    new: _Value | None

    @property
    def change(self) -> str:
        """What became of the value."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "same" if _same(self.old, self.new) else "changed"


def run(options: Namespace) -> int:
    """Compare two files; they differ if a name has another value, or only one of them has it."""
    old, new = _values(options.old), _values(options.new)
    rows = [_Row(name, old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())]
    different = [row for row in rows if row.change != "same"]
    shown = rows if options.all else different
    if options.format == "json":
        write_json({"differences": [_json(row) for row in shown]})
    elif shown:
        columns = ("NAME", options.old, options.new, "CHANGE")
        Output(options.color).table(columns, [_cells(row) for row in shown], folding=columns[1:3])
    if not different:
        note(f"{len(rows)} values, and all are the same")
    return FINDINGS if different else OK


def _same(old: _Value, new: _Value) -> bool:
    if isinstance(old.value, bool) is not isinstance(new.value, bool):
        return False  # True == 1
    if old.value is NOT_LITERAL or new.value is NOT_LITERAL:
        return old.written == new.written
    return old.value == new.value or (old.value != old.value and new.value != new.value)  # NaN


def _values(path: str) -> dict[str, _Value]:
    """Read a file; raises CommandError where it is none of values."""
    try:
        with open(path, "rb") as file:
            form, text = format_of(path), decode_values(file.read())
    except UnsupportedFormatError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror or error}") from None
    if isinstance(text, Problem):
        raise CommandError(f"{path}: {text.message}")
    parsed = parse_values(text, form)
    named = entries_of(parsed.documents)
    if data := data_in(named):
        named = entries_of(parsed.documents, is_value=data.__contains__)
    for problem in (*parsed.problems, *named.problems):
        line, column = line_and_column(text, problem.span.start)
        raise CommandError(f"{path}:{line}:{column}: {problem.message}")
    if len(parsed.documents) > 1:
        raise CommandError(f"{path} holds {len(parsed.documents)} documents: which one is meant?")
    return {
        one.name: _Value(value_of(one.value), _written(text, one.value))
        for one in named.entries
        if one.kind == "value"
    }


def _written(text: str, node: Node) -> str:
    one = resolved(node)
    if isinstance(one, Scalar) and one.style in ("|", ">"):
        return repr(one.text)
    return " ".join(text[slice(*one.span)].split())


def _cells(row: _Row) -> list[str]:
    return [
        row.name,
        *("-" if one is None else _shortened(one.written) for one in (row.old, row.new)),
        row.change,
    ]


def _shortened(written: str) -> str:
    return written if len(written) <= _LONGEST else written[: _LONGEST - 3] + "..."


def _json(row: _Row) -> dict[str, object]:
    old, new = (
        None if one is None else {"value": plain(one.value), "source": one.written}
        for one in (row.old, row.new)
    )
    return {"name": row.name, "change": row.change, "old": old, "new": new}
