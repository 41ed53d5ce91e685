"""Fixes for files that their program does not parse."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

from hpman.static.arguments.reading import is_one_path
from hpman.static.facts import Span
from hpman_lsp.rules.helpers.finding import Diagnostic, Related
from hpman_lsp.rules.missing_path import missing
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.python.expressions import ParsedCall, parse_call
from hpman_lsp.workspace.questions.describe import path_from, shown_path
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, one_edit

_LISTS = (ast.List, ast.Tuple, ast.Set)


def unparsed_file(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Add the file to what a program's `parse_file` is given."""
    for one in diagnostic.related:
        title = f"Let {shown_path(snapshot, one.path)} parse this file too"
        yield from one_edit(title, one.path, _added(snapshot, one, path))


def missing_path(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the name that is meant, where there is one."""
    for one in missing(snapshot, path):
        if one.span == diagnostic.span and len(one.near) == 1:
            yield from one_edit(f"Parse `{one.near[0]}`", path, Edit(one.span, one.near[0]))


def _added(snapshot: Snapshot, program: Related, path: str) -> Edit | None:
    """Put a file behind the last path of a list; make a list of a single path."""
    text = snapshot.files[program.path].text
    parsed = parse_call(text, program.span)
    given = None if parsed is None else _argument(parsed.node)
    if parsed is None or given is None:
        return None
    new, whole = _written(text, program.path, path), parsed.span(given)
    if isinstance(given, _LISTS):
        return _behind(text, parsed, given, new)
    if not is_one_path(given):
        return None  # a name may stand for a list
    return Edit(whole, f"[{text[slice(*whole)]}, {new}]")


def _argument(call: ast.Call) -> ast.expr | None:
    given = [*call.args, *(one.value for one in call.keywords)]
    return given[0] if len(given) == 1 and not isinstance(given[0], ast.Starred) else None


def _behind(text: str, parsed: ParsedCall, given: ast.List | ast.Tuple | ast.Set, new: str) -> Edit | None:
    whole = parsed.span(given)
    if not given.elts:
        at = whole.start + 1
        return Edit(Span(at, at), f"{new}," if isinstance(given, ast.Tuple) else new)
    at = parsed.span(given.elts[-1]).end
    in_brackets = ")" in text[at : whole.end - 1]
    return None if in_brackets else Edit(Span(at, at), f", {new}")


def _written(text: str, program: str, path: str) -> str:
    """Write a path so that the program finds it: from its own folder, by what it has imported for that."""
    literal = repr(path_from(os.path.dirname(program), path)).replace("'", '"')
    if re.search(r"^from pathlib import [^#\n]*\bPath\b(?! +as)", text, re.MULTILINE):
        return f"Path(__file__).parent / {literal}"
    if re.search(r"^import (?:[\w., ]*[ ,])?os(?:\.path)?[ \t]*(?:,|$)", text, re.MULTILINE):
        return f"os.path.join(os.path.dirname(__file__), {literal})"
    return literal
