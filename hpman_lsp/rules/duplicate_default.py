"""`duplicate-default`: a name has two defaults in one program, which `parse_file` refuses."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.questions.describe import given, shown_place, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.programs import uses_beside


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each of the defaults, with the others."""
    if is_notebook(path):
        return  # no program parses it, and cells are run again, and in any order
    for key, uses in snapshot.index.files[path].by_key.items():
        here = [use for use in uses if _is_default(use)]
        defaults = definitions(snapshot, path, key) if here else ()
        for use in here if len(defaults) > 1 else ():
            others = [one for one in defaults if one is not use]
            related = tuple(Related(one.path, one.literal.literal, _also(one)) for one in others)
            yield Violation(use.literal.literal, _message(snapshot, key, others), related)


def definitions(snapshot: Snapshot, path: str, key: Key) -> tuple[Use, ...]:
    """Give the calls with a default for a name, in all that one program parses with a file, by path and place."""
    beside = uses_beside(snapshot, path, key, snapshot.index.users(key).giving)
    return tuple(filter(_is_default, beside))


def _is_default(use: Use) -> bool:
    return use.kind == "definition" and use.is_seen


def _message(snapshot: Snapshot, key: Key, others: list[Use]) -> str:
    first = f"{shown_value(given(others[0]))} in {shown_place(snapshot, others[0])}"
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f"`{key.name}` has more than one default: also {first}{more}; keep one, and read it elsewhere"


def _also(use: Use) -> str:
    return f"`{use.key.name}` has the default {shown_value(given(use))} here"
