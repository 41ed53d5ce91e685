"""`leaf-and-branch`: a name is a value and a group, `a` and `a.b`, which hpman refuses.

As in `hpman._store.shape`: a default and any call below it cannot stand side by side, nor can a value that is set and
anything below it; only to set a part of a default that is a dict (`set_value("c.d", 3)` beside `_("c", {"d": 2})`) is fine.
Nor can a value be asked for as a group, `get_tree("a")`, be it a dict.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.expected import is_expected
from hpman.static.facts import NOT_LITERAL, Access, Occurrence
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.questions.describe import given, shown_place
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Related, Violation
from .helpers.programs import uses_beside, uses_met


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each of the calls, with one of those that are against it."""
    for key, uses in snapshot.index.files[path].by_key.items():
        for use in uses:
            other = clash(snapshot, use)
            if other is not None:
                related = (Related(other.path, other.literal.literal, _role(use.key, other)),)
                yield Violation(use.literal.literal, _message(snapshot, key, other), related)
                continue
            default = _asked_as_group(snapshot, use)
            if default is not None:
                related = (Related(default.path, default.literal.literal, _role(key, default)),)
                yield Violation(use.literal.literal, _no_group(snapshot, default), related)


def clash(snapshot: Snapshot, use: Use) -> Use | None:
    """Give a use beside which another cannot stand: the first by name, path and place."""
    index = snapshot.index
    for key in branches(use.key) if _is_member(use) else ():
        for other in uses_met(snapshot, use.path, key, index.users(key).giving):
            if _clashes(other, use):
                return other
    for key in index.nested(use.key) if use.kind != "read" else ():
        for other in uses_met(snapshot, use.path, key, index.users(key).paths):
            if _is_member(other) and _clashes(use, other):
                return other
    return None


def _asked_as_group(snapshot: Snapshot, use: Use) -> Use | None:
    """Return the default, surely parsed with it, of a name that `get_tree` is asked for."""
    source, key = use.source, use.key
    if not isinstance(source, Access) or source.method != "get_tree":
        return None
    if is_expected(snapshot.files[use.path].text, use.call.start):
        return None
    parsed = snapshot.scopes.of(use.path, key.manager).sure
    beside = (
        path
        for path in snapshot.index.users(key).giving
        if not parsed.isdisjoint(snapshot.scopes.of(path, key.manager).sure)
    )
    uses = uses_beside(snapshot, use.path, key, beside)
    return next((one for one in uses if one.kind == "definition"), None)


def _is_member(use: Use) -> bool:
    """Tell whether a use makes the names above its own groups: what reads by name makes nothing."""
    return use.kind != "read" or isinstance(use.source, Occurrence)


def _clashes(leaf: Use, member: Use) -> bool:
    if leaf.kind != "definition" or member.kind != "write":
        return leaf.kind in ("write", "definition")
    default, path = given(leaf), member.key.name[len(leaf.key.name) + 1 :].split(".")
    return default is not None and not _takes_item(default.value, path)


def _takes_item(value: object, path: list[str]) -> bool:
    """Whether an item can be set in a default; one that only its program knows may be a dict."""
    for part in path:
        if value is None or value is NOT_LITERAL:
            return True
        if not isinstance(value, dict):
            return False
        value = value.get(part)
    return True


def _message(snapshot: Snapshot, key: Key, other: Use) -> str:
    place = shown_place(snapshot, other)
    if len(other.key.name) > len(key.name):
        return f"`{key.name}` is a value here, and a group with `{other.key.name}` in {place}: rename one of them"
    return f"`{key.name}` makes `{other.key.name}` a group, which is a value in {place}: rename one of them"


def _no_group(snapshot: Snapshot, default: Use) -> str:
    place = shown_place(snapshot, default)
    return f"`{default.key.name}` is a value in {place}, and no group: read it with `get_value`"


def _role(key: Key, other: Use) -> str:
    if len(other.key.name) > len(key.name):
        return f"`{other.key.name}` makes `{key.name}` a group here"
    return f"`{other.key.name}` is a value here"
