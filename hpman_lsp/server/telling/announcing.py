"""Tells the client of what it would not ask for: the state, and what it has shown that is another one now."""

from __future__ import annotations

from typing import Any

from hpman_lsp.server.documents.view import View
from hpman_lsp.server.wire.extension_methods import STATUS, TREE, TREE_CHANGED
from hpman_lsp.server.wire.remote import Remote
from hpman_lsp.workspace.index.index import Contribution
from hpman_lsp.workspace.questions.describe import given
from hpman_lsp.workspace.snapshot import Snapshot


class Announcer:
    """Remembers what was told last, so that nothing is told twice."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._begun = False
        self._status: dict[str, Any] = {}
        self._counts: tuple[int, int | None] = (0, None)
        self._problems: tuple[str, ...] = ()
        self._snapshot: Snapshot | None = None  # complete; what hints and lenses were shown from
        self._tree: Snapshot | None = None  # what the tree was shown from; None where nobody looks at it

    def counted(self, done: int, total: int | None) -> None:
        """So many files have been read, of how many if that is known."""
        self._counts = done, total

    def ended(self, problems: tuple[str, ...]) -> None:
        """The workspace has been read, with these problems."""
        self._problems = problems

    def begin(self) -> None:
        """The client is ready to be told."""
        self._begun = True

    def asked(self, method: str, view: View) -> None:
        """A request was answered."""
        if method == TREE:
            self._tree = view.snapshot

    def work(self, view: View) -> None:
        """Tell what has changed; to be called where nothing else waits."""
        if not self._begun:
            return
        if view.client.extension.status:
            self._tell_status(view)
        if view.client.extension.tree_changed and self._tree not in (None, view.snapshot):
            self._tree = None
            self._remote.notify(TREE_CHANGED, {})
        if view.snapshot.complete and view.snapshot is not self._snapshot:
            before, self._snapshot = self._snapshot, view.snapshot
            if view.documents and (before is None or _shows_otherwise(before, view.snapshot)):
                self._refresh(view)

    def _tell_status(self, view: View) -> None:
        problems = (*self._problems, *_unread(view.snapshot)) if view.snapshot.complete else ()
        state = ("degraded" if problems else "ready") if view.snapshot.complete else "indexing"
        done, total = self._counts
        status = {"state": state, "done": done, "total": total, "problems": problems}
        if status != self._status:
            self._status = status
            self._remote.notify(STATUS, status)

    def _refresh(self, view: View) -> None:
        if view.client.refresh_inlay_hints:
            self._remote.refresh_inlay_hints()
        if view.client.refresh_code_lenses:
            self._remote.refresh_code_lenses()


def _unread(snapshot: Snapshot) -> tuple[str, ...]:
    count = len(snapshot.unreadable)
    return (f"{count} file{'' if count == 1 else 's'} could not be read",) if count else ()


def _shows_otherwise(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether what is shown beside the source of a file can be otherwise though that file is the same."""
    if before.settings != after.settings or before.projects is not after.projects:
        return True
    if before.scopes is not after.scopes or before.reach is not after.reach:
        return True
    if before.value_files is not after.value_files:
        return (
            True  # one that is open is seldom edited beside its Python files: it is not worth a closer look
        )
    old, new = before.index.files, after.index.files
    if old is new:
        return False
    changed = (path for path in old.keys() | new.keys() if old.get(path) is not new.get(path))
    return any(_told(old.get(path)) != _told(new.get(path)) for path in changed)


def _told(file: Contribution | None) -> list[tuple[object, ...]]:
    """What a file says to others: which names it uses, and the values that it gives."""
    uses = file.uses if file is not None else ()
    return sorted((use.key, use.kind, value.text if (value := given(use)) else "") for use in uses)
