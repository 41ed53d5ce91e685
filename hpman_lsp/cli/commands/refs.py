"""`hpman refs`: every use of a hyperparameter."""

from __future__ import annotations

from argparse import Namespace
from typing import NamedTuple

from hpman_lsp.cli.errors import OK
from hpman_lsp.cli.names import place_of, referred
from hpman_lsp.cli.output import Output, write_json
from hpman_lsp.cli.project import Opened, open_project, position, shown
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.values.files import ValueUse


def run(options: Namespace) -> int:
    """List the uses of each hyperparameter of the name, or of the group, by path and place."""
    opened = open_project(options)
    found = referred(opened, options.name, options.manager)
    references = [_Reference(use.key, use.kind, use) for symbol in found for use in symbol.uses]
    references += [_Reference(symbol.key, "value", one) for symbol in found for one in symbol.values]
    references.sort(key=lambda one: (one.use.path, one.use.span))
    if options.format == "json":
        write_json({"references": [_reference(opened, one) for one in references]})
        return OK
    output = Output(options.color)
    for one in references:
        line, column = position(opened.snapshot, one.use.path, one.use.span.start)
        place = f"{shown(one.use.path)}:{line}:{column}:"
        output.line((place, "place"), f" {one.kind}: ", _source_line(opened, one.use).strip())
    return OK


class _Reference(NamedTuple):
    key: Key
    kind: str
    use: Use | ValueUse


def _reference(opened: Opened, one: _Reference) -> dict[str, object]:
    return {
        "name": one.key.name,
        "manager": one.key.manager,
        "kind": one.kind,
        **place_of(opened, one.use),
        "text": _source_line(opened, one.use),
    }


def _source_line(opened: Opened, use: Use | ValueUse) -> str:
    lines = opened.snapshot.lines(use.path) or Lines("")
    line = lines.line_of(use.span.start)
    return lines.text[lines.start_of(line) : lines.end_of(line)]
