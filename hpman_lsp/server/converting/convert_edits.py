"""Edits of files and what is offered to do, in the form that the client takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lsprotocol import types

from hpman.static.facts import Span
from hpman_lsp.features.code_actions import CodeAction
from hpman_lsp.server.converting.convert import from_position, to_diagnostic, to_places
from hpman_lsp.server.documents.view import View
from hpman_lsp.text.edits import Edit

_ANNOTATION = "hpman"


class Selection(NamedTuple):
    """What the user has selected; empty for a cursor."""

    path: str
    span: Span


def to_workspace_edit(
    view: View, edits: Mapping[str, tuple[Edit, ...]], confirm: types.ChangeAnnotation | None = None
) -> types.WorkspaceEdit:
    """One edit of all files: with the versions it was made for, where the client checks them.

    confirm: why the user has to confirm it; only for a client that knows annotations.
    """
    texts: dict[str, list[types.TextEdit]] = {}
    for path, some in edits.items():
        places = to_places(view, path, (edit.span for edit in some))  # those of a notebook are of its cells
        for edit, (uri, range_) in zip(some, places, strict=True):
            texts.setdefault(uri, []).append(types.TextEdit(range_, edit.new_text))
    if not view.client.document_changes:
        return types.WorkspaceEdit(changes={uri: [*found] for uri, found in texts.items()})
    documents = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(uri, view.version(uri)),
            [_annotated(edit, confirm) for edit in found],
        )
        for uri, found in texts.items()
    ]
    annotations = None if confirm is None else {_ANNOTATION: confirm}
    return types.WorkspaceEdit(document_changes=documents, change_annotations=annotations)


def can_ask(view: View) -> bool:
    """Whether the client can ask the user before an edit is made."""
    return view.client.change_annotations and view.client.document_changes


def to_confirm(label: str, reason: str) -> types.ChangeAnnotation:
    """What asks the user before an edit is made."""
    return types.ChangeAnnotation(label, needs_confirmation=True, description=reason)


def from_range(view: View, uri: str, range_: types.Range) -> Selection | None:
    """The file and the span of a range; None where the file is not known."""
    start, end = (from_position(view, uri, position) for position in (range_.start, range_.end))
    if start is None or end is None:
        return None
    return Selection(start.path, Span(start.offset, max(start.offset, end.offset)))


def from_kinds(only: Sequence[str] | None) -> Callable[[str], bool]:
    """The test whether a kind of action is asked for; what changes a whole file is done only by its name."""
    if only is None:
        return lambda kind: not kind.startswith("source.")
    return lambda kind: any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def to_code_action(view: View, path: str, action: CodeAction) -> types.CodeAction:
    """With its edits: nothing has to be asked for later, but of the user."""
    confirm = None if action.doubt is None else to_confirm(action.title, action.doubt)
    return types.CodeAction(
        action.title,
        kind=action.kind,
        diagnostics=None if action.mends is None else [to_diagnostic(view, path, action.mends)],
        is_preferred=True if action.preferred and view.client.preferred_actions else None,
        edit=to_workspace_edit(view, action.edits, confirm),
    )


def _annotated(
    edit: types.TextEdit, confirm: types.ChangeAnnotation | None
) -> types.TextEdit | types.AnnotatedTextEdit:
    if confirm is None:
        return edit
    return types.AnnotatedTextEdit(_ANNOTATION, edit.range, edit.new_text)
