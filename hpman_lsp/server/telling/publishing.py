"""Diagnostics: sent once each answer changed, the latest only, and cleared where a file has none any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple, TypeAlias

from lsprotocol import types

from hpman_lsp.features.diagnostics import diagnostics as diagnose
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.server.aside import Aside
from hpman_lsp.server.converting.convert import to_diagnostic
from hpman_lsp.server.documents.view import View

# While messages keep coming they go first, but after so long a file is published between two of them.
PATIENCE_SECONDS = 0.25


# What the client shows for one file, under each of its addresses: a notebook has one for each cell.
Published: TypeAlias = Mapping[str, list[types.Diagnostic]]


class _Answers(NamedTuple):
    """What there is to be shown for one file, and the files that it points to."""

    published: Published
    pointed_at: frozenset[str]


class Publisher:
    """Remembers which files may have another answer (`mark`) and what was published of them last.

    A file is published from the view that is in force then: answers that nobody saw are never computed. Of a long value
    file that is done aside, and of one that is still being read not before it has been read.
    """

    def __init__(
        self,
        publish: Callable[[types.PublishDiagnosticsParams], None],
        refresh: Callable[[], None],
        aside: Aside,
    ) -> None:
        """Take the functions that send: to a client that is pushed to, and to one that pulls."""
        self._aside = aside
        self._publish = publish
        self._refresh = refresh
        self._marked: dict[str, None] = {}
        self._marked_since = 0.0
        self._published: dict[str, Published] = {}
        self._pointing: dict[str, frozenset[str]] = {}
        self._repeated: set[str] = set()

    def mark(self, view: View, paths: Iterable[str]) -> None:
        """Publish these files at the next occasion, before those that wait: first those that are open.

        And those that point to one of these: its lines may have moved.
        """
        if not self._marked:
            self._marked_since = time.monotonic()
        found = dict.fromkeys(paths)
        found |= dict.fromkeys(path for path, to in self._pointing.items() if not to.isdisjoint(found))
        shown = (path for path in view.by_path if path in found)
        self._marked = {**dict.fromkeys((*shown, *found)), **self._marked}

    def repeat(self, view: View, path: str) -> None:
        """Publish a file that is opened even if its answer stays: Eglot does not keep what came before."""
        if not view.client.pull_diagnostics:
            self._repeated.add(path)
            self.mark(view, [path])

    def mark_all(self, view: View) -> None:
        """Publish all files of the workspace."""
        self.mark(view, (*checked_paths(view.snapshot), *self._published))

    def work(self, view: View, idle: Callable[[], bool]) -> None:
        """Publish what is marked, as long as nothing else is waiting; one file if that has lasted for long.

        Nothing is said before the index is complete: what looks missing may stand in a file not yet read.
        """
        if not view.snapshot.complete:
            return
        due = self._overdue()
        while self._marked and (idle() or due):
            due = False  # for one file; the next one waits for the next message
            if view.client.pull_diagnostics:
                self._marked.clear()
                self._refresh()
            else:
                path = next(iter(self._marked))
                del self._marked[path]
                self._publish_file(view, path)

    def _overdue(self) -> bool:
        return time.monotonic() > self._marked_since + PATIENCE_SECONDS

    def _publish_file(self, view: View, path: str) -> None:
        if path in view.unread:
            return
        values = view.snapshot.value_files.get(path)
        if values is not None and values.is_long:
            self._aside.do((path, "told"), partial(_answers, view, path), partial(self._send, view, path))
        else:
            self._aside.forget((path, "told"))
            self._send(view, path, _answers(view, path))

    def _send(self, view: View, path: str, answers: _Answers) -> None:
        before, after = self._published.pop(path, {}), answers.published
        self._pointing.pop(path, None)
        if any(after.values()):
            self._published[path] = after
        if answers.pointed_at:
            self._pointing[path] = answers.pointed_at
        repeated = path in self._repeated
        self._repeated.discard(path)
        for uri in (*(gone for gone in before if gone not in after), *after):
            items = after.get(uri, [])
            if items != before.get(uri, []) or (repeated and items):
                version = view.version(uri) if view.client.diagnostic_version and uri in after else None
                self._publish(types.PublishDiagnosticsParams(uri, items, version))


def _answers(view: View, path: str) -> _Answers:
    """Of open files and of the workspace's; a file that was only read beside an open one is not the user's task."""
    notebook = view.notebook(path)
    uris = [view.uri(path)] if notebook is None else [cell.uri for cell in notebook.cells]
    answers: dict[str, list[types.Diagnostic]] = {uri: [] for uri in uris}
    told = diagnose(view.snapshot, path) if path in view.by_path or view.in_workspace(path) else ()
    for found in told:
        answers[view.uri(path, found.span.start)].append(to_diagnostic(view, path, found))
    return _Answers(answers, frozenset(one.path for found in told for one in found.related) - {path})
