"""The requests of our own extension (see `extension_methods`): convert, ask the feature, convert."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

from hpman._version import __version__
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.report import Entry, ManagerEntries, ScopeEntries, report
from hpman_lsp.features.saved_values import saved_values
from hpman_lsp.features.uses import uses as find_uses
from hpman_lsp.server.documents.uris import uri_of
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests import convert
from hpman_lsp.server.wire.extension_methods import (
    DocumentReference,
    HyperparameterReference,
    ManagerReference,
)
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import scope_name, scope_reason, shortened, shown_value, type_of
from hpman_lsp.workspace.questions.listing import keys_by_scope

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]

_LONGEST = 200  # characters of a value
_MOST_FILES = 3  # value files of which the value is told: there may be one for each run
_STARTED = time.monotonic()


def tree(view: View, _: None) -> Json:
    """hpman/tree: all hyperparameters."""
    found = report(view.snapshot, partial(diagnostics, view.snapshot))
    return {"complete": view.snapshot.complete, "scopes": [_to_scope(view, one) for one in found]}


def uses(view: View, params: HyperparameterReference) -> list[Json]:
    """hpman/uses: those of one hyperparameter."""
    scope = scope_of(params.scope)
    found = find_uses(view.snapshot, scope, Key(params.manager, params.name)) if scope is not None else ()
    return [
        {"location": convert.to_location(view, one.path, one.span), "kind": one.kind, "text": one.text}
        for one in found
    ]


def scope(view: View, params: DocumentReference) -> Json:
    """hpman/scope: what a file belongs to."""
    path = view.path(params.textDocument.uri)
    file = view.snapshot.index.files.get(path) if path is not None else None
    if path is None or file is None:
        return {"scopes": [], "hyperparameters": 0}
    managers = {key.manager for key in file.by_key} or {manager for manager, _ in file.parses}
    found = {scope for manager in managers for scope in view.snapshot.scopes.of(path, manager).scopes}
    return {
        "scopes": [to_scope_reference(view, one) for one in sorted(found)],
        "hyperparameters": len(file.by_key),
    }


def yaml(view: View, params: ManagerReference) -> Json:
    """hpman/yaml: the values of one manager, as the library saves them."""
    scope = scope_of(params.scope)
    if scope is None:
        return {"text": "", "omitted": []}
    found = saved_values(view.snapshot, scope, params.manager)
    return {"text": found.text, "omitted": [one._asdict() for one in found.omitted]}


def debug_info(view: View, _: None) -> Json:
    """hpman/debugInfo: versions, scopes, counts and times; no text of a file."""
    snapshot = view.snapshot
    return {
        "versions": {
            "hpman": __version__,
            "python": sys.version.split()[0],
            **{name: _version_of(name) for name in ("pygls", "lsprotocol", "pyyaml", "pathspec")},
        },
        "platform": platform.platform(),
        "encoding": view.client.encoding,
        "complete": snapshot.complete,
        "counts": {
            "folders": len(snapshot.roots),
            "filesSeen": len(snapshot.tree.files),
            "filesKept": len(snapshot.files),
            "filesUnreadable": len(snapshot.unreadable),
            "filesOpen": len(view.documents),
            "hyperparameters": len(snapshot.index.keys),
            "uses": sum(len(file.uses) for file in snapshot.index.files.values()),
        },
        "scopes": [
            {"kind": scope.kind, "name": scope_name(snapshot, scope), "hyperparameters": len(keys)}
            for scope, keys in keys_by_scope(snapshot).items()
        ],
        "diagnostics": dict(
            Counter(one.code for path in snapshot.files for one in diagnostics(snapshot, path))
        ),
        "seconds": {
            "reading": view.reading_seconds,
            "running": round(time.monotonic() - _STARTED, 3),
        },
    }


def scope_id(scope: Scope) -> str:
    """The id of a scope: the same in every session."""
    return json.dumps(scope, ensure_ascii=False)


def scope_of(identifier: str) -> Scope | None:
    """The scope behind an id; None where it is none."""
    try:
        kind, name, home, manager = json.loads(identifier)
    except ValueError:
        return None
    return Scope(kind, name, home, manager)


def to_scope_reference(view: View, scope: Scope) -> Json:
    """A scope by itself."""
    return {
        "id": scope_id(scope),
        "name": scope_name(view.snapshot, scope),
        "reason": scope_reason(view.snapshot, scope),
        "uri": uri_of(scope.home),
    }


def _to_scope(view: View, found: ScopeEntries) -> Json:
    managers = [_to_manager(view, one) for one in found.managers]
    return {**to_scope_reference(view, found.scope), "managers": managers}


def _to_manager(view: View, found: ManagerEntries) -> Json:
    entries = [_to_hyperparameter(view, one) for one in found.entries]
    return {"name": found.manager, "hyperparameters": entries}


def _to_hyperparameter(view: View, entry: Entry) -> Mapping[str, object]:
    symbol = entry.symbol
    return {
        "name": symbol.key.name,
        "value": None if entry.value is None else shown_value(entry.value, _LONGEST),
        "type": type_of(entry.value),
        "fileValues": [
            {
                "value": shortened(one.written, _LONGEST),
                "location": convert.to_location(view, one.path, one.span),
            }
            for one in symbol.values[:_MOST_FILES]
        ],
        "moreFileValues": max(0, len(symbol.values) - _MOST_FILES),
        "definitions": [convert.to_location(view, use.path, use.span) for use in symbol.definitions],
        "hints": [{"key": hint.key, "value": shown_value(hint.value, _LONGEST)} for hint in entry.hints],
        "uses": len(symbol.uses),
        "files": len({use.path for use in symbol.uses}),
        "problems": entry.problems,
    }


def _version_of(package: str) -> str | None:
    from importlib import metadata  # noqa: PLC0415 - a megabyte of modules that nothing else needs

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
