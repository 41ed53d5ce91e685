"""`unused`: a default that nothing reads. Its call stands alone, so that its value goes nowhere, and so does the name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from hpman.static.facts import Occurrence
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.python.source import is_notebook
from hpman_lsp.workspace.snapshot import Snapshot

from .duplicate_default import definitions
from .helpers.finding import Violation
from .helpers.programs import is_read_in_part


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the call, once all files are known; that there are two defaults is worse, and goes first.

    A cell of a notebook shows what its last line gives.
    """
    file = snapshot.index.files[path]
    alone = [use for use in file.uses if use.kind == "definition" and not _reads(use)]
    if (
        not alone
        or not snapshot.complete
        or is_read_in_part(snapshot, path)
        or snapshot.files[path].is_broken
        or is_notebook(path)
    ):
        return
    unread = {
        key
        for key in {use.key for use in alone}
        if not _may_be_read(snapshot, path, key) and len(definitions(snapshot, path, key)) < 2
    }
    for use in alone:
        if use.key in unread:
            message = (
                f"nothing reads `{use.key.name}`, so this default has no effect: read it where it is needed,"
                f' `{use.key.manager}("{use.key.name}")`, or remove this call'
            )
            yield Violation(use.call, message, faded=True)


def _may_be_read(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Tell whether anything that runs with a file may read a name: itself, or as a part of a group or of a value."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], key.manager)
    unknown = (
        *index.reads_any.get(key.manager, ()),
        *index.dynamic.get(key.manager, ()),
        *snapshot.unreadable,
    )
    if any(shares(one) and _may_name(snapshot, one, key) for one in unknown) or is_said_to_be_used(
        snapshot, key, shares
    ):
        return True
    related = (key, *branches(key), *index.nested(key))
    return any(
        _reads(use) for one in related for use in index.uses(one, filter(shares, index.users(one).paths))
    )


def _may_name(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Tell whether a name that a file makes at run time may be a given one, or a part of its value."""
    file = snapshot.index.files.get(path)
    begins = [begin for manager, begin in file.made if manager == key.manager] if file is not None else []
    fitting = (key.name.startswith(one) or one.startswith(f"{key.name}.") for one in begins)
    return not begins or any(fitting)


def _reads(use: Use) -> bool:
    if use.kind == "definition":
        return isinstance(use.source, Occurrence) and not use.source.discarded
    return use.kind == "read"


def is_said_to_be_used(snapshot: Snapshot, key: Key, shares: Callable[[str], bool]) -> bool:
    """Tell whether a comment says so: `# hpman: uses lr_*`."""
    return any(
        fnmatchcase(key.name, pattern)
        for path, patterns in snapshot.index.said_uses.items()
        if shares(path)
        for pattern in patterns
    )
