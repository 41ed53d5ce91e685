"""What the client can do, read leniently from the capabilities it sends.

A client whose capabilities are odd in one place must still get a server, so nothing here is validated: what is
not clearly offered is not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from hpman_lsp.text.lines import ENCODINGS, Encoding


@dataclass(frozen=True, slots=True)
class Extension:
    """What our own extension can do beyond the protocol, or any other client that announces it.

    commands: those that a code lens or a code action may name; markdown_commands: those of links in markdown.
    """

    status: bool
    tree_changed: bool
    commands: frozenset[object]
    markdown_commands: frozenset[object]


@dataclass(frozen=True, slots=True)
class Client:
    """One client's abilities, each named after what we do with it."""

    encoding: Encoding
    hover_markdown: bool
    markdown_links: bool
    constant_kind: bool
    definition_links: bool
    symbol_tree: bool
    prepare_rename: bool
    document_changes: bool
    change_annotations: bool
    code_action_literals: bool
    preferred_actions: bool
    related_information: bool
    diagnostic_version: bool
    diagnostic_link: bool
    faded: bool
    notebooks: bool
    pull_diagnostics: bool
    refresh_diagnostics: bool
    register_watched_files: bool
    register_configuration: bool
    configuration: bool
    progress: bool
    label_offsets: bool
    refresh_inlay_hints: bool
    refresh_code_lenses: bool
    extension: Extension


def client_of(capabilities: object) -> Client:
    """The abilities behind a `ClientCapabilities` object as it was sent."""
    has, lists = partial(_has, capabilities), partial(_list, capabilities)
    knows = partial(_knows, capabilities)
    return Client(
        encoding=_encoding(lists("general.positionEncodings")),
        hover_markdown=_prefers_markdown(lists("textDocument.hover.contentFormat")),
        # A client that names its parser renders markdown, so that a link can be clicked; a terminal shows its target.
        markdown_links=isinstance(_at(capabilities, "general.markdown.parser"), str),
        constant_kind=21 in lists("textDocument.completion.completionItemKind.valueSet"),
        definition_links=has("textDocument.definition.linkSupport"),
        symbol_tree=has("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
        prepare_rename=has("textDocument.rename.prepareSupport"),
        document_changes=has("workspace.workspaceEdit.documentChanges"),
        change_annotations=knows("workspace.workspaceEdit.changeAnnotationSupport"),
        code_action_literals=knows("textDocument.codeAction.codeActionLiteralSupport"),
        preferred_actions=has("textDocument.codeAction.isPreferredSupport"),
        related_information=has("textDocument.publishDiagnostics.relatedInformation"),
        diagnostic_version=has("textDocument.publishDiagnostics.versionSupport"),
        diagnostic_link=has("textDocument.publishDiagnostics.codeDescriptionSupport"),
        faded=1 in lists("textDocument.publishDiagnostics.tagSupport.valueSet"),
        notebooks=knows("notebookDocument.synchronization"),
        pull_diagnostics=_must_pull(capabilities),
        refresh_diagnostics=has("workspace.diagnostics.refreshSupport"),
        register_watched_files=has("workspace.didChangeWatchedFiles.dynamicRegistration"),
        register_configuration=has("workspace.didChangeConfiguration.dynamicRegistration"),
        configuration=has("workspace.configuration"),
        progress=has("window.workDoneProgress"),
        label_offsets=has(
            "textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport"
        ),
        refresh_inlay_hints=has("workspace.inlayHint.refreshSupport"),
        refresh_code_lenses=has("workspace.codeLens.refreshSupport"),
        extension=_extension(capabilities),
    )


def _extension(capabilities: object) -> Extension:
    ours = _at(capabilities, "experimental.hpman")
    return Extension(
        status=_has(ours, "status"),
        tree_changed=_has(ours, "treeChanged"),
        commands=frozenset(name for name in _list(ours, "commands") if isinstance(name, str)),
        markdown_commands=frozenset(
            name for name in _list(ours, "markdownCommands") if isinstance(name, str)
        ),
    )


def _prefers_markdown(formats: list[object]) -> bool:
    return next((kind for kind in formats if kind in ("markdown", "plaintext")), None) == "markdown"


def _encoding(offered: list[object]) -> Encoding:
    """The first of the client's that we know: its own order says what is cheapest for it."""
    return next((known for wish in offered for known in ENCODINGS if known == wish), "utf-16")


def _must_pull(capabilities: object) -> bool:
    """Diagnostics are pushed, unless the client can only pull.

    Never both: Neovim 0.11 and others then show each one twice. Push goes first, because ours are for the closed
    files of the workspace too, which few clients pull.
    """
    pushed = _at(capabilities, "textDocument.publishDiagnostics")
    return not isinstance(pushed, dict) and isinstance(_at(capabilities, "textDocument.diagnostic"), dict)


def _has(capabilities: object, path: str) -> bool:
    return _at(capabilities, path) is True


def _knows(capabilities: object, path: str) -> bool:
    return isinstance(_at(capabilities, path), dict)


def _list(capabilities: object, path: str) -> list[object]:
    value = _at(capabilities, path)
    return value if isinstance(value, list) else []


def _at(value: object, path: str) -> object:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
