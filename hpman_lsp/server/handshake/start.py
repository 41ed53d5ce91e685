"""What `initialize` says, read from the message as it was sent.

It needs none of the protocol's types, whose import is most of the server's start: indexing begins before they
are there. And it is lenient, because a client that is odd in one field must still get a server.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from hpman_lsp.server.documents.uris import path_of
from hpman_lsp.server.handshake.client import Client, client_of
from hpman_lsp.server.handshake.settings import settings_of
from hpman_lsp.workspace.configuration.settings import Settings


class Start(NamedTuple):
    """roots: the workspace folders, none for single files; process: the editor's id; problems: for the log."""

    client: Client
    roots: tuple[str, ...]
    settings: Settings
    process: int | None
    problems: tuple[str, ...]


def start_of(params: object) -> Start:
    """Read the params of `initialize`; whatever is missing or malformed counts as not sent."""
    fields = params if isinstance(params, dict) else {}
    settings, problems = settings_of(fields.get("initializationOptions"))
    process = fields.get("processId")
    return Start(
        client=client_of(fields.get("capabilities")),
        roots=_roots(fields),
        settings=settings,
        process=process if isinstance(process, int) and process > 0 else None,
        problems=problems,
    )


def folder_paths(folders: object) -> tuple[str, ...]:
    """The paths of `WorkspaceFolder` objects as they were sent; folders that are no files are left out."""
    sent = folders if isinstance(folders, list) else []
    uris = (folder.get("uri") for folder in sent if isinstance(folder, dict))
    paths = (path_of(uri) for uri in uris if isinstance(uri, str))
    return tuple(dict.fromkeys(path for path in paths if path is not None))


def _roots(fields: dict[str, object]) -> tuple[str, ...]:
    """The folders; older clients send one root instead, the oldest as a path."""
    if folders := folder_paths(fields.get("workspaceFolders")):
        return folders
    if root := folder_paths([{"uri": fields.get("rootUri")}]):
        return root
    path = fields.get("rootPath")
    return (os.path.normpath(path),) if isinstance(path, str) and os.path.isabs(path) else ()
