"""How often a hyperparameter is used, above its default."""

from __future__ import annotations

from typing import NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.questions.describe import counted_uses
from hpman_lsp.workspace.questions.in_force import display_in
from hpman_lsp.workspace.questions.lookup import symbol_of
from hpman_lsp.workspace.snapshot import Snapshot


class CodeLens(NamedTuple):
    """span: the name inside its quotes; title: `4 uses in 3 files`."""

    span: Span
    title: str


def code_lenses(snapshot: Snapshot, path: str) -> tuple[CodeLens, ...]:
    """Give one for each default of a file; none where they are not switched on."""
    file = snapshot.index.files.get(path)
    if file is None or not display_in(snapshot, path).code_lens:
        return ()
    definitions = (use for use in file.uses if use.kind == "definition")
    return tuple(CodeLens(use.span, counted_uses(symbol_of(snapshot, use).uses)) for use in definitions)
