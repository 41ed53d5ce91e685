"""Versions, scopes, counts and times, for a report of a fault."""

from __future__ import annotations

import platform
import sys
import time
from collections import Counter
from typing import Any, TypeAlias

from hpman._version import __version__
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire import extension_methods
from hpman_lsp.workspace.questions.describe import scope_name
from hpman_lsp.workspace.questions.listing import keys_by_scope

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]
_STARTED = time.monotonic()


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


def _version_of(package: str) -> str | None:
    from importlib import metadata  # noqa: PLC0415 - a megabyte of modules that nothing else needs

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


METHOD = extension_methods.DEBUG_INFO
ROUTE = Route(debug_info)
