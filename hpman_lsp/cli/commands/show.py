"""`hpman show`: all that is known of a hyperparameter."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from hpman.source_helper import SourceHelper
from hpman_lsp.cli.errors import OK
from hpman_lsp.cli.names import described, named
from hpman_lsp.cli.output import Output, write_json
from hpman_lsp.cli.plain import plain
from hpman_lsp.cli.project import Opened, open_project, position, shown
from hpman_lsp.features.hover import hover, unseen_givers
from hpman_lsp.text.lines import Lines
from hpman_lsp.text.rich_text import plain_line
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import type_of
from hpman_lsp.workspace.questions.in_program import Part
from hpman_lsp.workspace.questions.items import ItemDefault, item_defaults
from hpman_lsp.workspace.questions.lookup import Symbol
from hpman_lsp.workspace.values.files import ValueUse


def run(options: Namespace) -> int:
    """Show each hyperparameter of the name, or of the group."""
    opened = open_project(options)
    found = named(opened, options.name, options.manager)
    if options.format == "json":
        write_json({"hyperparameters": [_described(opened, one) for one in found]})
        return OK
    output = Output(options.color)
    for number, one in enumerate(found):
        if number:
            output.line()
        _show(opened, output, one.symbol, options.context)
    return OK


def _described(opened: Opened, part: Part) -> dict[str, object]:
    symbol = part.symbol
    items = (
        list(item_defaults(opened.snapshot, symbol.key, symbol.use.path)) if not symbol.definitions else []
    )
    known = {**described(opened, part), **(_of_item(opened, items) if items else {})}
    reasons = [plain_line(line) for line in unseen_givers(opened.snapshot, symbol)]
    return {**known, "unseen_givers": reasons}


def _of_item(opened: Opened, items: list[ItemDefault]) -> dict[str, object]:
    """Give what an item of a dict has from the default that it stands in."""
    value = items[0].value
    places = [
        (one.use.path, *position(opened.snapshot, one.use.path, one.way[-1].span.start)) for one in items
    ]
    return {
        "type": type_of(value),
        "value": None if value is None else plain(value.value),
        "source": None if value is None else value.text,
        "defaults": [{"path": shown(path), "line": line, "column": column} for path, line, column in places],
    }


def _show(opened: Opened, output: Output, symbol: Symbol, context: int) -> None:
    told = hover(opened.snapshot, symbol.use.path, symbol.use.span.start)
    head, *lines = told.plaintext.splitlines() if told is not None else [symbol.key.name]
    output.line((head, "head"))
    for line in lines:
        output.line(line)
    for line in _places(opened, symbol, context):
        output.line((line, "head") if line.startswith("==>") else line)


def _places(opened: Opened, symbol: Symbol, context: int) -> Iterator[str]:
    """Give the lines around each use; two uses on one line are one place."""
    all_uses: tuple[Use | ValueUse, ...] = (*symbol.uses, *symbol.values)
    places = {(use.path, position(opened.snapshot, use.path, use.span.start)[0]): use for use in all_uses}
    for number, ((path, line), use) in enumerate(places.items()):
        yield ""
        yield f"occurrence[{number}]: {_verb(use)}"
        lines = opened.snapshot.lines(path) or Lines("")
        source = SourceHelper(lines.text.replace("\r\n", "\n").replace("\r", "\n"))
        yield from source.format_given_filename_and_lineno(shown(path), line, context, context).split("\n")


def _verb(use: Use | ValueUse) -> str:
    if isinstance(use, ValueUse):
        return "value"
    return {"definition": "default", "write": "set", "read": "read"}[use.kind]
