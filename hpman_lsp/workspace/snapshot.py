"""The frozen state of a workspace: what a request reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from hpman.static.facts import Binding, Span
from hpman_lsp.text.lines import Lines

from .batch import Batch
from .configuration.projects import PROJECT_FILE, Project
from .configuration.settings import Settings
from .configuration.value_patterns import ValuePattern, setting_patterns
from .disk.tree import Tree, merged
from .index.index import Index, Key, Use
from .index.updating import reindexed
from .names.managers import Managers, offers
from .names.modules import ImportGraph, Modules, imports_in
from .programs.programs import Programs
from .programs.reach import Reach
from .programs.runs import Runs
from .programs.scopes import Scopes
from .programs.targets import Places
from .python.outline import Outline
from .python.source import SourceFile
from .values.files import ValueFile
from .values.links import ValueLinks


@dataclass(frozen=True)
class Snapshot:
    """All that is known at one moment; a change makes another one, which shares what did not change.

    roots: the workspace folders, absolute; none where single files are open without a workspace.
    files: the files that matter and those that are open, by path; no other text is kept.
    value_files: the files of values, by path.
    outlines: of files that are not kept, as far as others import them.
    unreadable: files that may have hyperparameters but have no text, and why.
    searched: the names, passed on by modules, that no closed file imports but those that are here.
    complete: all files of the workspace have been seen, so that what is not here does not exist.
    here: the folder from which paths are shown; None shows them from their workspace folders.
    """

    roots: tuple[str, ...]
    settings: Settings
    files: Mapping[str, SourceFile] = field(default_factory=dict, repr=False)
    outlines: Mapping[str, Outline] = field(default_factory=dict, repr=False)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    tree: Tree = field(default_factory=Tree, repr=False)
    projects: Mapping[str, Project] = field(default_factory=dict, repr=False)
    index: Index = field(default_factory=Index, repr=False)
    value_files: Mapping[str, ValueFile] = field(default_factory=dict, repr=False)
    searched: frozenset[str] = frozenset()
    complete: bool = False
    here: str | None = None

    @classmethod
    def empty(cls, roots: tuple[str, ...], settings: Settings) -> Snapshot:
        """A workspace of which no file has been seen yet."""
        return cls(roots, settings)

    def with_files(self, changes: Mapping[str, SourceFile | None]) -> Snapshot:
        """Swap files whatever is open: a document that was opened, edited or closed (None: not kept)."""
        return self._changed(changes, Batch())

    def with_projects(self, changes: Mapping[str, Project | None]) -> Snapshot:
        """Swap what the pyproject.toml of folders say: a document that was opened, edited or closed."""
        return self._changed({}, Batch(projects=changes))

    def with_batch(self, batch: Batch) -> Snapshot:
        """Take what is on disk; an open document's text stays.

        A closed document: `snapshot.with_files({path: batch.files.get(path)}).with_batch(batch)`.
        """
        files = {path: file for path, file in batch.files.items() if not self.is_open(path)}
        return self._changed(files, batch)

    def with_value_files(self, changes: Mapping[str, ValueFile | None]) -> Snapshot:
        """Swap value files whatever is open (None: it is none any more, or gone)."""
        files = merged(self.value_files, changes)
        if files is self.value_files:
            return self
        new = replace(self, value_files=files)
        _share(self, new, *(name for name in _CACHES if name != "values"))
        _keep_values(self, new)
        return new

    def with_complete(self) -> Snapshot:
        """State that all files of the workspace have been seen."""
        complete = replace(self, complete=True)
        _share(self, complete, *(_CACHES if self.complete else _WHILE_READING))
        return complete

    def with_settings(self, settings: Settings) -> Snapshot:
        """Take settings that change nothing of what was read."""
        other = replace(self, settings=settings)
        _share(self, other, *_CACHES)
        return other

    def is_open(self, path: str) -> bool:
        """Tell whether a file's text is the editor's."""
        file = self.files.get(path) or self.value_files.get(path)
        return file is not None and file.version is not None

    def lines(self, path: str) -> Lines | None:
        """Give the text of a file, as lines: of a kept Python file, a value file, or a project's pyproject.toml."""
        file = self.files.get(path) or self.value_files.get(path)
        if file is not None:
            return file.lines
        folder, name = os.path.split(path)
        return self.projects[folder].lines if name == PROJECT_FILE and folder in self.projects else None

    def is_value_file(self, path: str) -> bool:
        """Tell whether a file, which need not be on disk, is one of values."""
        return any(pattern.covers(path) for pattern in self.value_patterns)

    def exists(self, path: str) -> bool:
        """Tell whether the workspace has this Python file or folder."""
        return path in self.tree.files or path in self.tree.folders or path in self.files

    def manager(
        self, file: SourceFile, name: str, scope: tuple[Binding, ...] | None, call: Span
    ) -> str | None:
        """Give the placeholder of the manager that a name in a file stands for; see `Managers.placeholder`."""
        return self.managers.placeholder(file, name, scope, call)

    def uses(self, key: Key, path: str) -> tuple[Use, ...]:
        """Give the uses of a hyperparameter that share it with a file, by path and place."""
        linked = self.reach.linked(self.index, key, path)
        return tuple(self.index.uses(key, linked & self.index.users(key).paths))

    @property
    def placeholders(self) -> frozenset[str]:
        """The names under which some module can pass a manager on."""
        return self.index.placeholders

    @cached_property
    def managers(self) -> Managers:
        """What names of files stand for; of each file that is asked about it reads the functions once."""
        return Managers(self.files, self.modules, self.outlines)

    @cached_property
    def modules(self) -> Modules:
        """Which file an import means."""
        return Modules(self.roots, {**self.tree.files, **self.files})

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes of each file."""
        parses = {path: file.parses for path, file in self.index.files.items() if file.parses}
        places = Places(self.roots, self.exists, self.modules)
        return Scopes(places, self.tree.folders, self.projects, parses, self._starting)

    @cached_property
    def imports(self) -> ImportGraph:
        """What each file imports."""
        return ImportGraph(self.modules, partial(imports_in, self.files, self.outlines))

    @cached_property
    def runs(self) -> Runs:
        """Which files run when another one is started."""
        return Runs({path: file.starts for path, file in self.index.files.items()}, self.imports)

    @cached_property
    def programs(self) -> Programs:
        """The programs that there are, each one entry and the files that it reads."""
        files = self.index.files
        starts = {path: file.starts for path, file in files.items()}
        unknown = {
            (manager, path) for path, file in files.items() for manager, call in file.parses if call.more
        }
        return Programs(starts, unknown, self.scopes, self.runs)

    @cached_property
    def reach(self) -> Reach:
        """Which files share their hyperparameters."""
        return Reach(self.index.files, self.scopes, self.imports)

    @cached_property
    def value_patterns(self) -> tuple[ValuePattern, ...]:
        """What says which files hold values."""
        return patterns_of(self.roots, self.settings, self.projects)

    @cached_property
    def values(self) -> ValueLinks:
        """What the keys of value files name."""
        return ValueLinks(self.value_files, self.value_patterns, self.index, self.reach, self.projects)

    def _starting(self, path: str) -> Iterator[tuple[str, bool]]:
        """Yield the files that run a file when they are started, once all files are known."""
        for entry in self.runs.entries(path) if self.complete else ():
            yield entry, entry == path or entry in self.runs.surely_above(path)

    def _changed(self, changes: Mapping[str, SourceFile | None], batch: Batch) -> Snapshot:
        files = merged(self.files, changes)
        tree = self.tree.changed(batch.stamps, batch.folders, batch.value_stamps)
        same_paths = _same_paths(self, files, tree, changes)
        modules = self.modules if same_paths else Modules(self.roots, {**tree.files, **files})
        changed = {path for path in changes if self.files.get(path) is not files.get(path)}
        outlines = merged(self.outlines, batch.outlines)
        read = batch.stamps.keys() | batch.outlines.keys()
        changed |= _asking(self, files, changed | read, same_paths)
        managers_of = partial(Managers, modules=modules, outlines=outlines)
        files, index, touched = reindexed(self.index, files, changed, managers_of)
        unreadable = _unreadable(self.unreadable, batch, files, touched)
        projects = merged(self.projects, batch.projects)
        value_files = merged(
            self.value_files, {path: one for path, one in batch.value_files.items() if not self.is_open(path)}
        )
        new = replace(
            self,
            files=files,
            outlines=outlines,
            unreadable=unreadable,
            tree=tree,
            projects=projects,
            index=index,
            value_files=value_files,
            searched=self.searched | batch.searched,
        )
        if same_paths:
            _keep_answers(self, new, touched | read)
        return new


_WHILE_READING = ("modules", "imports", "value_patterns")
_CACHES = (*_WHILE_READING, "scopes", "runs", "programs", "reach", "values")


def patterns_of(
    roots: tuple[str, ...], settings: Settings, projects: Mapping[str, Project]
) -> tuple[ValuePattern, ...]:
    """Give the patterns of value files: those of projects, and those of the settings."""
    ours = (pattern for project in projects.values() for pattern in project.value_files)
    return (*ours, *setting_patterns(roots, settings.value_files))


def _share(old: Snapshot, new: Snapshot, *names: str) -> None:
    """Let cached answers hold on, where there are some."""
    new.__dict__.update({name: old.__dict__[name] for name in names if name in old.__dict__})


def _keep_answers(old: Snapshot, new: Snapshot, changed: frozenset[str]) -> None:
    """Carry over what a change does not touch; most edits touch nothing but the file's own uses."""
    _share(old, new, "modules")
    same_folders = new.tree.folders is old.tree.folders and new.projects is old.projects
    same_parses = same_folders and all(_parses(old, path) == _parses(new, path) for path in changed)
    same_files = all((path in old.index.files) == (path in new.index.files) for path in changed)
    # Where files come or go, as while the workspace is being read, nothing that stands on imports holds on anyway.
    same_imports = same_files and all(_same_imports(old, new, path) for path in changed)
    if same_imports:
        _share(old, new, "imports")
    elif "imports" in old.__dict__:
        new.__dict__["imports"] = old.imports.without(changed, partial(imports_in, new.files, new.outlines))
    same_reach = same_parses and same_imports
    if same_reach:
        _share(old, new, "scopes", "runs", "programs", "reach")
    if new.projects is old.projects:
        _share(old, new, "value_patterns")
    same_names = new.index.keys is old.index.keys and new.index.dynamic is old.index.dynamic
    if same_reach and same_names and new.projects is old.projects:
        _keep_values(old, new)


