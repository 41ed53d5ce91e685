"""Which files have to be checked again after a change: all whose answer may be another, and few besides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from hpman._names import distance_from
from hpman.static.facts import Occurrence
from hpman_lsp.workspace.configuration.projects import PROJECT_FILE
from hpman_lsp.workspace.index.index import Contribution, Index, Key, Use, branches
from hpman_lsp.workspace.questions.describe import given, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.kinds import checked_paths
from .helpers.yaml_readers import mentions_yaml
from .number_read_as_text import is_converted

# Names that come or go at once: one for each key that is typed, thousands when a branch is checked out.
_FEW = 8


def affected(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """The files whose diagnostics may differ between two snapshots; those that are gone too."""
    old, new = before.index, after.index
    touched = {
        path for path in old.files.keys() | new.files.keys() if old.files.get(path) is not new.files.get(path)
    }
    turned = _turned(old, new, touched)
    if not _same_ground(before, after) or _made_others(old, new, touched) or len(turned) > _FEW:
        return frozenset((*checked_paths(before), *checked_paths(after)))
    keys = {key for path in touched for key in _telling(old, new, path)}
    keys |= {Key(manager, name) for name in _renewed_names(before, after) for manager in new.managers}
    keys |= old.perhaps.keys() ^ new.perhaps.keys()
    keys |= {other for key in keys for other in (*branches(key), *old.nested(key), *new.nested(key))}
    keys |= _suggesting(turned, new)
    touched |= _value_files(before, after, touched) | _configurations(before, after)
    touched |= _parsing(before, after)
    touched |= _ungiven(after) if _breaks(before, after) else set()
    return frozenset(touched.union(*(index.users(key).paths for key in keys for index in (old, new))))


def _made_others(old: Index, new: Index, touched: Iterable[str]) -> bool:
    """Tell whether some file may make other names at run time than it did."""
    sides = ([index.files.get(path) for index in (old, new)] for path in touched)
    return any(
        (was.made if was is not None else frozenset()) != (now.made if now is not None else frozenset())
        for was, now in sides
    )


def _parsing(before: Snapshot, after: Snapshot) -> set[str]:
    """Give the files with `parse_file` calls, if a path that they name may have come or gone."""
    old, new = before.tree, after.tree
    if _same_keys(old.files, new.files) and _same_keys(old.folders, new.folders):
        return set()
    return {path for path, one in after.index.files.items() if one.parses}


def _changed_value_files(before: Snapshot, after: Snapshot) -> frozenset[str]:
    old, new = before.value_files, after.value_files
    if old is new:
        return frozenset()
    return frozenset(path for path in old.keys() | new.keys() if old.get(path) is not new.get(path))


def _renewed_names(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Give the names that a value file gives a value since the change, or no longer."""
    for path in _changed_value_files(before, after):
        old, new = (one.value_files.get(path) for one in (before, after))
        yield from (old.names if old else frozenset()) ^ (new.names if new else frozenset())
        yield from (old.given if old else frozenset()) ^ (new.given if new else frozenset())


