"""The least that a server on pygls can be: every answer is empty. What ours costs beyond it is ours."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "1")


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(_server: LanguageServer, _params: types.HoverParams) -> None:
    return None


@server.feature(types.TEXT_DOCUMENT_REFERENCES)
def references(_server: LanguageServer, _params: types.ReferenceParams) -> None:
    return None


@server.feature(types.TEXT_DOCUMENT_RENAME)
def rename(_server: LanguageServer, _params: types.RenameParams) -> None:
    return None


if __name__ == "__main__":
    server.start_io()
