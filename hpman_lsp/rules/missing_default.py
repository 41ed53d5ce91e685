"""`missing-default`: nothing gives a name a value, so that reading it raises KeyError."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from hpman._names import alike, did_you_mean, fault_of
from hpman.static.characters.imports import submodule
from hpman.static.expected import is_expected
from hpman.static.facts import Access, Expression
from hpman.static.scoping.arriving import only_arrives
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.questions.describe import given
from hpman_lsp.workspace.questions.givers import Reason, is_asked_for, may_set
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.programs import is_read_in_part
from .helpers.value_entries import MOST_SUGGESTIONS
from .leaf_and_branch import clash

_RAISING = frozenset({"get_value", "get_origin", "get_values()", "get_tree()"})


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each read, once all files are known; what is wrong with the name itself goes first."""
    if not snapshot.complete or is_read_in_part(snapshot, path):
        return
    text = snapshot.files[path].text
    searched = 0
    unread = cache(partial(_imports_unread, snapshot, path))
    for key, uses in snapshot.index.files[path].by_key.items():
        needed = [use for use in uses if _needs_value(use)]
        if not needed or fault_of(key.name, "."):
            continue
        if is_given(snapshot, path, key):
            default = _only_default(uses)
            needed = [use for use in needed if default is not None and _is_in(default, use)]
            if not needed or _is_given_beside(snapshot, path, key):
                continue
        if unread():
            continue
        searched += 1
        meant = suggestions(snapshot, path, key) if searched <= MOST_SUGGESTIONS else ()
        message = _message(key, meant)
        for use in needed:
            if (
                clash(snapshot, use) is None
                and not _is_item(snapshot, use)
                and not is_expected(text, use.call.start)
            ):
                yield Violation(use.literal.literal, message)


def suggestions(snapshot: Snapshot, path: str, key: Key) -> tuple[str, ...]:
    """Give the names with a value, as a file sees them, that a name without one may be meant for; the nearest first."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], key.manager)
    known = (one.name for one, users in index.keys.items() if one.manager == key.manager and users.giving)
    return alike(key.name, known, lambda name: any(map(shares, index.users(Key(key.manager, name)).giving)))


def is_given(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Whether anything that runs with a file may give a name its value, or doubts that it has one."""
    index = snapshot.index
    return path in index.users(key).giving or _is_given_beside(snapshot, path, key)


def _is_given_beside(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Whether anything may give a name its value but what a file does under this very name."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], key.manager)
    givers = (
        other
        for one in (key, *index.nested(key))
        for other in index.users(one).giving
        if (one, other) != (key, path)
    )
    return (
        any(map(shares, givers))
        or _in_value_files(snapshot, path, key)
        or _any(_reasons(snapshot, path, key))
    )


def _only_default(uses: Iterable[Use]) -> Expression | None:
    """Return the default of a name, if it is all that gives it a value in a file."""
    giving = [one for one in uses if one.kind != "read"]
    return given(giving[0]) if len(giving) == 1 and giving[0].kind == "definition" else None


def _is_in(default: Expression, use: Use) -> bool:
    """Whether a default reads a name when it is evaluated, before the name has it: `_("lr", _("lr"))`."""
    return default.span.start <= use.call.start < default.span.end and "lambda" not in default.text


def _is_item(snapshot: Snapshot, use: Use) -> bool:
    """Whether a tree is asked for what may be an item of a value: in a tree, dicts that are values are dicts like others."""
    if not isinstance(use.source, Access) or use.source.method != "get_tree()":
        return False
    shares = snapshot.reach.sees([use.path], use.key.manager)
    return any(map(shares, (path for one in branches(use.key) for path in snapshot.index.users(one).giving)))


def silences(snapshot: Snapshot, use: Use) -> Iterator[Reason]:
    """Find why nothing is said where a name is read that nothing is seen to give a value."""
    file = snapshot.files[use.path]
    yield from _reasons(snapshot, use.path, use.key)
    if _imports_unread(snapshot, use.path):
        yield Reason(use.path, None, (), " imports a file that is not looked at")
    if is_expected(file.text, use.call.start):
        yield Reason(use.path, use.call.start, (), " expects a KeyError")


def _reasons(snapshot: Snapshot, path: str, key: Key) -> Iterator[Reason]:
    yield from may_set(snapshot, path, key)
    yield from is_asked_for(snapshot, path, key)


def _any(reasons: Iterator[Reason]) -> bool:
    return next(reasons, None) is not None


def _imports_unread(snapshot: Snapshot, path: str) -> bool:
    """Tell whether a file imports one that has a manager and is left out: git ignores it, or `exclude` names it."""
    imports = snapshot.files[path].imports
    names = {one.module for one in imports}.union(
        submodule(one.module, name) for one in imports for name in one.names
    )
    places = (place for name in names for place in snapshot.modules.places(name, path))
    outlines, files = snapshot.outlines, snapshot.files
    return any(place in outlines and place not in files and outlines[place].has_manager for place in places)


def _needs_value(use: Use) -> bool:
    if only_arrives(use.source.scope):
        return False
    if isinstance(use.source, Access):
        return use.source.method in _RAISING and not use.source.lenient
    return use.kind == "read"


def _in_value_files(snapshot: Snapshot, path: str, key: Key) -> bool:
    """Tell whether a value file gives a name its value, as far as such files can be read."""
    above = {one.name for one in branches(key)}
    for file in snapshot.values.of([path], key.manager):
        found = (entry for name in above for entry in snapshot.values.named(file.path, name))
        if key.name in file.names or any(entry.kind == "value" for entry in found):
            return True
    return False


def _message(key: Key, meant: tuple[str, ...]) -> str:
    what = f"`{key.name}` has no default, and nothing sets it: reading it raises KeyError"
    return what + (did_you_mean(meant) or f'; give it a default: {key.manager}("{key.name}", ...)')
