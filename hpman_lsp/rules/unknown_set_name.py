"""`unknown-name` in code: a name that is set, and that nothing uses, so that its value goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from hpman_lsp.workspace.index.index import Key, branches
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .unused import is_said_to_be_used


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at the name, once all files are known, and only where no file of the workspace can use it."""
    written = [use for use in snapshot.index.files[path].uses if use.kind == "write"]
    if not written or not snapshot.complete or snapshot.files[path].is_broken:
        return
    for use in written:
        if not _may_be_used(snapshot, path, use.key):
            message = (
                f"no code uses a hyperparameter `{use.key.name}`, so that this value goes nowhere, and a strict"
                " manager refuses it: use a name that there is, or remove this"
            )
            yield Violation(use.literal.literal, message)


def _may_be_used(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Whether anything may use a name, in whatever program: a value can be handed to another one."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], key.manager)
    tables = (index.reads_any, index.dynamic, index.hands_on)
    unknown = [*snapshot.unreadable, *(one for table in tables for one in table.get(key.manager, ()))]
    if any(map(shares, unknown)) or is_said_to_be_used(snapshot, key, shares):
        return True
    related = (key, *branches(key), *index.nested(key))
    return any(use.kind != "write" for one in related for use in index.uses(one, index.users(one).paths))
