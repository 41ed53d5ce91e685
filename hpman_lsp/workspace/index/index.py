"""The hyperparameters of a workspace by name: what each file contributes, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from hpman.static.facts import Access, Name, Occurrence, ParseCall, Span
from hpman.static.scoping.arriving import is_throwaway, only_arrives

Item = TypeVar("Item")
Kind = Literal["definition", "read", "write"]


# (manager, call) of each `parse_file`.
Parses: TypeAlias = "tuple[tuple[str, ParseCall], ...]"


class Key(NamedTuple):
    """What a hyperparameter is in one scope: the manager's placeholder, and the whole name."""

    manager: str
    name: str


class Use(NamedTuple):
    """One place that names a hyperparameter.

    kind: "definition" gives the default, "write" a value by name, "read" neither.
    literal: the name as it stands in the source.
    source: the call that it stands in.
    """

    path: str
    key: Key
    kind: Kind
    literal: Name
    source: Occurrence | Access

    @property
    def span(self) -> Span:
        """The characters of the name inside its quotes."""
        return self.literal.span

    @property
    def call(self) -> Span:
        """The whole call."""
        return self.source.call

    @property
    def is_seen(self) -> bool:
        """Tell whether the manager's `parse_file` finds the call: by the manager's name, and for sure."""
        callee = self.source.callee
        if callee != self.key.manager:
            return False
        return not (is_throwaway(callee) and only_arrives(self.source.scope))


@dataclass(frozen=True)
class Contribution:
    """What one file adds to the index.

    uses: in source order.
    open_ended: managers that the file gives values under names that only running it can tell.
    dynamic: managers that it calls with such names, or has parse what is not known: any name may be theirs.
    reads_any: managers that it reads by such names, or uses as a whole: any of their names may be read.
    said_uses: patterns of names that a comment says it uses.
    hands_on: managers that it hands to something that may call them by another name.
    parses: its `parse_file` calls; while it is being typed, and does not parse, those that it had before.
    perhaps: what it may give a value, with the branches: it did before it was broken, or it calls what may be a manager.
    runs_any: whether it runs code that no import of its names.
    exports: managers whose values it hands to other processes.
    made: the managers of `dynamic` and `reads_any`, each with what such names begin with; "" where they may be any.
    starts: whether it is made to be started by itself.
    passes_on: names under which other modules can import a manager from it.
    asks: the files that decide which of its names are managers.
    indirect: whether that changes with the files that there are.
    """

    path: str
    uses: tuple[Use, ...] = ()
    open_ended: frozenset[str] = frozenset()
    dynamic: frozenset[str] = frozenset()
    reads_any: frozenset[str] = frozenset()
    said_uses: tuple[str, ...] = ()
    parses: Parses = ()
    hands_on: frozenset[str] = frozenset()
    perhaps: frozenset[Key] = frozenset()
    runs_any: bool = False
    exports: frozenset[str] = frozenset()
    made: frozenset[tuple[str, str]] = frozenset()
    starts: bool = False
    passes_on: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    indirect: bool = False

    @property
    def is_ours(self) -> bool:
        """Tell whether a name in it stands for a manager; else it only has names that could."""
        return bool(
            self.uses or self.open_ended or self.dynamic or self.reads_any or self.parses or self.passes_on
        )

    @cached_property
    def by_key(self) -> Mapping[Key, tuple[Use, ...]]:
        """The uses of each hyperparameter."""
        found: dict[Key, list[Use]] = {}
        for use in self.uses:
            found.setdefault(use.key, []).append(use)
        return {key: tuple(uses) for key, uses in found.items()}

    @cached_property
    def giving(self) -> frozenset[Key]:
        """The hyperparameters that it gives a value."""
        return frozenset(use.key for use in self.uses if use.kind != "read")

    @cached_property
    def hinted(self) -> frozenset[Key]:
        """The hyperparameters that a call in the file has hints for."""
        return frozenset(
            use.key for use in self.uses if isinstance(use.source, Occurrence) and use.source.hints
        )


