"""What `[tool.hpman]` in a pyproject.toml says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pathspec import GitIgnoreSpec

from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace.disk.excludes import excludes_of
from hpman_lsp.workspace.disk.ignore import BAD_PATTERN
from hpman_lsp.workspace.disk.patterns import anchored
from hpman_lsp.workspace.disk.tree import ancestors

from .display import Change, read_display
from .value_patterns import Home, ValuePattern, value_pattern

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


PROJECT_FILE: Final = "pyproject.toml"
_NO_TOML: Final = "not valid TOML"


class ExplicitScope(NamedTuple):
    """One entry of `scopes`: the files that a user says belong together.

    folder: the pyproject.toml's.
    patterns: as they were written; `compiled` are the same, each with the folder that it starts at.
    """

    name: str
    folder: str
    patterns: tuple[str, ...]
    compiled: tuple[tuple[str, GitIgnoreSpec], ...]

    def covers(self, path: str) -> bool:
        """Tell whether a pattern matches a file, or a folder that it is in."""
        return any(
            path.startswith(base + os.sep) and spec.match_file(path[len(base) + 1 :].replace(os.sep, "/"))
            for base, spec in self.compiled
        )

    @property
    def reaches_out(self) -> bool:
        """Tell whether it covers files outside of its project's folder (`../shared/**`)."""
        return any(base != self.folder for base, _ in self.compiled)


class Project(NamedTuple):
    """A folder whose pyproject.toml has a `[tool.hpman]` table.

    faults: what is wrong with the table, in words for the log; the rest of it holds.
    severities: (code, severity) of each entry of `[tool.hpman.diagnostics]`, as written.
    text: of the whole file.
    display: the switches that it sets.
    exclude: patterns of what is not read, as the disk's file has them.
    value_files: the patterns of `value-files`.
    """

    folder: str
    scopes: tuple[ExplicitScope, ...] = ()
    faults: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    text: str = ""
    display: tuple[Change, ...] = ()
    exclude: tuple[str, ...] = ()
    value_files: tuple[ValuePattern, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Tell whether the text is no TOML."""
        return any(fault.startswith(_NO_TOML) for fault in self.faults)

    @property
    def lines(self) -> Lines:
        """The line table of the text."""
        return Lines(self.text)


def project_of(projects: Mapping[str, Project], path: str) -> Project | None:
    """Give the project that a file is in: the nearest, by folder; None where there is none."""
    return next((projects[folder] for folder in ancestors(path) if folder in projects), None)


def read_project(folder: str, data: bytes) -> Project | None:
    """Read a pyproject.toml; None where it says nothing to hpman."""
    if b"hpman" not in data:  # most say nothing, and reading TOML is slow
        return None
    try:
        text = data.decode("utf-8-sig")
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        shown = data.decode("utf-8-sig", "replace")
        return Project(folder, faults=(f"{_NO_TOML}: {error}",), text=shown)
    tool = document.get("tool")
    table = tool.get("hpman") if isinstance(tool, dict) else None
    if table is None:
        return None
    project = _project(folder, table if isinstance(table, dict) else {"scopes": table}, text)
    return project._replace(exclude=excludes_of(data))


def edited_project(folder: str, text: str, before: Project | None) -> Project | None:
    """Read a pyproject.toml that is being edited.

    While it is no TOML, what it said before holds; what it excludes counts once it is saved.
    """
    project = read_project(folder, text.encode("utf-8", "replace"))
    if project is None or before is None:
        return None if project is None else project._replace(exclude=())
    if project.is_broken:
        return before._replace(text=text, faults=project.faults)
    return project._replace(exclude=before.exclude)


def _project(folder: str, table: Mapping[str, object], text: str) -> Project:
    faults: list[str] = []
    scopes = table.get("scopes", {})
    if not isinstance(scopes, dict):
        faults.append("[tool.hpman] scopes must be a table: name = [patterns]")
    read = tuple(_scopes(folder, scopes, faults)) if isinstance(scopes, dict) else ()
    severities = tuple(_severities(table.get("diagnostics", {}), faults))
    shown: list[str] = []
    display = tuple(read_display(table, shown, kebab=True))
    faults += (f"[tool.hpman] {fault}" for fault in shown)
    value_files = tuple(_value_files(folder, table.get("value-files", []), faults))
    return Project(folder, read, tuple(faults), severities, text, display, value_files=value_files)


def _value_files(folder: str, value: object, faults: list[str]) -> Iterator[ValuePattern]:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list) or not all(isinstance(one, str) and one for one in patterns):
        faults.append("[tool.hpman] value-files must be a list of patterns")
        return
    try:
        yield from [value_pattern(Home(folder, is_project=True), one) for one in patterns]
    except BAD_PATTERN as error:
        faults.append(f"[tool.hpman] value-files: {error}")


def _severities(table: object, faults: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(table, dict):
        faults.append('[tool.hpman] diagnostics must be a table: code = "severity"')
        return
    for code, severity in table.items():
        if isinstance(severity, str):
            yield code, severity
        else:
            faults.append(f"[tool.hpman.diagnostics] {code} must be a severity, as a string")


def _scopes(folder: str, scopes: Mapping[str, object], faults: list[str]) -> Iterator[ExplicitScope]:
    for name, value in scopes.items():
        patterns = [value] if isinstance(value, str) else value
        if not isinstance(patterns, list) or not all(isinstance(one, str) and one for one in patterns):
            faults.append(f"[tool.hpman] scopes.{name} must be a pattern or a list of patterns")
            continue
        try:
            compiled = tuple(anchored(folder, one) for one in patterns)
        except BAD_PATTERN as error:
            faults.append(f"[tool.hpman] scopes.{name}: {error}")
            continue
        yield ExplicitScope(name, folder, tuple(patterns), compiled)
