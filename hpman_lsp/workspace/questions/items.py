"""Names that are items of a hyperparameter whose default is a dict: `optimizer.lr` of `_("optimizer", {"lr": 0.1})`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hpman.static.facts import Expression, Name
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.python.items import item_of
from hpman_lsp.workspace.snapshot import Snapshot

from .describe import given


class ItemDefault(NamedTuple):
    """Where an item has its default: in that of `use`, under the last key of `way`; value: None where it is not written."""

    use: Use
    way: tuple[Name, ...]
    value: Expression | None


def item_defaults(snapshot: Snapshot, key: Key, path: str) -> Iterator[ItemDefault]:
    """Find the defaults of a name as an item of others, as a file sees them, by path and place."""
    shares = snapshot.reach.sees([path], key.manager)
    for above in branches(key):
        for use in snapshot.index.uses(above, filter(shares, snapshot.index.users(above).giving)):
            found = item_in(snapshot, use, key) if use.kind == "definition" else None
            if found is not None:
                yield found


def item_in(snapshot: Snapshot, use: Use, key: Key) -> ItemDefault | None:
    """Find an item in the value that a call gives a name above it."""
    value = given(use)
    if value is None or value.text[:1] not in "{d(":
        return None
    parts = tuple(key.name[len(use.key.name) + 1 :].split("."))
    found = item_of(snapshot.files[use.path].text, value, parts)
    return None if found is None else ItemDefault(use, *found)
