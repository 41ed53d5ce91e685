"""Short descriptions for people: values, places, scopes."""

from __future__ import annotations

import os
from collections.abc import Sequence

from hpman.static.facts import NOT_LITERAL, Access, Expression
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.programs.programs import Program
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.snapshot import Snapshot


def given(use: Use) -> Expression | None:
    """Give the value that a use gives: its default, or what it sets."""
    return use.source.value if isinstance(use.source, Access) else use.source.default


def shown_value(value: Expression | None, most: int = 80) -> str:
    """Give a value as it is written, on one line, shortened to `most` characters; "..." where none is known."""
    return "..." if value is None else shortened(value.text, most)


def type_of(value: Expression | None) -> str | None:
    """Give the name of a literal's type; None where only running the code can tell."""
    return None if value is None or value.value is NOT_LITERAL else type(value.value).__name__


def shortened(text: str, most: int) -> str:
    """Give a text on one line, its end replaced by an ellipsis where it is longer than `most` characters."""
    line = " ".join(text[: most * 8].split())
    return line if len(line) <= most else line[: most - 3] + "..."


def shown_path(snapshot: Snapshot, path: str) -> str:
    """Give a path as people know it: from where they look, else from its workspace folder, with that folder's name
    if there are several.
    """
    if snapshot.here is not None:
        return path_from(snapshot.here, path)
    around = [
        root for root in snapshot.roots if path == root or path.startswith(root.rstrip(os.sep) + os.sep)
    ]
    if not around:
        return os.path.basename(path)
    root = max(around, key=len)
    start = os.path.dirname(root) if len(snapshot.roots) > 1 or path == root else root
    return os.path.relpath(path, start).replace(os.sep, "/")


def path_from(folder: str, path: str) -> str:
    """Give a path as somebody in a folder would type it; one that is more than a step above it stays absolute."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return path
    far = relative.startswith(os.path.join(os.pardir, os.pardir))
    return (path if far else relative).replace(os.sep, "/")


def line_of(snapshot: Snapshot, path: str, offset: int) -> int:
    """Give the line, from 0, of an offset in a kept file."""
    file = snapshot.files.get(path)
    return 0 if file is None else file.lines.line_of(offset)


def shown_place(snapshot: Snapshot, use: Use) -> str:
    """Give a use's place: `train.py:12`."""
    return f"{shown_path(snapshot, use.path)}:{line_of(snapshot, use.path, use.span.start) + 1}"


def counted(count: int, noun: str) -> str:
    """Give a number with its noun: `1 use`, `2 uses`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def counted_uses(uses: Sequence[Use]) -> str:
    """Tell how many uses there are, and in how many files: `4 uses in 3 files`."""
    return f"{counted(len(uses), 'use')} in {counted(len({use.path for use in uses}), 'file')}"


def scope_name(snapshot: Snapshot, scope: Scope) -> str:
    """Give a name for a scope: what was given to it, else what it is made of."""
    if scope.kind == "explicit":
        return scope.name
    return shown_path(snapshot, scope.home)


def program_name(snapshot: Snapshot, program: Program) -> str:
    """Return what a program is called: by the name that its scope was given, else by its entry."""
    scope = program.scope
    return scope.name if scope.kind == "explicit" else shown_path(snapshot, program.entry)


def scope_reason(snapshot: Snapshot, scope: Scope) -> str:
    """Tell why there is a scope."""
    if scope.kind == "explicit":
        return f"[tool.hpman] in {shown_path(snapshot, os.path.join(scope.home, 'pyproject.toml'))}"
    if scope.kind == "inferred":
        path, start = _parsing(snapshot, scope)
        line = line_of(snapshot, path, start) + 1
        return f"inferred from {scope.manager}.parse_file(...) in {shown_path(snapshot, path)}:{line}"
    markers = snapshot.tree.folders[scope.home].markers if scope.home in snapshot.tree.folders else ()
    if markers:
        return f"the nearest folder with {min(markers, key=_MARKER_RANK.index)}"
    return "the workspace folder" if scope.home in snapshot.roots else "the file's folder"


def _parsing(snapshot: Snapshot, scope: Scope) -> tuple[str, int]:
    """Return where a program's first `parse_file` is: in its entry, else in what that imports."""
    files = snapshot.index.files
    for path in (scope.home, *sorted(snapshot.imports.reached([scope.home]) & files.keys())):
        for manager, call in files[path].parses if path in files else ():
            if manager == scope.manager:
                return path, call.call.start
    return scope.home, 0


_MARKER_RANK = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
