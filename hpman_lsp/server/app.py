"""Which request goes to which handler, and the loop that takes one message after the other."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, BinaryIO

from lsprotocol import types

from hpman._version import __version__
from hpman_lsp.server import notifications
from hpman_lsp.server.aside import Aside
from hpman_lsp.server.dispatch import Dispatcher
from hpman_lsp.server.inbox import Inbox, Item
from hpman_lsp.server.reading.indexing import Finished, Indexer, Read
from hpman_lsp.server.requests import (
    code_action,
    code_lens,
    completion,
    debug_info,
    definition,
    diagnostic,
    document_highlight,
    document_symbol,
    hover,
    inlay_hint,
    prepare_rename,
    references,
    rename,
    scope,
    signature_help,
    tree,
    uses,
    workspace_symbol,
    yaml,
)
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.session import Session
from hpman_lsp.server.wire.messages import Request
from hpman_lsp.server.wire.protocol import ClientGoneError
from hpman_lsp.server.wire.remote import Remote

REQUESTS: Mapping[str, Route] = {
    one.METHOD: one.ROUTE
    for one in (
        hover,
        definition,
        document_highlight,
        document_symbol,
        completion,
        diagnostic,
        prepare_rename,
        code_action,
        references,
        rename,
        workspace_symbol,
        inlay_hint,
        code_lens,
        signature_help,
        tree,
        uses,
        scope,
        yaml,
        debug_info,
    )
}

NOTIFICATIONS: Mapping[str, Callable[[Session, Any], None]] = {
    types.INITIALIZED: notifications.initialized,
    types.TEXT_DOCUMENT_DID_OPEN: notifications.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: notifications.did_change,
    types.TEXT_DOCUMENT_DID_SAVE: notifications.did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: notifications.did_close,
    types.NOTEBOOK_DOCUMENT_DID_OPEN: notifications.notebook_did_open,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: notifications.notebook_did_change,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: notifications.notebook_did_close,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: notifications.did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: notifications.did_change_workspace_folders,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: notifications.did_change_configuration,
    types.SET_TRACE: notifications.ignore,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: notifications.ignore,
}


def serve(inbox: Inbox, indexer: Indexer, output: BinaryIO) -> int:
    """Answer until the client says `exit` or is gone.

    Returns: the process's exit code: 0 after `shutdown`, else 1.
    """
    session = Session(Remote("hpman-lsp", __version__, output), indexer, Aside(inbox.put))
    dispatcher = Dispatcher(session, inbox, REQUESTS, NOTIFICATIONS)
    try:
        while not dispatcher.ended and (item := inbox.get()) is not None:
            _guard(session, partial(_take, item, session, dispatcher))
            if inbox.idle:
                dispatcher.rest()
            if dispatcher.running:
                asked = item.method if isinstance(item, Request) else None
                _guard(session, partial(session.rest, lambda: inbox.idle, asked))
        dispatcher.rest()
    except ClientGoneError:
        pass
    return 0 if dispatcher.shut_down else 1


def _take(item: Item, session: Session, dispatcher: Dispatcher) -> None:
    if isinstance(item, (Read, Finished)):
        session.take(item)
        dispatcher.resume()
    elif callable(item):
        item()
        dispatcher.resume()
    else:
        dispatcher.handle(item)


def _guard(session: Session, work: Callable[[], None]) -> None:
    """Let a fault of ours cost one line in the log, and what it was about; the server lives on."""
    try:
        work()
    except ClientGoneError:
        raise
    except Exception as error:  # noqa: BLE001
        traceback.print_exc()
        session.remote.log(f"internal error: {type(error).__name__}: {error}", types.MessageType.Error)
