"""The uses of a hyperparameter in the file under the cursor."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.questions.lookup import use_at, value_at
from hpman_lsp.workspace.snapshot import Snapshot


class Highlight(NamedTuple):
    """kind: "write" where a default or a value is given."""

    span: Span
    kind: Literal["read", "write"]


def highlights(snapshot: Snapshot, path: str, offset: int) -> tuple[Highlight, ...] | None:
    """Find the uses in this file of the name at an offset; None off our names."""
    if path in snapshot.value_files:
        return _in_values(snapshot, path, offset)
    use = use_at(snapshot, path, offset)
    if use is None:
        return None
    uses = snapshot.index.uses(use.key, [path])
    return tuple(Highlight(one.span, "read" if one.kind == "read" else "write") for one in uses)


def _in_values(snapshot: Snapshot, path: str, offset: int) -> tuple[Highlight, ...] | None:
    value = value_at(snapshot, path, offset)
    if value is None:
        return None
    same = (value._replace(entry=one) for one in snapshot.values.named(path, value.entry.name))
    return tuple(Highlight(span, "write") for span in sorted({one.span for one in same}))
