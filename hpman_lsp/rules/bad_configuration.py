"""`bad-configuration`: something in `[tool.hpman]` of a pyproject.toml is not what it has to be."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from hpman._names import alike
from hpman.static.facts import Span
from hpman_lsp.text.lines import Lines
from hpman_lsp.text.toml import Path, Place, places
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.configuration import SECTION, Fault, faults_in
from .helpers.finding import Violation

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_POSITION = re.compile(r" ?\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the key or the value that is wrong; of a file that is no TOML, where reading it fails."""
    text = snapshot.projects[os.path.dirname(path)].text
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        if ".".join(map(str, SECTION)) in text:
            yield _unreadable(text, str(error))
        return
    yield from (Violation(span, fault.message) for fault, span in _placed(snapshot, path, content))


def placed_faults(snapshot: Snapshot, path: str) -> Iterator[tuple[Fault, Span]]:
    """Find what is wrong in a pyproject.toml that is TOML, each with its place."""
    return _placed(snapshot, path, tomllib.loads(snapshot.projects[os.path.dirname(path)].text))


def _placed(snapshot: Snapshot, path: str, content: Mapping[str, object]) -> Iterator[tuple[Fault, Span]]:
    where = places(snapshot.projects[os.path.dirname(path)].text)
    faults = list(faults_in(content))
    if snapshot.complete:
        wrong = {fault.path for fault in faults}
        faults += (one for one in _matching_nothing(snapshot, path) if one.path not in wrong)
    yield from ((fault, _span(where, fault)) for fault in faults)


def _unreadable(text: str, error: str) -> Violation:
    """Tell where TOML ends: from there to the end of the line, or at the last character."""
    match = _POSITION.search(error)
    start = len(text.rstrip())
    if match and match["line"]:
        lines = Lines(text)
        start = lines.start_of(int(match["line"]) - 1) + int(match["column"]) - 1
    end = re.compile(r"[^\r\n]*").match(text, start)
    span = Span(start, end.end()) if end and end.end() > start else Span(max(start - 1, 0), start)
    reason = _POSITION.sub("", error)
    return Violation(span, f"this is no TOML, so that nothing of [tool.hpman] counts: {reason}")


def _matching_nothing(snapshot: Snapshot, path: str) -> Iterator[Fault]:
    """Tell of patterns of scopes that no Python file of the workspace matches."""
    project = snapshot.projects[os.path.dirname(path)]
    paths = snapshot.tree.files.keys() | snapshot.files.keys()
    for scope in project.scopes:
        for index, pattern in enumerate(scope.patterns):
            one = scope._replace(compiled=(scope.compiled[index],))
            if not any(map(one.covers, paths)):
                message = f"no Python file matches the pattern `{pattern}`"
                at = (*SECTION, "scopes", scope.name, index)
                yield Fault(at, message, meant=_paths_like(scope.folder, pattern, paths))


def _paths_like(folder: str, pattern: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Give the files, and the folders of files, that a pattern may be meant for."""
    below = [path[len(folder) + 1 :] for path in paths if path.startswith(folder + os.sep)]
    known = {*below, *(os.path.dirname(one) for one in below)} - {""}
    near = alike(pattern.strip("/"), (one.replace(os.sep, "/") for one in known))
    return tuple(json.dumps(one, ensure_ascii=False) for one in near)


def _span(where: dict[Path, Place], fault: Fault) -> Span:
    """Give the place of a fault; a pattern that is no list's item stands in the place of the list."""
    place = where.get(fault.path) or where.get(fault.path[:-1]) or where.get(SECTION)
    if place is None:
        return Span(0, 0)
    return place.key if fault.at_key else place.value
