"""Brings the index up to date when files change, and those files with it that read managers from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from hpman.static.characters.imports import imported_attributes
from hpman.static.tree import syntax
from hpman_lsp.workspace.names.managers import Managers
from hpman_lsp.workspace.python.source import SourceFile, source_file

from .contributing import Resolve, contribution, parses_in
from .index import Contribution, Index, Parses, with_branches


def reindexed(
    index: Index,
    files: Mapping[str, SourceFile],
    changed: AbstractSet[str],
    managers_of: Callable[[Mapping[str, SourceFile]], Managers],
) -> tuple[Mapping[str, SourceFile], Index, frozenset[str]]:
    """Index what changed.

    files: all kept files as they are now.
    changed: the paths whose facts may be others, or their managers.
    managers_of: gives what resolves names in these files.

    Returns the files (with those parsed anew that import what has become a manager), the index, and the
    paths whose contributions were read.
    """
    touched: set[str] = set()
    while changed:
        known = index.placeholders
        read = {path: _read(files.get(path), managers_of(files), index.files.get(path)) for path in changed}
        index = index.changed({path: one.contribution for path, one in read.items()})
        failed = {path: one.failed for path, one in read.items() if one.failed is not None}
        files = {**files, **failed} if failed else files
        touched |= changed
        # A file may have been read before the names were known that modules pass on now.
        suspects = changed if index.placeholders <= known else files.keys()
        parsed = {
            path: _parsed(files[path], index.placeholders)
            for path in suspects
            if path in files and _takes(files[path], index.placeholders - files[path].placeholders)
        }
        files = {**files, **parsed} if parsed else files
        changed = parsed.keys()
    return files, index, frozenset(touched)


def _takes(file: SourceFile, names: frozenset[str]) -> bool:
    """Tell whether a file imports one of the names from another module than `hpman.m`, or takes it of a module."""
    if not names:
        return False
    imported = (one.names for one in file.imports if one.module != "hpman.m")
    return any("*" in some or not names.isdisjoint(some) for some in imported) or bool(
        imported_attributes(file.text, names)
    )


class _Read(NamedTuple):
    """What a file adds; failed: the file, where an error of ours kept it from being read."""

    contribution: Contribution | None
    failed: SourceFile | None = None


def _read(file: SourceFile | None, managers: Managers, before: Contribution | None) -> _Read:
    if file is None:
        return _Read(None)
    try:
        return _Read(_contribution(file, managers, before))
    except Exception as error:  # noqa: BLE001 - one file must not keep the others from being read
        return _Read(Contribution(file.path), file.failed(error))


def _contribution(file: SourceFile, managers: Managers, before: Contribution | None) -> Contribution | None:
    own = _own(file, partial(managers.placeholder, file), before)
    known = before.giving.union(before.perhaps) if before is not None else frozenset()
    lost = with_branches(known - own.giving) - own.perhaps
    remembered = lost if lost and _is_being_typed(file) else frozenset()
    if not file.matters and not remembered and not own.parses:
        return None
    passes_on = managers.passed_on(file)
    perhaps = own.perhaps | remembered
    return replace(own, perhaps=perhaps, passes_on=passes_on, asks=frozenset(managers.asked))


def _own(file: SourceFile, resolve: Resolve, before: Contribution | None) -> Contribution:
    """Read what a file adds; what it has parsed stays while that is being typed, and with it all scopes."""
    parses = parses_in(file, resolve) if file.matters else ()
    if before is not None and _paths(parses) != _paths(before.parses) and _hides_calls(file):
        parses = before.parses
    return contribution(file, resolve, parses) if file.matters else Contribution(file.path, parses=parses)


def _hides_calls(file: SourceFile) -> bool:
    """Tell whether calls of an open file may not be found: what does not parse may have them, or what imports it."""
    return file.version is not None and (file.is_broken or (not file.names and _is_being_typed(file)))


def _paths(parses: Parses) -> list[tuple[str, object]]:
    return [(manager, call.reading) for manager, call in parses]


def _is_being_typed(file: SourceFile) -> bool:
    """Tell whether an open file does not parse: what it no longer gives a value may be what is being typed."""
    if file.version is None:
        return False
    return file.is_broken or isinstance(syntax.module(file.text.removeprefix("\ufeff")), syntax.Fault)


def _parsed(file: SourceFile, placeholders: frozenset[str]) -> SourceFile:
    return source_file(file.path, file.text, file.version, placeholders)
