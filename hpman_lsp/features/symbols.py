"""Lists of hyperparameters: of a file, and of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from hpman.static.facts import Span
from hpman_lsp.text.matching import score
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.questions.describe import given, shortened, shown_value
from hpman_lsp.workspace.questions.lookup import telling
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse

_MOST = 1000  # what an editor's list can take: more is not read by anyone, and slow to send


class DocumentSymbol(NamedTuple):
    """A hyperparameter in a file's outline.

    span: the whole call; selection: the name in it.
    kind: "definition" has a default here, "write" sets a value, "read" reads one.
    """

    name: str
    detail: str
    kind: Literal["definition", "read", "write"]
    span: Span
    selection: Span


class WorkspaceSymbol(NamedTuple):
    """A use of a hyperparameter; container: its value and its manager, for people, who see the file beside it."""

    name: str
    container: str
    kind: Literal["definition", "read", "write"]
    path: str
    span: Span


def document_symbols(snapshot: Snapshot, path: str) -> tuple[DocumentSymbol, ...]:
    """List the hyperparameters of a file, in source order: each where it gets a value here, else once, where it
    is used first.

    Of a value file, the keys that name a hyperparameter.
    """
    if path in snapshot.value_files:
        return tuple(_values(snapshot, path))
    file = snapshot.index.files.get(path)
    chosen = [use for uses in file.by_key.values() for use in _telling(uses)] if file is not None else []
    chosen.sort(key=lambda use: use.span)
    return tuple(DocumentSymbol(use.key.name, _detail(use), use.kind, use.call, use.span) for use in chosen)


def workspace_symbols(snapshot: Snapshot, query: str) -> tuple[WorkspaceSymbol, ...]:
    """Find the uses whose name holds the query's characters in order, best match first.

    Of one name the defaults come first, then what sets it, then what reads it. An empty query finds all.
    """
    scored = ((score(query, key.name), key) for key in snapshot.index.keys)
    ranked = sorted((-found, key) for found, key in scored if found is not None)
    symbols: list[WorkspaceSymbol] = []
    for _, key in ranked:
        symbols += _symbols(snapshot, key)
        if len(symbols) >= _MOST:
            break
    return tuple(symbols[:_MOST])


def _values(snapshot: Snapshot, path: str) -> Iterator[DocumentSymbol]:
    file, links = snapshot.value_files[path], snapshot.values
    for entry in links.entries(path):
        if entry.kind == "value" and not entry.shared and links.keys(path, entry.name):
            one = ValueUse(file, entry)
            yield DocumentSymbol(entry.name, f"= {shortened(one.written, 80)}", "write", one.pair, one.span)


def _telling(uses: tuple[Use, ...]) -> list[Use]:
    return [use for use in uses if use.kind != "read"] or [uses[0]]


def _symbols(snapshot: Snapshot, key: Key) -> list[WorkspaceSymbol]:
    uses = sorted(snapshot.index.uses(key, snapshot.index.users(key).paths), key=telling)
    return [WorkspaceSymbol(key.name, _container(use), use.kind, use.path, use.span) for use in uses]


def _detail(use: Use) -> str:
    return "" if use.kind == "read" else f"= {shown_value(given(use))}"


def _container(use: Use) -> str:
    return ", ".join(filter(None, [_detail(use), f"manager {use.key.manager}"]))
