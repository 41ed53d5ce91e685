"""`missing-path`: `parse_file` is given a path that leads to nothing, so that the program fails when it begins."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import NamedTuple

from hpman._names import alike, did_you_mean
from hpman.sources import is_passed_over
from hpman.static.facts import ParseCall, PathFact, Span
from hpman.static.tree import syntax
from hpman_lsp.workspace.programs.targets import Places, targets
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation


class Missing(NamedTuple):
    """A path that leads to nothing.

    written: its last part; span: where that stands, or the call; near: what there is beside it that may be meant.
    """

    written: str
    span: Span
    near: tuple[str, ...]


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it once all files are known, where whoever runs the file gets to the call, and nothing catches the error."""
    for one in missing(snapshot, path):
        message = f"there is no `{one.written}` for `parse_file` to read: it raises SourceNotFoundError"
        yield Violation(one.span, message + did_you_mean(one.near))


def missing(snapshot: Snapshot, path: str) -> Iterator[Missing]:
    """Yield the paths in a file that lead to nothing for sure."""
    file = snapshot.files[path]
    for _, call in snapshot.index.files[path].parses if snapshot.complete else ():
        for fact in call.paths or ():
            name = fact.relative.rpartition("/")[2]
            folder = _empty_place(snapshot, path, fact) if call.sure and fact.sure else None
            if folder is None or file.text.count(name) != 1 or _is_caught(file, call):
                continue
            near = alike(name, _beside(snapshot, folder))
            if name.endswith(".py") or near:  # what has no such name may be a file that no walk notes
                at = file.text.find(name)
                yield Missing(name, Span(at, at + len(name)), near)


def _empty_place(snapshot: Snapshot, path: str, fact: PathFact) -> str | None:
    """Return the folder in which a path would be if there were one; None where it is not sure that there is none."""
    name = fact.relative.rpartition("/")[2]
    if fact.pattern or fact.anchor not in ("file", "cwd") or name in ("", ".", "..") or "~" in fact.relative:
        return None
    places = Places(snapshot.roots, lambda _: True, snapshot.modules)
    found = next((one.path for one in targets(fact, path, path, places)), "")
    folder = snapshot.tree.folders.get(os.path.dirname(found))
    if (
        folder is None
        or name in folder.links
        or is_passed_over(name, folder.markers)
        or snapshot.exists(found)
    ):
        return None
    if fact.anchor == "cwd" and _is_somewhere(snapshot, fact.relative):
        return None
    return os.path.dirname(found)


def _is_somewhere(snapshot: Snapshot, relative: str) -> bool:
    """Return whether a path leads to something from any folder that the program may be started in."""
    steps = os.path.normpath(relative).split(os.sep)
    end = os.sep + os.sep.join(step for step in steps if step != os.pardir)
    tree = snapshot.tree
    return any(one.endswith(end) for some in (tree.files, tree.folders) for one in some)


def _beside(snapshot: Snapshot, folder: str) -> list[str]:
    """Return the names of the Python files and folders in a folder."""
    tree = snapshot.tree
    return sorted(
        os.path.basename(one)
        for some in (tree.files, tree.folders)
        for one in some
        if os.path.dirname(one) == folder
    )


def _is_caught(file: SourceFile, call: ParseCall) -> bool:
    """Return whether an error in a call may be caught, or expected; so in what does not parse."""
    tree = syntax.module(file.text.removeprefix("\ufeff"))
    if not isinstance(tree, ast.Module):
        return True
    line = file.lines.position(call.call.start, "utf-32")[0] + 1
    return any(
        isinstance(node, (ast.Try, ast.With, ast.AsyncWith))
        and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)
        for node in ast.walk(tree)
    )
