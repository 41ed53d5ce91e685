"""Makes a hyperparameter of a literal: `lr = 1e-3` becomes `lr = _("lr", 1e-3)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.facts import Span
from hpman.static.scoping.arriving import only_arrives
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.python.source import SourceFile, source_file
from hpman_lsp.workspace.questions.describe import given, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .action import Action
from .imports import free_name, import_edit, managers_in, placeholders_around
from .literals import Literal, literal_at

_FALLBACK = "value"


class _Way(NamedTuple):
    """How a manager is called in a file, and what has to be edited for it."""

    placeholder: str
    local: str
    imports: tuple[Edit, ...]


def extract(snapshot: Snapshot, path: str, selection: Span) -> Iterator[Action]:
    """Offer to make a hyperparameter of the literal that is selected, or that the cursor is in.

    Its name is that of what it is assigned or given to, with a number where there is one already. One that
    has this name and the same default is offered too.
    """
    file = snapshot.files.get(path)
    literal = None if file is None or file.is_broken else literal_at(file, selection)
    if file is None or literal is None or _is_ours(snapshot, file, literal.span):
        return
    way = next((one for one in _ways(snapshot, file) if _works(snapshot, file, literal, one)), None)
    if way is None:
        return
    wanted = literal.name or _FALLBACK
    name = free_name(snapshot, path, way.placeholder, wanted)
    if name != wanted and _same_default(snapshot, path, Key(way.placeholder, wanted), literal):
        use = f'{way.local}("{wanted}")'
        yield _action(f"Use the hyperparameter `{wanted}`", path, literal, way, use)
    call = f'{way.local}("{name}", {literal.text})'
    yield _action(f"Extract into a hyperparameter: `{name}`", path, literal, way, call)


def _action(title: str, path: str, literal: Literal, way: _Way, call: str) -> Action:
    return Action(title, {path: (*way.imports, Edit(literal.span, call))})


def _is_ours(snapshot: Snapshot, file: SourceFile, span: Span) -> bool:
    """Tell whether a literal belongs to a call of a manager already."""
    one = snapshot.index.files.get(file.path)
    uses = one.uses if one is not None else ()
    return any(use.call.start <= span.start and span.end <= use.call.end for use in uses)


def _ways(snapshot: Snapshot, file: SourceFile) -> Iterator[_Way]:
    own = managers_in(snapshot, file)
    for local, placeholder in own:
        yield _Way(placeholder, local, ())
    for placeholder in () if own else placeholders_around(snapshot):
        yield _Way(placeholder, placeholder, (import_edit(file.text, placeholder),))


def _works(snapshot: Snapshot, file: SourceFile, literal: Literal, way: _Way) -> bool:
    """Tell whether the analysis sees the new call, and nothing else that it did not see."""
    marker = "\N{BLACK SQUARE}"  # in no name that anyone uses
    if any(edit.span.start > literal.span.start for edit in way.imports):
        return False
    edits = (*way.imports, Edit(literal.span, f'{way.local}("{marker}", {literal.text})'))
    text = apply_edits(file.text, edits)
    edited = source_file(file.path, text, file.version, snapshot.placeholders)
    if edited.is_broken or any(
        one.kind != "import" for one in edited.facts.bindings if one.local == way.local
    ):
        return False
    index = snapshot.with_files({file.path: edited}).index
    before, after = (
        one.files[file.path].uses if file.path in one.files else () for one in (snapshot.index, index)
    )
    new = [use for use in after if use.key.name == marker]
    sure = [use.key for use in new if not only_arrives(use.source.scope)]
    return sure == [Key(way.placeholder, marker)] and len(after) == len(before) + 1


def _same_default(snapshot: Snapshot, path: str, key: Key, literal: Literal) -> bool:
    found: list[Use] = [use for use in snapshot.uses(key, path) if use.kind == "definition"]
    return len(found) == 1 and shown_value(given(found[0])) == literal.text
