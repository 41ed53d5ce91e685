"""Where an import of a manager goes, and which managers a file could use."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from hpman.static.characters.lexer import segments
from hpman.static.facts import Span
from hpman.static.parser import body_start
from hpman.static.tree import syntax
from hpman.static.tree.source import Source
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot


def managers_in(snapshot: Snapshot, file: SourceFile) -> tuple[tuple[str, str], ...]:
    """Give (local name, placeholder) of a file's own managers at module level, those that it uses most first."""
    at_end = Span(len(file.text), len(file.text))
    locals_ = dict.fromkeys(one.local for one in file.facts.bindings if one.local != "*")
    found = [(local, snapshot.manager(file, local, None, at_end)) for local in locals_]
    callees = [one.callee for one in file.facts.occurrences] + [one.callee for one in file.facts.accesses]
    calls = Counter(callees)
    known = [(local, placeholder) for local, placeholder in found if placeholder is not None]
    return tuple(sorted(known, key=lambda pair: -calls[pair[0]]))


def placeholders_around(snapshot: Snapshot) -> tuple[str, ...]:
    """Give the managers that the workspace uses, the most frequent first; then what could be one."""
    shared: Counter[str] = Counter()
    for key, users in snapshot.index.keys.items():
        shared[key.manager] += len(users.paths)
    return tuple(dict.fromkeys([*(name for name, _ in shared.most_common()), "_", "hp"]))


def import_edit(text: str, placeholder: str) -> Edit:
    """Import a manager: behind the imports that a text begins with, else behind its docstring, else first of all."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = f"from hpman.m import {placeholder}"
    imports, docstring, start = _head(text)
    if imports is not None:
        return _behind(text, imports, f"{line_end}{line}")
    if docstring is not None:
        return _behind(text, docstring, f"{line_end}{line_end}{line}")
    blank = "" if text[start : start + 1] in ("", "\r", "\n") else line_end
    return Edit(Span(start, start), f"{line}{line_end}{blank}")


def _head(text: str) -> tuple[int | None, int | None, int]:
    """Give the ends of the imports and of the docstring at the start of a text, and where its first statement is."""
    imports = docstring = None
    for start, node, end in _statements(text):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imports = end
        elif (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            docstring = end if imports is None and docstring is None else docstring
        else:
            return imports, docstring, start
    return imports, docstring, len(text)


def _statements(text: str) -> Iterator[tuple[int, ast.stmt | None, int]]:
    """Give start, node and end of the top-level statements; None for what does not parse."""
    for start, end, _ in segments(text, body_start(text)):
        tree = syntax.module(text[start:end])
        source = Source(text, start, end)
        if not isinstance(tree, ast.Module):
            yield start, None, end
            continue
        for node in tree.body:
            span = source.span(node)
            yield source.start_of(node), node, span.end


def _behind(text: str, offset: int, new_text: str) -> Edit:
    """Insert behind the line of an offset."""
    ends = [at for at in (text.find("\r", offset), text.find("\n", offset)) if at >= 0]
    at = min(ends, default=len(text))
    return Edit(Span(at, at), new_text)


def free_name(snapshot: Snapshot, path: str, manager: str, name: str) -> str:
    """Give a name that no file around uses, for a value or a group: the one that is asked for, or a numbered one."""
    shares = snapshot.reach.sees([path], manager)

    def taken(candidate: str) -> bool:
        key = Key(manager, candidate)
        keys = (key, *snapshot.index.nested(key))
        return any(shares(user) for one in keys for user in snapshot.index.users(one).paths)

    candidates = (name if number == 1 else f"{name}_{number}" for number in range(1, 10_000))
    return next(candidate for candidate in candidates if not taken(candidate))
