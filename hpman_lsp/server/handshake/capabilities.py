"""What the server offers to one client."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.server.handshake.client import Client

# What can change the answer for a file: source, values, how it is grouped, and what is left out.
WATCHED = ("**/*.py", "**/*.{yaml,yml,json}", "**/pyproject.toml", "**/.gitignore")


def capabilities(client: Client) -> types.ServerCapabilities:
    """The answer to `initialize`.

    The plain requests are offered to everyone: some clients use what they do not announce (Helix: definition).
    What changes a client's behaviour is offered only where it is announced.
    """
    return types.ServerCapabilities(
        position_encoding=types.PositionEncodingKind(client.encoding),
        text_document_sync=types.TextDocumentSyncOptions(
            open_close=True,
            change=types.TextDocumentSyncKind.Incremental,
            save=types.SaveOptions(include_text=False),
        ),
        notebook_document_sync=_notebooks() if client.notebooks else None,
        hover_provider=True,
        definition_provider=True,
        references_provider=True,
        document_highlight_provider=True,
        document_symbol_provider=True,
        workspace_symbol_provider=True,
        rename_provider=types.RenameOptions(prepare_provider=True) if client.prepare_rename else True,
        code_action_provider=_code_actions() if client.code_action_literals else None,
        completion_provider=types.CompletionOptions(trigger_characters=['"', "'"]),
        signature_help_provider=types.SignatureHelpOptions(trigger_characters=["(", ","]),
        inlay_hint_provider=True,
        code_lens_provider=types.CodeLensOptions(resolve_provider=False),
        diagnostic_provider=_pulled() if client.pull_diagnostics else None,
        workspace=types.WorkspaceOptions(
            workspace_folders=types.WorkspaceFoldersServerCapabilities(
                supported=True, change_notifications=True
            )
        ),
    )


def registrations(client: Client) -> list[types.Registration]:
    """What is asked for once the client is ready."""
    asked = []
    if client.register_watched_files:
        watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        asked.append(_registration(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if client.register_configuration:
        section = types.DidChangeConfigurationRegistrationOptions(section="hpman")
        asked.append(_registration(types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    return asked


def _notebooks() -> types.NotebookDocumentSyncOptions:
    python = [types.NotebookCellLanguage("python")]
    # Not what a comparison of versions shows (`git:`).
    schemes = [types.NotebookDocumentFilterScheme(scheme=scheme) for scheme in ("file", "untitled")]
    return types.NotebookDocumentSyncOptions(
        [types.NotebookDocumentFilterWithCells(cells=python, notebook=scheme) for scheme in schemes]
    )


def _code_actions() -> types.CodeActionOptions:
    kinds = types.CodeActionKind
    return types.CodeActionOptions(
        code_action_kinds=[
            kinds.QuickFix,
            kinds.RefactorExtract,
            kinds.RefactorInline,
            kinds.RefactorMove,
            "source.fixAll.hpman",
        ]
    )


def _pulled() -> types.DiagnosticOptions:
    return types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier="hpman"
    )


def _registration(method: str, options: object) -> types.Registration:
    return types.Registration(id=f"hpman {method}", method=method, register_options=options)
