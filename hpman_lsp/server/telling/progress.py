"""Shows in the editor that the workspace is being read."""

from __future__ import annotations

from lsprotocol import types

from hpman_lsp.server.wire.remote import Remote

TITLE = "hpman: reading the workspace"


class Progress:
    """One loading at a time. What is over before the client has agreed to show it is never shown."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._count = 0
        self._wanted: str | None = None
        self._shown: str | None = None
        self._percentage: int | None = None

    def begin(self) -> None:
        """A loading has begun; one that was under way is over."""
        self.end()
        self._count += 1
        token = self._wanted = f"hpman/{self._count}"
        self._remote.create_progress(token, lambda: self._created(token))

    def report(self, done: int, total: int | None) -> None:
        """So many files have been read, of how many if that is known."""
        percentage = min(100 * done // total, 100) if total else None
        if self._shown and (percentage is None or percentage != self._percentage):
            self._percentage = percentage
            self._send(types.WorkDoneProgressReport(message=f"{done} files", percentage=percentage))

    def end(self) -> None:
        """The loading is over."""
        if self._shown:
            self._send(types.WorkDoneProgressEnd())
        self._wanted = self._shown = self._percentage = None

    def _created(self, token: str) -> None:
        if token == self._wanted:
            self._shown = token
            self._send(types.WorkDoneProgressBegin(TITLE, cancellable=False, percentage=0))

    def _send(
        self,
        value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd,
    ) -> None:
        if self._shown:
            self._remote.progress(types.ProgressParams(self._shown, value))
