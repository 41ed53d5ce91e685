"""`hpman list`: the hyperparameters with their values."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence

from hpman.valuefiles.encoding import NotEncodableError, text_of
from hpman_lsp.cli.errors import OK, CommandError
from hpman_lsp.cli.names import described, place, symbols
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.project import Opened, open_project
from hpman_lsp.features.saved_values import as_saved
from hpman_lsp.workspace.questions.describe import given, shortened, shown_value, type_of
from hpman_lsp.workspace.questions.lookup import Symbol

COLUMNS = ("NAME", "VALUE", "TYPE", "USES", "PLACE")
_LONGEST = 40  # characters of a value in a table
_MOST_VALUES = 3  # in a row


def run(options: Namespace) -> int:
    """List them in the format that is asked for."""
    opened = open_project(options)
    found = list(symbols(opened, options.manager))
    if options.format == "json":
        write_json({"hyperparameters": [described(opened, one) for one in found]})
    elif options.format == "yaml":
        _write_values(opened, found)
    elif options.format == "names":
        write_names(found)
    else:
        write_table(opened, Output(options.color), found)
    return OK


def write_names(found: Iterable[Symbol]) -> None:
    """Write each name once."""
    for name in dict.fromkeys(one.key.name for one in found):
        print(name)


def write_table(opened: Opened, output: Output, found: Sequence[Symbol]) -> None:
    """Write a row for each; with columns for managers and value files where they say something."""
    several = len({one.key.manager for one in found}) > 1
    valued = any(one.values for one in found)
    rows = [_row(opened, one, several, valued) for one in found]
    columns = [*(["MANAGER"] if several else []), *COLUMNS, *(["VALUE FILES"] if valued else [])]
    output.table(columns, rows, folding=("VALUE", "VALUE FILES"))
    if not found:
        note("no hyperparameters here")


def _write_values(opened: Opened, found: Sequence[Symbol]) -> None:
    """Write the defaults as a file of values."""
    values: dict[str, object] = {}
    for name, some in _by_name(found).items():
        sources = {source.text: source for one in some if (source := given(one.use)) is not None}
        if len(sources) > 1:
            places = ", ".join(place(opened, one.use) for one in some)
            raise CommandError(f"several programs have a `{name}` ({places}): name a PATH of one of them")
        value = next(iter(sources.values()), None)
        encoded_value = NotEncodableError("it has no default") if value is None else as_saved(value)
        if isinstance(encoded_value, NotEncodableError):
            note(f"`{name}` is left out: {encoded_value}")
        else:
            values[name] = encoded_value
    sys.stdout.write(text_of(values, "yaml"))


def _by_name(found: Iterable[Symbol]) -> dict[str, list[Symbol]]:
    names: dict[str, list[Symbol]] = {}
    for one in found:
        names.setdefault(one.key.name, []).append(one)
    return names


def _row(opened: Opened, symbol: Symbol, several: bool, valued: bool) -> list[str]:
    value = given(symbol.use)
    shown_default = "-" if value is None else shown_value(value, _LONGEST)
    manager = [symbol.key.manager] if several else []
    return [
        *manager,
        symbol.key.name,
        shown_default,
        type_of(value) or "-",
        str(len(symbol.uses)),
        place(opened, symbol.use),
        *([_values(opened, symbol)] if valued else []),
    ]


def _values(opened: Opened, symbol: Symbol) -> str:
    shown = [
        f"{shortened(one.written, _LONGEST)} in {place(opened, one)}" for one in symbol.values[:_MOST_VALUES]
    ]
    left = len(symbol.values) - len(shown)
    return ", ".join([*shown, f"{left} more"] if left else shown) or "-"
