"""`hpman check`: what is wrong with the hyperparameters."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from hpman_lsp.cli.baseline import new_findings, write_baseline
from hpman_lsp.cli.errors import FINDINGS, OK
from hpman_lsp.cli.findings import Finding, Place, counts, findings
from hpman_lsp.cli.fixing import fix
from hpman_lsp.cli.github import annotation
from hpman_lsp.cli.output import Output, note, write_json
from hpman_lsp.cli.project import open_project
from hpman_lsp.cli.sarif import sarif
from hpman_lsp.rules.helpers.finding import SEVERITIES


def run(options: Namespace) -> int:
    """Report in the format that is asked for."""
    opened = open_project(options)
    if options.fix:
        opened = fix(opened)
    if options.format in _FOR_SERVICES:
        opened = opened.seen_from(opened.base)
    found = list(findings(opened))
    if options.write_baseline:
        write_baseline(options.write_baseline, opened.base, found)
        note(f"{_counted(len(found), 'problem')} written to {options.write_baseline}")
        return OK
    if options.baseline:
        found = new_findings(options.baseline, opened.base, found)
    _WRITERS[options.format](options, found)
    failing = ("error", "warning") if options.strict else ("error",)
    return FINDINGS if any(one.severity in failing for one in found) else OK


def _as_text(options: Namespace, found: Sequence[Finding]) -> None:
    output = Output(options.color)
    for one in found:
        output.line(
            (f"{_at(one.place)}:", "place"), " ", (one.severity, one.severity), f" {one.code}: {one.message}"
        )
        for remark in one.related:
            output.line("    ", (f"{_at(remark.place)}:", "place"), f" {remark.message}")
    files = len({one.place.path for one in found})
    many = ", ".join(_counted(count, _NOUNS[kind]) for kind, count in counts(found).items() if count)
    note(f"{many} in {_counted(files, 'file')}" if found else "no problems")


def _as_json(_options: Namespace, found: Sequence[Finding]) -> None:
    write_json({"problems": [_json(one) for one in found], "counts": counts(found)})


def _as_sarif(_options: Namespace, found: Sequence[Finding]) -> None:
    json.dump(sarif(found), sys.stdout, indent=2)
    sys.stdout.write("\n")


def _as_annotations(_options: Namespace, found: Sequence[Finding]) -> None:
    for one in found:
        print(annotation(one))


_WRITERS: dict[str, Callable[[Namespace, Sequence[Finding]], None]] = {
    "text": _as_text,
    "json": _as_json,
    "sarif": _as_sarif,
    "github": _as_annotations,
}
_FOR_SERVICES = ("sarif", "github")  # which know a file by its place in the repository
_NOUNS = {**{severity: severity for severity in SEVERITIES}, "information": "remark"}


def _json(one: Finding) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        **_place(one.place),
        "related": [{"message": remark.message, **_place(remark.place)} for remark in one.related],
    }


def _place(place: Place) -> dict[str, object]:
    ends = {"end_line": place.end_line, "end_column": place.end_column}
    return {"path": place.shown, "line": place.line, "column": place.column, **ends}


def _at(place: Place) -> str:
    return f"{place.shown}:{place.line}:{place.column}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
