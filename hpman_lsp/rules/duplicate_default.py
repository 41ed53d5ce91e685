"""`duplicate-default`: a name has two defaults in one program, which `parse_file` refuses."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.questions.describe import given, shown_place, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import MOST_RELATED, Related, Violation
from .helpers.programs import uses_beside


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each of the defaults, with the others."""
    if is_notebook(path):
        return  # no program parses it, and cells are run again, and in any order
    keys = snapshot.index.keys
    for key, uses in snapshot.index.files[path].by_key.items():
        if len(uses) < 2 and len(keys[key].giving) < 2:
            continue  # as it is of most names
        here = [use for use in uses if _is_default(use)]
        defaults = definitions(snapshot, path, key) if here else ()
        shown = [(one, _related(one)) for one in defaults[: MOST_RELATED + 1]]
        for use in here if len(defaults) > 1 else ():
            others = [(one, related) for one, related in shown if one is not use][:MOST_RELATED]
            message = _message(snapshot, key, others[0][0], len(defaults) - 2)
            yield Violation(use.literal.literal, message, tuple(related for _, related in others))


def definitions(snapshot: Snapshot, path: str, key: Key) -> tuple[Use, ...]:
    """Give the calls with a default for a name, in all that one program parses with a file, by path and place."""
    beside = uses_beside(snapshot, path, key, snapshot.index.users(key).giving)
    return tuple(filter(_is_default, beside))


def _is_default(use: Use) -> bool:
    return use.kind == "definition" and use.is_seen


def _message(snapshot: Snapshot, key: Key, other: Use, count: int) -> str:
    first = f"{shown_value(given(other))} in {shown_place(snapshot, other)}"
    more = f" and {count} more" if count else ""
    return f"`{key.name}` has more than one default: also {first}{more}; keep one, and read it elsewhere"


def _related(use: Use) -> Related:
    message = f"`{use.key.name}` has the default {shown_value(given(use))} here"
    return Related(use.path, use.literal.literal, message)
