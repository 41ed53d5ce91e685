"""Why a name cannot be changed to another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.questions.describe import shown_path, shown_place
from hpman_lsp.workspace.questions.items import item_in
from hpman_lsp.workspace.snapshot import Snapshot

from .target import Target

Shares = Callable[[str], bool]


def objection(snapshot: Snapshot, target: Target, paths: Iterable[str], name: str) -> str | None:
    """Tell what is in the way of a new name, in words for the user; None if nothing is.

    paths: the files that share the target.
    """
    refused = _malformed(name) or _unfinished(snapshot) or _unreadable(snapshot, target)
    shares = snapshot.reach.sees(paths, target.key.manager)
    return refused or _clashing(snapshot, target, shares, name)


def _malformed(name: str) -> str | None:
    if not name.strip():
        return "the new name is empty"
    if name != name.strip():
        return f"`{name}` begins or ends with a space"
    if not name.isprintable():
        return "the new name has a character in it that cannot be seen"
    if not all(name.split(".")):
        return f"`{name}` has an empty segment: names are nested by single dots, as in `optim.lr`"
    return None


def _unfinished(snapshot: Snapshot) -> str | None:
    return None if snapshot.complete else "hpman is still reading the workspace: try again in a moment"


def _unreadable(snapshot: Snapshot, target: Target) -> str | None:
    """A file that was not read may be of any program: what it parses and imports is not known either."""
    for path, reason in sorted(snapshot.unreadable.items()):
        return f"{shown_path(snapshot, path)} may use `{target.key.name}`, but {reason}"
    return None


def _clashing(snapshot: Snapshot, target: Target, shares: Shares, name: str) -> str | None:
    """A name must be free, and cannot be both a value and a group (`ImpossibleTree`)."""
    key = Key(target.key.manager, name)
    if not target.holds(name) and (other := _first(snapshot, key, shares)) is not None:
        return f"`{name}` already exists: {shown_place(snapshot, other)}"
    for below in snapshot.index.nested(key):
        if not target.holds(below.name) and (other := _first(snapshot, below, shares)) is not None:
            return f"`{name}` is a group already: {shown_place(snapshot, other)} has `{below.name}`"
    item = _first_item(snapshot, key, shares)
    if item is not None and not target.holds(name):
        return f"`{name}` already exists: {shown_place(snapshot, item)} has it in its dict"
    held = frozenset(branches(target.key))  # what holds the target holds its new name as well
    for above in branches(key):
        if (
            above not in held
            and not target.holds(above.name)
            and (other := _first(snapshot, above, shares, giving=True)) is not None
        ):
            return f"`{above.name}` is a value already ({shown_place(snapshot, other)}), so it cannot hold `{name}`"
    return None


def _first_item(snapshot: Snapshot, key: Key, shares: Shares) -> Use | None:
    """Find the first call that gives a name above this one a dict that has it."""
    index = snapshot.index
    above = (use for one in branches(key) for use in index.uses(one, filter(shares, index.users(one).giving)))
    return next((use for use in above if item_in(snapshot, use, key) is not None), None)


def _first(snapshot: Snapshot, key: Key, shares: Shares, giving: bool = False) -> Use | None:
    """Find the first use of a name in the files that share the target."""
    users = snapshot.index.users(key)
    return next(snapshot.index.uses(key, filter(shares, users.giving if giving else users.paths)), None)
