"""One function a notification: it replaces the view that is in force."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.server.documents.notebook_store import notebook_changed, notebook_closed, notebook_opened
from hpman_lsp.server.documents.store import changed, closed, opened
from hpman_lsp.server.documents.uris import document_path, path_of
from hpman_lsp.server.handshake.settings import SECTION
from hpman_lsp.server.session import Session


def initialized(session: Session, _: types.InitializedParams) -> None:
    """The client is ready to be asked."""
    session.greet()


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """textDocument/didOpen."""
    view = session.view
    documents, document = opened(view.documents, params.text_document, view.folder)
    session.edit(documents, document)
    if document.path is not None:
        session.publisher.repeat(session.view, document.path)


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """textDocument/didChange."""
    session.edit(*changed(session.view.documents, params, session.view.client.encoding))


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """textDocument/didClose."""
    session.close(*closed(session.view.documents, params.text_document.uri))


def notebook_did_open(session: Session, params: types.DidOpenNotebookDocumentParams) -> None:
    """notebookDocument/didOpen."""
    view = session.view
    documents = notebook_opened(view.documents, params, view.folder)
    session.edit_notebook(documents, document_path(params.notebook_document.uri, view.folder))


def notebook_did_change(session: Session, params: types.DidChangeNotebookDocumentParams) -> None:
    """notebookDocument/didChange."""
    view = session.view
    documents = notebook_changed(view.documents, params, view.client.encoding, view.folder)
    session.edit_notebook(documents, document_path(params.notebook_document.uri, view.folder))


def notebook_did_close(session: Session, params: types.DidCloseNotebookDocumentParams) -> None:
    """notebookDocument/didClose."""
    view = session.view
    documents = notebook_closed(view.documents, params, view.folder)
    session.edit_notebook(documents, document_path(params.notebook_document.uri, view.folder))


def did_save(session: Session, _: types.DidSaveTextDocumentParams) -> None:
    """textDocument/didSave."""
    session.saved()


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """workspace/didChangeWatchedFiles."""
    paths = (path_of(change.uri) for change in params.changes)
    session.look_at_disk(tuple(dict.fromkeys(path for path in paths if path is not None)))


def did_change_workspace_folders(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """workspace/didChangeWorkspaceFolders."""
    removed, added = (
        [path for folder in folders if (path := path_of(folder.uri))]
        for folders in (params.event.removed, params.event.added)
    )
    snapshot = session.view.snapshot
    kept = [root for root in snapshot.roots if root not in removed]
    roots = tuple(dict.fromkeys((*kept, *added)))
    if roots != snapshot.roots:
        session.reload(roots, snapshot.settings)


def did_change_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """workspace/didChangeConfiguration: the settings themselves, or word that they can be fetched."""
    if session.view.client.configuration:
        session.remote.fetch_settings(session.configure)
    elif isinstance(params.settings, dict) and SECTION in params.settings:
        session.configure(params.settings)


def ignore(_session: Session, _params: object) -> None:
    """Known, and of no consequence here."""
