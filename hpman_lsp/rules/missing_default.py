"""`missing-default`: nothing gives a name a value, so that reading it raises KeyError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from hpman._names import alike, did_you_mean, fault_of
from hpman.static.characters.imports import submodule
from hpman.static.facts import NOT_LITERAL, Access, Expression
from hpman_lsp.text.guards import expects_key_error
from hpman_lsp.workspace.index.index import Index, Key, Use, branches
from hpman_lsp.workspace.questions.describe import given
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .leaf_and_branch import clash

_RAISING = frozenset({"get_value", "get_origin", "get_values()", "get_tree()"})


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each read, once all files are known; what is wrong with the name itself goes first."""
    if not snapshot.complete:
        return
    text = snapshot.files[path].text
    unread = cache(partial(_imports_unread, snapshot, path))
    for key, uses in snapshot.index.files[path].by_key.items():
        needed = [use for use in uses if _needs_value(use)]
        if not needed or is_given(snapshot, path, key) or fault_of(key.name, "."):
            continue
        if _asks_first(text, key) or unread():
            continue
        message = _message(key, suggestions(snapshot, path, key))
        for use in needed:
            if clash(snapshot, use) is None and not expects_key_error(text, use.call.start):
                yield Violation(use.literal.literal, message)


def suggestions(snapshot: Snapshot, path: str, key: Key) -> tuple[str, ...]:
    """Give the names with a value, as a file sees them, that a name without one may be meant for; the nearest first."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], key.manager)
    known = (one.name for one, users in index.keys.items() if one.manager == key.manager and users.giving)
    return alike(key.name, known, lambda name: any(map(shares, index.users(Key(key.manager, name)).giving)))


def is_given(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Tell whether anything that runs with a file may give a name its value, or doubts that it has one."""
    if path in snapshot.index.users(key).giving:
        return True
    shares = snapshot.reach.sees([path], key.manager)
    if _is_given_by(snapshot, key, shares) or _in_value_files(snapshot, path, key):
        return True
    if not _is_given_by(snapshot, key, lambda _: True):
        return False
    # Where any file of the workspace may run too, or hand its values over, none is too far away.
    return (
        key.manager in snapshot.index.exported
        or any(map(shares, snapshot.index.running_any))
        or snapshot.reach.loads(path, key.manager)
    )


def _is_given_by(snapshot: Snapshot, key: Key, runs: Callable[[str], bool]) -> bool:
    """Tell whether one of the files that run with another may give a name its value, or doubts that it has one."""
    index = snapshot.index
    givers = (index.users(one).giving for one in (key, *index.nested(key)))
    unknown = index.open_ended.get(key.manager, frozenset())
    perhaps = index.perhaps.get(key, frozenset())
    return (
        any(runs(other) for paths in (*givers, perhaps, unknown, snapshot.unreadable) for other in paths)
        or any(_is_lenient(use) for use in index.uses(key, filter(runs, index.users(key).paths)))
        or any(_sets(index, one, filter(runs, index.users(one).giving)) for one in branches(key))
    )


def _imports_unread(snapshot: Snapshot, path: str) -> bool:
    """Tell whether a file imports one that has a manager and is left out: git ignores it, or `exclude` names it."""
    imports = snapshot.files[path].imports
    names = {one.module for one in imports}.union(
        submodule(one.module, name) for one in imports for name in one.names
    )
    places = (place for name in names for place in snapshot.modules.places(name, path))
    outlines, files = snapshot.outlines, snapshot.files
    return any(place in outlines and place not in files and outlines[place].has_manager for place in places)


def _asks_first(text: str, key: Key) -> bool:
    """Tell whether a text compares a name with those that have a value: `"lr" in _.get_values()`."""
    pattern = rf"[\"']{re.escape(key.name)}[\"']\s+(?:not\s+)?in\s+(?:\w+\s*\.\s*)*{key.manager}\s*\."
    return re.search(pattern, text) is not None


def _needs_value(use: Use) -> bool:
    if isinstance(use.source, Access):
        return use.source.method in _RAISING and not use.source.lenient
    return use.kind == "read"


def _is_lenient(use: Use) -> bool:
    return isinstance(use.source, Access) and use.source.lenient


def _in_value_files(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Tell whether a value file gives a name its value, as far as such files can be read."""
    above = {one.name for one in branches(key)}
    for file in snapshot.values.of([path], key.manager):
        found = (entry for name in above for entry in snapshot.values.named(file.path, name))
        if file.is_broken or key.name in file.names or any(entry.kind == "value" for entry in found):
            return True
    return False


def _sets(index: Index, key: Key, paths: Iterator[str]) -> bool:
    """Tell whether a call sets a branch to what may be a dict with the name in it."""
    return any(use.kind == "write" and _may_be_dict(given(use)) for use in index.uses(key, paths))


def _may_be_dict(value: Expression | None) -> bool:
    return value is None or value.value is NOT_LITERAL or isinstance(value.value, dict)


def _message(key: Key, meant: tuple[str, ...]) -> str:
    what = f"`{key.name}` has no default, and nothing sets it: reading it raises KeyError"
    return what + (did_you_mean(meant) or f'; give it a default: {key.manager}("{key.name}", ...)')