def _breaks(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether a value file may give any name since the change, as it cannot be read, or no longer may."""
    both = (
        (before.value_files.get(path), after.value_files.get(path))
        for path in _changed_value_files(before, after)
    )
    return any(
        (old is not None and old.is_broken) != (new is not None and new.is_broken) for old, new in both
    )


def _ungiven(snapshot: Snapshot) -> set[str]:
    """Give the files with names that no code gives a value, as far as they see."""
    return {
        path
        for key, users in snapshot.index.keys.items()
        for path in users.paths - users.giving
        if not any(map(snapshot.reach.sees([path], key.manager), users.giving))
    }


def _value_files(before: Snapshot, after: Snapshot, touched: Iterable[str]) -> frozenset[str]:
    """Give the value files of which something may be said that was not said before."""
    changed = _changed_value_files(before, after)
    if not after.value_files:
        return changed
    read_anew = any(mentions_yaml(one.files.get(path)) for path in touched for one in (before, after))
    if read_anew or before.index.keys is not after.index.keys:
        return changed.union(after.value_files)
    names = {name for path in touched for name in _renewed_defaults(before, after, path)}
    # What makes a name a group is the first of those below it.
    recounted = (key for path in touched for key in _recounted(before, after, path))
    names |= {group.name for key in recounted for group in branches(key)}
    return changed.union(path for path, file in after.value_files.items() if names & file.names)


def _configurations(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """Give the project files whose patterns may match another number of files than before: none, or some."""
    projects = [one.folder for one in after.projects.values() if one.scopes]
    if not projects or (
        _same_keys(before.tree.files, after.tree.files) and _same_keys(before.files, after.files)
    ):
        return frozenset()
    return frozenset(os.path.join(folder, PROJECT_FILE) for folder in projects)


def _same_keys(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    return old is new or old.keys() == new.keys()


def _renewed_defaults(before: Snapshot, after: Snapshot, path: str) -> Iterator[str]:
    """Give the names whose default, or its hints, a change of a Python file may have changed."""
    old, new = (one.index.files.get(path) for one in (before, after))
    was, now = _defaults(before, old), _defaults(after, new)
    return (name for name in was.keys() | now.keys() if was.get(name) != now.get(name))


def _recounted(before: Snapshot, after: Snapshot, path: str) -> Iterator[Key]:
    """Give the keys that a file uses at more places than it did, or at fewer."""
    old, new = (one.index.files.get(path) for one in (before, after))
    was, now = (one.by_key if one is not None else {} for one in (old, new))
    return (key for key in was.keys() | now.keys() if len(was.get(key, ())) != len(now.get(key, ())))


def _defaults(snapshot: Snapshot, file: Contribution | None) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for use in file.uses if file is not None else ():
        if use.kind == "definition":
            found.setdefault(use.key.name, []).append(
                [
                    is_converted(snapshot, use),
                    shown_value(given(use)),
                    *(hint.value.text for hint in getattr(use.source, "hints", ())),
                ]
            )
    return found


def _same_ground(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether what belongs together, what is known, and what is wanted is the same."""
    return (
        before.complete == after.complete
        and before.settings is after.settings
        and before.projects is after.projects
        and before.index.open_ended == after.index.open_ended
        and before.index.dynamic == after.index.dynamic
        and before.index.reads_any == after.index.reads_any
        and before.index.hands_on == after.index.hands_on
        and before.index.said_uses == after.index.said_uses
        and before.index.running_any == after.index.running_any
        and before.index.exporting == after.index.exporting
        and before.unreadable == after.unreadable
        and before.scopes is after.scopes
        and before.reach is after.reach
    )


def _telling(old: Index, new: Index, path: str) -> Iterator[Key]:
    """Give the keys of which a change of a file says something to other files.

    That is what it says of them, and where, if others point to it.
    """
    before, after = old.files.get(path), new.files.get(path)
    earlier, later = (one.by_key if one is not None else {} for one in (before, after))
    for key in earlier.keys() | later.keys():
        said, says = (list(map(_said, side.get(key, ()))) for side in (earlier, later))
        if said != says or _is_pointed_at(new, path, key):
            yield key


def _said(use: Use) -> tuple[object, ...]:
    """Give what a use says to other files, but for its place: equal for equal answers there."""
    source = use.source
    if isinstance(source, Occurrence):
        hints = tuple([(one.key, one.value.text) for one in source.hints]) if source.hints else ()
        return use.kind, source.discarded, hints
    return use.kind, source.method, source.lenient


def _is_pointed_at(index: Index, path: str, key: Key) -> bool:
    """Tell whether a diagnostic elsewhere may point to a use in a file, or depend on what kind of file that is."""
    users = index.users(key)
    return (
        len(users.giving) > 1
        or (len(users.paths) > 1 and _shares_hints(index, path, key))
        or bool(index.nested(key))
        or ("." in key.name and any(index.users(one).giving for one in branches(key)))
    )


def _shares_hints(index: Index, path: str, key: Key) -> bool:
    """Tell whether hints in a file are compared with hints or a default elsewhere."""
    file, users = index.files.get(path), index.users(key)
    if file is None or key not in file.hinted:
        return False
    return any(one != path and (one in users.giving or key in index.files[one].hinted) for one in users.paths)


def _turned(old: Index, new: Index, touched: Iterable[str]) -> set[Key]:
    """Give the keys that a file gives a value and did not, or did and does not: they are suggested for others."""
    turned: set[Key] = set()
    for path in touched:
        before, after = (_giving(index.files.get(path)) for index in (old, new))
        turned |= before ^ after
    return turned


def _giving(one: Contribution | None) -> set[Key]:
    return {use.key for use in one.uses if use.kind != "read"} if one is not None else set()


def _suggesting(turned: Iterable[Key], index: Index) -> set[Key]:
    """Give the keys for which one of some names is, or was, what may be meant."""
    readers = [key for key, users in index.keys.items() if users.paths != users.giving] if turned else []
    turned_from = [(one.manager, distance_from(one.name)) for one in turned]
    return {
        key
        for manager, far in turned_from
        for key in readers
        if key.manager == manager and far(key.name) is not None
    }