def _keep_values(old: Snapshot, new: Snapshot) -> None:
    if "values" in old.__dict__:
        new.__dict__["values"] = old.values.changed(new.value_files, new.index)


def _same_paths(
    old: Snapshot, files: Mapping[str, SourceFile], tree: Tree, changes: Mapping[str, SourceFile | None]
) -> bool:
    """Tell whether no path has come or gone, so that every import means what it meant."""
    same_tree = tree.files is old.tree.files or tree.files.keys() == old.tree.files.keys()
    return same_tree and all(path in tree.files or (path in files) == (path in old.files) for path in changes)


def _asking(old: Snapshot, files: Mapping[str, SourceFile], changed: set[str], same_paths: bool) -> set[str]:
    """Give the files whose managers may be others because of a change; of what is not kept nothing is known."""
    telling = {
        path
        for path in changed
        if path not in files or path not in old.files or offers(old.files[path]) != offers(files[path])
    }
    return {
        path
        for path, one in old.index.files.items()
        if one.indirect and (not same_paths or not one.asks.isdisjoint(telling))
    }


def _unreadable(
    old: Mapping[str, str], batch: Batch, files: Mapping[str, SourceFile], touched: frozenset[str]
) -> Mapping[str, str]:
    seen = {path: batch.unreadable.get(path) for path in batch.files}
    kept = files.keys() & (old.keys() | seen.keys() | touched)
    return merged(old, {**seen, **{path: files[path].fault for path in kept}})


def _parses(snapshot: Snapshot, path: str) -> tuple[bool, list[tuple[str, object]]]:
    """Return what a file says of the programs that it is of: whether it is one, and what it parses."""
    one = snapshot.index.files.get(path)
    if one is None:
        return False, []
    return one.starts, [(manager, call.reading) for manager, call in one.parses]


def _same_imports(old: Snapshot, new: Snapshot, path: str) -> bool:
    if "imports" not in old.__dict__:
        return True
    return imports_in(old.files, old.outlines, path) == imports_in(new.files, new.outlines, path)
