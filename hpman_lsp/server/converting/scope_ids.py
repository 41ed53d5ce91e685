"""Ids of scopes, and what is sent of one."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from hpman_lsp.server.documents.uris import uri_of
from hpman_lsp.server.documents.view import View
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import scope_name, scope_reason

# An object as it is sent; `editors/vscode/src/protocol.ts` has its fields.
Json: TypeAlias = dict[str, Any]


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
