"""`hpman list`: the hyperparameters with their values."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from hpman.valuefiles.encoding import NotEncodableError, text_of
from hpman_lsp.cli.errors import OK, CommandError
from hpman_lsp.cli.names import default_of, described, parts, place, program_names
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.project import Opened, open_project
from hpman_lsp.features.saved_values import as_saved
from hpman_lsp.workspace.questions.describe import given, shortened, shown_value, type_of
from hpman_lsp.workspace.questions.in_program import Part

_LONGEST = 40  # characters of a value in a table
_MOST_VALUES = 3  # in a row
_MOST_PROGRAMS = 2


def run(options: Namespace) -> int:
    """List them in the format that is asked for."""
    opened = open_project(options)
    found = list(parts(opened, options.manager))
    if options.format == "json":
        write_json({"hyperparameters": [described(opened, one) for one in found]})
    elif options.format == "yaml":
        _write_values(opened, found)
    elif options.format == "names":
        write_names(found)
    else:
        write_table(opened, Output(options.color), found)
    return OK


def write_names(found: Iterable[Part]) -> None:
    """Write each name once."""
    for name in dict.fromkeys(one.symbol.key.name for one in found):
        print(name)


def write_table(opened: Opened, output: Output, found: Sequence[Part]) -> None:
    """Write a row for each; with columns for managers, programs and value files where they say something."""
    managers = len({one.symbol.key.manager for one in found}) > 1
    programs = len({one.symbol.key for one in found}) < len(found)
    columns: dict[str, Callable[[Part], str]] = {
        **({"MANAGER": lambda one: one.symbol.key.manager} if managers else {}),
        **_CELLS,
        "PLACE": lambda one: place(opened, one.symbol.use),
        **({"PROGRAM": partial(_programs, opened)} if programs else {}),
        **({"VALUE FILES": partial(_values, opened)} if any(one.symbol.values for one in found) else {}),
    }
    rows = [[cell(one) for cell in columns.values()] for one in found]
    output.table(tuple(columns), rows, folding=("VALUE", "PROGRAM", "VALUE FILES"))
    if not found:
        note("no hyperparameters here")


def _write_values(opened: Opened, found: Sequence[Part]) -> None:
    """Write the defaults as a file of values."""
    values: dict[str, object] = {}
    for name, some in _by_name(found).items():
        sources = {source.text: source for one in some if (source := default_of(one)) is not None}
        if len(sources) > 1:
            places = ", ".join(place(opened, one.symbol.use) for one in some)
            raise CommandError(f"several programs have a `{name}` ({places}): name a PATH of one of them")
        value = next(iter(sources.values()), None)
        encoded_value = NotEncodableError(_reason(some)) if value is None else as_saved(value)
        if isinstance(encoded_value, NotEncodableError):
            note(f"`{name}` is left out: {encoded_value}")
        else:
            values[name] = encoded_value
    sys.stdout.write(text_of(values, "yaml"))


def _reason(some: Iterable[Part]) -> str:
    several = any(one.symbol.definitions for one in some)
    return "it has several defaults" if several else "it has no default"


def _by_name(found: Iterable[Part]) -> dict[str, list[Part]]:
    names: dict[str, list[Part]] = {}
    for one in found:
        names.setdefault(one.symbol.key.name, []).append(one)
    return names


def _default(part: Part) -> str:
    """Return a default, and how many others a program has, which is one too many."""
    value = given(part.symbol.use)
    shown = "-" if value is None else shown_value(value, _LONGEST)
    more = len(part.symbol.definitions) - 1
    return f"{shown} and {more} more" if more > 0 else shown


def _programs(opened: Opened, part: Part) -> str:
    names = program_names(opened, part)
    left = len(names) - _MOST_PROGRAMS
    return ", ".join([*names[:_MOST_PROGRAMS], f"{left} more"] if left > 0 else names)


def _values(opened: Opened, part: Part) -> str:
    values = part.symbol.values
    shown = [f"{shortened(one.written, _LONGEST)} in {place(opened, one)}" for one in values[:_MOST_VALUES]]
    left = len(values) - len(shown)
    return ", ".join([*shown, f"{left} more"] if left else shown) or "-"


_CELLS: Mapping[str, Callable[[Part], str]] = {
    "NAME": lambda one: one.symbol.key.name,
    "VALUE": _default,
    "TYPE": lambda one: type_of(given(one.symbol.use)) or "-",
    "USES": lambda one: str(len(one.symbol.uses)),
}
