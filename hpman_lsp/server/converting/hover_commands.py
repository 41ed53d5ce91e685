"""The last line of a hover: what can be done with the hyperparameter, for a client that runs links as commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from lsprotocol import types

from hpman_lsp.features.hover import Hover
from hpman_lsp.server.converting.convert import to_range
from hpman_lsp.server.converting.scope_ids import scope_id
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.wire.extension_methods import FIND_USES, RENAME, REVEAL_IN_VIEW


def with_commands(view: View, path: str, found: Hover, hover: types.Hover) -> types.Hover:
    """Add the commands that the client announced; it does so only where the user trusts the workspace."""
    links = [
        f"[{title}](command:{command}?{quote(json.dumps(arguments))})"
        for title, command, arguments in _commands(view, path, found)
        if command in view.client.extension.markdown_commands
    ]
    if not links or not view.client.hover_markdown:
        return hover
    text = f"{found.markdown}\n\n{' · '.join(links)}"
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), hover.range)


def _commands(view: View, path: str, found: Hover) -> Iterator[tuple[str, str, list[object]]]:
    start = to_range(view, path, found.span).start
    place: list[object] = [
        view.uri(path, found.span.start),
        {"line": start.line, "character": start.character + 1},
    ]
    yield "Find all uses", FIND_USES, place
    yield "Rename", RENAME, place
    if found.key is not None and found.scope is not None:
        yield "Show in view", REVEAL_IN_VIEW, [scope_id(found.scope), *found.key]
