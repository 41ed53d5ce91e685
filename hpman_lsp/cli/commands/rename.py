"""`hpman rename`: gives a hyperparameter another name, everywhere or nowhere."""

from __future__ import annotations

import difflib
import os
import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hpman_lsp.cli.errors import OK, CommandError
from hpman_lsp.cli.names import place, referred
from hpman_lsp.cli.output import Output, note
from hpman_lsp.cli.project import Opened, inside, open_project
from hpman_lsp.cli.rewriting import rewrite
from hpman_lsp.features.rename import told
from hpman_lsp.refactoring.places import sharing_paths
from hpman_lsp.refactoring.renaming import Refusal, renamed, unquoted
from hpman_lsp.refactoring.target import Target
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.questions.describe import path_from
from hpman_lsp.workspace.questions.lookup import Symbol

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # as patch and git have it: not at form feeds, as `str.splitlines`


def run(options: Namespace) -> int:
    """Rename it in all files that share it, or show the difference."""
    opened = open_project(options)
    new = unquoted(options.new)
    answer = renamed(opened.snapshot, _chosen(opened, options), new)
    if isinstance(answer, Refusal):
        raise CommandError(f"nothing was changed: {answer.message}")
    doubt = told(opened.snapshot, answer)
    if doubt is not None and not (options.diff or options.force):
        raise CommandError(f"nothing was changed: {doubt}; then rename with --force")
    if doubt is not None:
        note(doubt)
    if options.diff:
        base = _base(opened, answer.edits)
        _show(opened, base, answer.edits, Output(options.color))
        return OK
    rewrite(opened.snapshot, answer.edits)
    places = sum(len(edits) for edits in answer.edits.values())
    note(
        f"`{options.old}` is `{new}` now: {_counted(places, 'place')} in {_counted(len(answer.edits), 'file')}"
    )
    return OK


def _chosen(opened: Opened, options: Namespace) -> Target:
    """Find the one hyperparameter, or group, of a name."""
    found: dict[tuple[str, frozenset[str]], Symbol] = {}
    for one in referred(opened, options.old, options.manager):
        target = Target(Key(one.key.manager, options.old), one.use.path)
        found.setdefault((one.key.manager, sharing_paths(opened.snapshot, target)), one)
    if len(found) > 1:
        places = "\n".join(
            f"  {place(opened, one.use)} (manager {one.key.manager})" for one in found.values()
        )
        raise CommandError(
            f"{len(found)} programs have a `{options.old}`; choose one with --in FILE or --manager:\n{places}"
        )
    (chosen,) = found.values()
    return Target(Key(chosen.key.manager, options.old), chosen.use.path)


def _base(opened: Opened, edits: Iterable[str]) -> str:
    """Give the folder to apply a difference in: this one, unless it lacks a file; `patch` and git take no `../`."""
    here = os.getcwd()
    if all(inside(path, [here]) for path in edits):
        return here
    note(f"the paths are from {opened.base}: apply it there")
    return opened.base


def _show(opened: Opened, base: str, edits: Mapping[str, Sequence[Edit]], output: Output) -> None:
    for path, some in sorted(edits.items()):
        lines = opened.snapshot.lines(path)
        before = "" if lines is None else lines.text
        for line in _difference(path_from(base, path), before, apply_edits(before, some)):
            output.line((line, _style(line)) if _style(line) else line)


def _difference(path: str, before: str, after: str) -> Iterator[str]:
    """Give a unified difference that `patch -p1` takes."""
    lines = (_LINE.findall(before), _LINE.findall(after))
    for line in difflib.unified_diff(*lines, f"a/{path}", f"b/{path}"):
        yield line.rstrip("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _style(line: str) -> str:
    if line.startswith(("---", "+++")):
        return "head"
    return {"+": "added", "-": "removed", "@": "place"}.get(line[:1], "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
