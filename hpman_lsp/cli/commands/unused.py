"""`hpman unused`: hyperparameters that nothing reads."""

from __future__ import annotations

from argparse import Namespace

from hpman_lsp.cli.commands.list_names import write_names, write_table
from hpman_lsp.cli.errors import FINDINGS, OK
from hpman_lsp.cli.names import described, parts
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.project import open_project
from hpman_lsp.features.diagnostics import diagnostics


def run(options: Namespace) -> int:
    """List those that the rule `unused` tells of."""
    opened = open_project(options)
    snapshot = opened.snapshot
    places = {
        (path, one.span)
        for path in filter(opened.covers, snapshot.files)
        for one in diagnostics(snapshot, path)
        if one.code == "unused"
    }
    found = [
        one
        for one in parts(opened, options.manager)
        if any((use.path, use.call) in places for use in one.symbol.uses)
    ]
    if options.format == "json":
        write_json({"hyperparameters": [described(opened, one) for one in found]})
    elif options.format == "names":
        write_names(found)
    elif found:
        write_table(opened, Output(options.color), found)
    else:
        note("nothing is unused")
    return FINDINGS if found else OK
