"""Whether what hpman says of a program is what the program does.

A verdict is one of: `false-alarm` (all ends well, and an error or a warning is reported), `missed` (it fails, and none is),
`value` (`list` of the script has another value than the program, or one that the program cannot have), `scope` (`scopes`
of the script has other files than its `parse_file` read), `lacks` (a name is not listed, and nothing is reported), `fix`
(after `check --fix` the program does something else), `fails` (a program that has to end well does not).
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hpman_lsp.cli import main
from tests.programs.reading import Program
from tests.programs.running import Run, run, write

Json = Any
_NAMED = re.compile(r"\b(?:_|hp|conf)\(\s*[rbf]?[\"']")


class Verdict(NamedTuple):
    """What is wrong, and where."""

    kind: str
    detail: str


def verdicts(program: Program, folder: Path) -> list[Verdict]:
    """Run a program, ask hpman of it, and compare; what the program accepts is left out."""
    found = _compared(program, folder)
    return [
        one
        for one in found
        if not any(
            accepted.verdict == one.kind and accepted.word in one.detail for accepted in program.accepted
        )
    ]


def alarms(program: Program, folder: Path) -> list[str]:
    """Return what hpman reports of a program that is not run."""
    problems = _ask(write(program.files, folder / "asked"), "check", "--strict")["problems"]
    return [
        f"{one['code']} {one['path']}:{one['line']}"
        for one in problems
        if one["severity"] in ("error", "warning")
    ]


def _compared(program: Program, folder: Path) -> Iterator[Verdict]:
    ran = write(program.files, folder / "ran")
    runs = [run(command, ran) for command in program.runs]
    asked = write(program.files, folder / "asked")  # as it was before it ran
    problems = _ask(asked, "check", "--strict")["problems"]
    grave = [one for one in problems if one["severity"] in ("error", "warning")]
    yield from _alarms(program, runs, grave)
    listed: set[tuple[str, str]] = set()
    for one in {one.entry: one for one in runs if one.entry}.values():
        assert one.entry is not None
        names = _ask(asked, "list", one.entry)["hyperparameters"]
        listed |= {(name["manager"], name["name"]) for name in names}
        yield from (Verdict("value", f"{one.entry}: {text}") for text in _wrong_values(names, one))
        yield from _wrong_scope(_ask(asked, "scopes", one.entry)["scopes"], one, ran)
    yield from _lacking(asked, runs, listed) if not grave else ()
    yield from _spoilt(program, write(program.files, folder / "fixed"), runs) if problems else ()


def _ask(folder: Path, *arguments: str) -> Json:
    before, written = os.getcwd(), io.StringIO()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(written), contextlib.redirect_stderr(io.StringIO()):
            main([*arguments, "--format", "json"])
    except SystemExit:
        pass
    finally:
        os.chdir(before)
    return json.loads(written.getvalue())


def _alarms(program: Program, runs: list[Run], grave: list[Json]) -> Iterator[Verdict]:
    failed = next((one for one in runs if one.failure), None)
    if failed is None:
        by_code = {one["code"]: one for one in reversed(grave)}
        for code, one in by_code.items():
            yield Verdict("false-alarm", f"{code} {one['path']}:{one['line']}: {one['message']}")
    elif program.is_fine or not grave:
        yield Verdict("fails" if program.is_fine else "missed", f"{failed.command}: {failed.failure}")


def _wrong_values(names: list[Json], one: Run) -> Iterator[str]:
    """Say what the list of a script has otherwise than its program, where that went far enough to know."""
    if one.failure and not one.is_key_error:
        return
    files = one.parsed | one.loaded | {one.entry}
    for name in names:
        rows = [
            row
            for row in one.rows
            if (row.manager, row.name) == (name["manager"], name["name"])
            and row.rank != "set"
            and row.has_value
        ]
        values = [row.value for row in rows if row.rank == "called"] or [row.value for row in rows]
        source, defaults = name["source"], name["defaults"]
        is_read = any(
            row.rank == "parsed" and row.path.endswith(tuple(one.parsed)) for row in rows if one.parsed
        )
        elsewhere = [place["path"] for place in defaults if place["path"] not in files]
        if values and (source or is_read) and not any(_is_same(source, value) for value in values):
            yield f"`{name['name']}` is {values[0]}, and {source} here"
        elif not values and elsewhere and len(elsewhere) == len(defaults):
            yield f"`{name['name']}` is {source} here, of {elsewhere[0]}, which the program never reads"
        elif name["uses"] and not files & {use["path"] for use in name["uses"]}:
            yield f"`{name['name']}` is here, which the program cannot have"


def _is_same(source: str | None, real: str) -> bool:
    try:
        value = ast.literal_eval(source or "")
    except (ValueError, SyntaxError, TypeError):
        return bool(source)  # an expression: only the program knows its value
    is_unordered = isinstance(value, (set, dict)) and real.startswith("{")
    return repr(value) == real or (is_unordered and bool(ast.literal_eval(real) == value))


def _wrong_scope(scopes: list[Json], one: Run, folder: Path) -> Iterator[Verdict]:
    """Compare the files with names that are said of a script with those that its `parse_file` read."""
    texts = {path: (folder / path).read_text(encoding="utf-8", errors="replace") for path in one.parsed}
    named = {path for path, text in texts.items() if _NAMED.search(text)}
    wanted = named - {one.entry}
    own = [scope for scope in scopes if scope["name"] == one.entry] or scopes
    said = [set(scope["files"]) - {one.entry} for scope in own]
    nothing = not one.parsed or (not scopes and one.entry not in named)
    if not nothing and wanted not in said and not (len(said) > 1 and set().union(*said) == wanted):
        yield Verdict(
            "scope", f"{one.entry}: parse_file reads {sorted(named)}, and here are {list(map(sorted, said))}"
        )


def _lacking(folder: Path, runs: list[Run], listed: set[tuple[str, str]]) -> Iterator[Verdict]:
    there = {(row.manager, row.name) for one in runs for row in one.rows if row.rank != "set"} - listed
    if there:
        every = _ask(folder, "list")["hyperparameters"]
        there -= {(one["manager"], one["name"]) for one in every}
    for manager, name in sorted(there):
        yield Verdict("lacks", f"`{name}` of the manager {manager}")


def _spoilt(program: Program, folder: Path, runs: list[Run]) -> Iterator[Verdict]:
    _ask(folder, "check", "--fix")
    changed = [
        path for path, text in program.files.items() if (folder / path).read_text(encoding="utf-8") != text
    ]
    for before in runs if changed else ():
        after = run(before.command, folder)
        if not before.failure and (after.failure or after.printed != before.printed):
            end = after.failure or repr(after.printed)
            yield Verdict(
                "fix", f"{before.command}: {', '.join(changed)} changed; now {end}, not {before.printed!r}"
            )
