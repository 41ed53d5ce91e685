"""A server without threads: its session, and an indexer that works when it is told to."""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.server.aside import Aside
from hpman_lsp.server.documents.uris import path_of
from hpman_lsp.server.handshake.start import start_of
from hpman_lsp.server.reading.indexing import Indexer, Report
from hpman_lsp.server.session import Session
from hpman_lsp.server.wire.remote import Remote
from hpman_lsp.server.wire.transport import Frames
from hpman_lsp.workspace.snapshot import Snapshot

Params = TypeVar("Params")

ASIDE = Aside(lambda _: None)  # for long value files, of which there are none here


class Stepwise(Indexer):
    """Works in the thread that tells it to."""

    @property
    def waits(self) -> bool:
        """Tell whether there is something to do."""
        return not self._tasks.empty()


class Shown(io.BytesIO):
    """What a client shows: of each document the diagnostics that came last, where there are some."""

    def __init__(self) -> None:
        super().__init__()
        self.diagnostics: dict[str, list[Any]] = {}
        self.errors: list[str] = []

    def write(self, frames: Any) -> int:
        for body in Frames(io.BytesIO(frames)).read():
            message = json.loads(body)
            params = message["params"]
            if message["method"] == "textDocument/publishDiagnostics":
                self.diagnostics.pop(params["uri"], None)
                self.diagnostics |= {params["uri"]: params["diagnostics"]} if params["diagnostics"] else {}
            elif message["method"] == "window/logMessage" and params["type"] == 1:
                self.errors.append(params["message"])
        return len(frames)


class Server:
    """What a process does, one piece after the other."""

    def __init__(self, roots: Sequence[Path], settings: Mapping[str, object]) -> None:
        self.shown = Shown()
        self._reports: deque[Report] = deque()
        self._indexer = Stepwise(self._reports.append)
        self._session = Session(Remote("hpman-lsp", "", self.shown), self._indexer, ASIDE)
        folders = [{"uri": root.as_uri(), "name": root.name} for root in roots]
        start = start_of({"workspaceFolders": folders, "initializationOptions": settings})
        if start.roots:
            self._indexer.load(start.roots, start.settings)
        self._session.begin(start)

    @property
    def snapshot(self) -> Snapshot:
        return self._session.view.snapshot

    def tell(self, notify: Callable[[Session, Params], None], params: Params) -> None:
        notify(self._session, params)

    def work(self) -> bool:
        """Let the indexer do what it does next; False if there is nothing."""
        if waits := self._indexer.waits:
            self._indexer.work()
        return waits

    def take(self) -> bool:
        """Take what the indexer reported first; False if there is nothing."""
        if self._reports:
            self._session.take(self._reports.popleft())
            return True
        return False

    def rest(self) -> None:
        self._session.rest(lambda: True, None)

    def look(self) -> None:
        """Have the disk looked at, as when a document is saved."""
        self._session.saved()

    def settle(self) -> None:
        """Do all that waits."""
        while self.take() or self.work():
            pass
        self.rest()

    @property
    def shown_by_path(self) -> dict[str, list[tuple[str, str]]]:
        """Code and message of all that the client shows, of a notebook over all its cells."""
        found: dict[str, list[tuple[str, str]]] = {}
        for uri, items in self.shown.diagnostics.items():
            told = found.setdefault(path_of(uri) or uri, [])
            told += [(one["code"], one["message"]) for one in items]
        return {path: sorted(told) for path, told in found.items()}

    @property
    def told_by_path(self) -> dict[str, list[tuple[str, str]]]:
        """The same of all that is to be shown: of the workspace, and of what is open."""
        view = self._session.view
        paths = (
            path for path in checked_paths(view.snapshot) if path in view.by_path or view.in_workspace(path)
        )
        told = ((path, diagnostics(view.snapshot, path)) for path in paths)
        return {path: sorted((one.code, one.message) for one in some) for path, some in told if some}