_NOTHING = Contribution("")
_FEW = 20  # keys: an edit changes few, and what is asked of all of them is brought up to date; else it is made anew


class Users(NamedTuple):
    """The files that name a hyperparameter, and those among them that give it a value."""

    paths: frozenset[str]
    giving: frozenset[str]


_NOBODY = Users(frozenset(), frozenset())


@dataclass(frozen=True)
class Index:
    """All contributions by path, and merged by key; a change costs the file that changed.

    open_ended: for each manager the files that give values under unknown names.
    dynamic: for each manager the files that use unknown names.
    reads_any: for each manager the files that may read any name.
    hands_on: for each manager the files that hand it on.
    perhaps: the files that may give a hyperparameter a value.
    """

    files: Mapping[str, Contribution] = field(default_factory=dict)
    keys: Mapping[Key, Users] = field(default_factory=dict)
    open_ended: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dynamic: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reads_any: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hands_on: Mapping[str, frozenset[str]] = field(default_factory=dict)
    perhaps: Mapping[Key, frozenset[str]] = field(default_factory=dict)

    def users(self, key: Key) -> Users:
        """Give the files that name a hyperparameter."""
        return self.keys.get(key, _NOBODY)

    def uses(self, key: Key, paths: Iterable[str]) -> Iterator[Use]:
        """Give the uses of a hyperparameter in files, by path and place."""
        for path in sorted(paths):
            yield from self.files[path].by_key.get(key, ())

    def nested(self, key: Key) -> tuple[Key, ...]:
        """Give the keys below a branch: `optim.lr` below `optim`."""
        return self._below.get(key, ())

    def changed(self, changes: Mapping[str, Contribution | None]) -> Index:
        """Give the index after some files' contributions are others, or none."""
        files = {**self.files}
        roles: dict[Key, dict[str, bool | None]] = {}
        for path, new in changes.items():
            old = files.pop(path, None)
            if new is not None:
                files[path] = new
            for key, role in _changed_roles(old, new):
                roles.setdefault(key, {})[path] = role
        pairs = [(self.files.get(path, _NOTHING), new or _NOTHING) for path, new in changes.items()]
        index = Index(
            files,
            _merged_keys(self.keys, roles),
            _merged(
                self.open_ended,
                [(old.path or new.path, old.open_ended, new.open_ended) for old, new in pairs],
            ),
            _merged(self.dynamic, [(old.path or new.path, old.dynamic, new.dynamic) for old, new in pairs]),
            _merged(
                self.reads_any, [(old.path or new.path, old.reads_any, new.reads_any) for old, new in pairs]
            ),
            _merged(
                self.hands_on, [(old.path or new.path, old.hands_on, new.hands_on) for old, new in pairs]
            ),
            _merged(
                self.perhaps,
                [(old.path or new.path, old.perhaps, new.perhaps) for old, new in pairs],
            ),
        )
        if index.keys is self.keys:
            _share(self, index, "_below", "managers")
        elif "_below" in self.__dict__ and len(roles) <= _FEW:
            index.__dict__["_below"] = _moved_below(self._below, self.keys, index.keys, roles)
        if all(_passed_on(self.files.get(path)) == _passed_on(new) for path, new in changes.items()):
            _share(self, index, "placeholders")
        return index

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The names under which some module can pass a manager on."""
        return frozenset().union(*(file.passes_on for file in self.files.values()))

    @cached_property
    def said_uses(self) -> Mapping[str, tuple[str, ...]]:
        """The patterns of names that comments of a file say it uses, by path."""
        return {path: file.said_uses for path, file in self.files.items() if file.said_uses}

    @cached_property
    def running_any(self) -> frozenset[str]:
        """The files that run code which no import of theirs names."""
        return frozenset(path for path, file in self.files.items() if file.runs_any)

    @cached_property
    def exporting(self) -> Mapping[str, frozenset[str]]:
        """For each manager the files that hand its values to other processes."""
        pairs = [(manager, path) for path, file in self.files.items() for manager in file.exports]
        return {manager: frozenset(path for one, path in pairs if one == manager) for manager, _ in pairs}

    @cached_property
    def managers(self) -> tuple[str, ...]:
        """The managers that have names, in order."""
        return tuple(sorted({key.manager for key in self.keys}))

    @cached_property
    def _below(self) -> Mapping[Key, tuple[Key, ...]]:
        found: dict[Key, list[Key]] = {}
        for key in self.keys:
            for branch in branches(key):
                found.setdefault(branch, []).append(key)
        return {branch: tuple(sorted(keys)) for branch, keys in found.items()}


def _moved_below(
    below: Mapping[Key, tuple[Key, ...]],
    before: Mapping[Key, Users],
    after: Mapping[Key, Users],
    changed: Iterable[Key],
) -> Mapping[Key, tuple[Key, ...]]:
    """Give the keys below each branch after some keys came or went."""
    moved = {**below}
    for key in changed:
        for branch in branches(key) if (key in before) != (key in after) else ():
            moved[branch] = tuple(sorted({*moved.get(branch, ())} ^ {key}))
    return {branch: keys for branch, keys in moved.items() if keys}


def branches(key: Key) -> Iterator[Key]:
    """Give the keys that a nested key is below: `a` and `a.b` for `a.b.c`."""
    at = key.name.find(".")
    while at >= 0:
        yield Key(key.manager, key.name[:at])
        at = key.name.find(".", at + 1)


def with_branches(keys: Iterable[Key]) -> frozenset[Key]:
    """Give keys, and all that they are below."""
    return frozenset(one for key in keys for one in (key, *branches(key)))


def _share(old: Index, new: Index, *names: str) -> None:
    """Let cached answers hold on, where there are some."""
    new.__dict__.update({name: old.__dict__[name] for name in names if name in old.__dict__})


def _passed_on(one: Contribution | None) -> frozenset[str]:
    return frozenset() if one is None else one.passes_on


def _changed_roles(old: Contribution | None, new: Contribution | None) -> Iterator[tuple[Key, bool | None]]:
    """Give the keys for which a file does what it did not do: name it (False), give it a value (True), or neither."""
    before, after = _roles(old), _roles(new)
    for key in before.keys() | after.keys():
        if before.get(key) is not after.get(key):
            yield key, after.get(key)


def _roles(one: Contribution | None) -> dict[Key, bool]:
    roles: dict[Key, bool] = {}
    for use in one.uses if one is not None else ():
        roles[use.key] = roles.get(use.key, False) or use.kind != "read"
    return roles


def _merged_keys(
    keys: Mapping[Key, Users], roles: Mapping[Key, Mapping[str, bool | None]]
) -> Mapping[Key, Users]:
    if not roles:
        return keys
    merged = {**keys}
    for key, changes in roles.items():
        users = merged.pop(key, _NOBODY)
        paths = (users.paths - changes.keys()).union(
            path for path, role in changes.items() if role is not None
        )
        giving = (users.giving - changes.keys()).union(path for path, role in changes.items() if role)
        if paths:
            merged[key] = Users(paths, giving)
    return merged


def _merged(
    table: Mapping[Item, frozenset[str]], changes: Iterable[tuple[str, frozenset[Item], frozenset[Item]]]
) -> Mapping[Item, frozenset[str]]:
    """Give a table of files by manager or key after changes, each a path with those of it before and after."""
    merged = table
    for path, before, after in changes:
        for item in before ^ after:
            paths = merged.get(item, frozenset()) ^ {path}
            merged = {**merged, item: paths}
    return {item: paths for item, paths in merged.items() if paths} if merged is not table else table
