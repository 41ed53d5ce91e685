"""The only mutable state: the view that is in force. Notifications replace it, requests read it."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from lsprotocol import types

from hpman_lsp.rules.affected import affected
from hpman_lsp.server.aside import Aside
from hpman_lsp.server.documents.overlay import (
    concerns,
    is_project,
    is_python,
    open_projects,
    over_disk,
    value_file,
)
from hpman_lsp.server.documents.store import NO_DOCUMENTS, Document, Documents
from hpman_lsp.server.documents.uris import is_cell
from hpman_lsp.server.documents.view import View
from hpman_lsp.server.handshake.capabilities import registrations
from hpman_lsp.server.handshake.settings import settings_of
from hpman_lsp.server.handshake.start import Start
from hpman_lsp.server.reading.indexing import Finished, Indexer, Read, Report
from hpman_lsp.server.telling.announcing import Announcer
from hpman_lsp.server.telling.progress import Progress
from hpman_lsp.server.telling.publishing import Publisher
from hpman_lsp.server.wire.remote import Remote
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading import loading
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile

# Objects made before garbage is looked for, once all that stays has been made: an edit's is gone before the next one.
# A look at all that was made since is rare: nobody is answered during it, and values of a long file are many.
GARBAGE_THRESHOLDS = 5_000, 10, 100


class Session:
    """One client's workspace, from `initialize` on.

    view: what a request reads; it is set by `begin`.
    """

    view: View

    def __init__(self, remote: Remote, indexer: Indexer, aside: Aside) -> None:
        self.remote = remote
        self.publisher = Publisher(remote.text_document_publish_diagnostics, self._refresh, aside)
        self.announcer = Announcer(remote)
        self._aside = aside
        self._indexer = indexer
        self._progress = Progress(remote)
        self._begun = time.monotonic()

    def begin(self, start: Start) -> None:
        """Take what `initialize` says; the indexer is loading these roots already."""
        snapshot = Snapshot.empty(start.roots, start.settings)
        # Without folders nothing is loaded: what belongs to a file is read when it is opened.
        self.view = View(snapshot if start.roots else snapshot.with_complete(), start.client, NO_DOCUMENTS)
        for problem in start.problems:
            self.remote.log(problem)

    def greet(self) -> None:
        """Ask the client, which is ready now, for what it offers."""
        client = self.view.client
        self.announcer.begin()
        self.remote.register(registrations(client))
        if client.configuration:
            self.remote.fetch_settings(self.configure)
        if not self.view.snapshot.complete:
            self._show_progress()

    def configure(self, sent: object) -> None:
        """Take settings; the workspace is read again if they change what there is to read."""
        settings, problems = settings_of(sent)
        for problem in problems:
            self.remote.log(problem)
        snapshot = self.view.snapshot
        if settings.reading != snapshot.settings.reading:
            self.reload(snapshot.roots, settings)
        elif settings != snapshot.settings:
            self._swap(snapshot.with_settings(settings))

    def reload(self, roots: tuple[str, ...], settings: Settings) -> None:
        """Read the workspace from the start; what is published stays until all is known again."""
        snapshot = Snapshot.empty(roots, settings)
        files = {path: file for path, file in self.view.snapshot.files.items() if file.version is not None}
        self._begun = time.monotonic()
        self.announcer.counted(0, None)
        projects = open_projects(self.view, {})
        self.view = replace(self.view, snapshot=snapshot.with_files(files).with_projects(projects))
        self._indexer.load(roots, settings)
        self._show_progress()

    def take(self, report: Report) -> None:
        """Take what the indexer read; what it read for an earlier loading is of no use."""
        wanted = report.generation == self._indexer.generation
        if wanted and isinstance(report, Read):
            self._read(report)
        elif isinstance(report, Finished):
            if wanted:
                self._finish(report)
            self._indexer.ended(self.view.snapshot)

    def _read(self, report: Read) -> None:
        for path, reason in report.batch.unreadable.items():
            self.remote.log(f"{path}: {reason}", types.MessageType.Info)
        self._progress.report(report.batch.done, report.batch.total)
        if not self.view.snapshot.complete:
            self.announcer.counted(report.batch.done, report.batch.total or None)
        complete = self.view.snapshot.complete
        self._swap(self.view.snapshot.with_batch(over_disk(self.view, report.batch)))
        for folder in {os.path.dirname(path) for path in report.batch.stamps} if complete else ():
            self._leave(folder)  # its last file may have been closed meanwhile
        if report.batch.projects:
            self._adopt()

    def edit(self, documents: Documents, document: Document) -> None:
        """A document was opened or changed."""
        self.view = replace(self.view, documents=documents)
        if document.path is not None and is_project(document.path):
            self._take_projects()
        snapshot = self.view.snapshot
        if document.path is not None and snapshot.is_value_file(document.path):
            self._put_values(value_file(document))
        if is_cell(document.uri):
            self.edit_notebook(documents, document.path)
        elif document.path is not None and is_python(document):
            self._put(document.path, document.lines.text, document.version)

    def _take_projects(self) -> None:
        """Take what the open pyproject.toml say, and read the value files that one of them names now."""
        before = self.view.snapshot
        self._swap(before.with_projects(open_projects(self.view, before.projects)))
        self._adopt()
        if before.complete and self.view.snapshot.value_patterns != before.value_patterns:
            self._indexer.check()
            self._indexer.go_on(self.view.snapshot)

    def edit_notebook(self, documents: Documents, path: str | None) -> None:
        """Cells of a notebook were opened, changed, moved or closed."""
        self.view = replace(self.view, documents=documents)
        if path is None:
            return
        if (notebook := self.view.notebook(path)) is not None:
            self._put(path, notebook.text, notebook.version)
        else:
            self._swap(self.view.snapshot.with_files({path: None}))
            self._leave(os.path.dirname(path))
        self.publisher.mark(self.view, [path])  # a place in it may be in another cell now

    def close(self, documents: Documents, document: Document) -> None:
        """A document was closed: the disk's text counts again; of a notebook the cells that are left."""
        if is_cell(document.uri):
            self.edit_notebook(documents, document.path)
            return
        self.view = replace(self.view, documents=documents)
        if document.path is None:
            return
        path, batch = document.path, loading.reread(self.view.snapshot, [document.path]).packed()
        closed = self.view.snapshot.with_files({path: batch.files.get(path)})
        self._swap(closed.with_batch(over_disk(self.view, replace(batch, value_files={}))))
        for one, file in ({path: None} | dict(batch.value_files)).items():
            if one != path and self.view.snapshot.is_open(one):
                continue
            if file is None:
                self._drop_values(one)
            else:
                self._put_values(file)
        self._leave(os.path.dirname(path))
        self.publisher.mark(self.view, [path])  # its address may be another one now
        if not self.view.snapshot.complete:
            self.look_at_disk((path,))  # what was read of it, and is taken later, may be older

    def look_at_disk(self, paths: tuple[str, ...]) -> None:
        """Files or folders changed on disk, says the client; what is not of this workspace stays unknown."""
        if ours := tuple(path for path in paths if concerns(self.view, path)):
            self._indexer.reread(ours)
            self._indexer.go_on(self.view.snapshot)

    def saved(self) -> None:
        """A document was saved: the moment for what is too much to do at each key."""
        if self.view.snapshot.complete:
            self._pass_on()
            self._indexer.check()
            self._indexer.go_on(self.view.snapshot)

    def rest(self, idle: Callable[[], bool], asked: str | None) -> None:
        """Do what can wait, as long as nothing else does.

        asked: the method of the request that was taken last, an occasion to look at the disk; None after anything else.
        """
        if asked:
            self.announcer.asked(asked, self.view)
        self.publisher.work(self.view, idle)
        if idle() or not self.view.snapshot.complete:
            self.announcer.work(self.view)
        if asked and self.view.snapshot.complete and not self.view.client.register_watched_files:
            self._indexer.check_if_due()
            self._indexer.go_on(self.view.snapshot)

    def _pass_on(self) -> None:
        """Read the files that matter only since some module passes on a manager under a new name."""
        if not self.view.snapshot.placeholders <= self.view.snapshot.searched:
            self._indexer.pass_on()

    def _put(self, path: str, text: str, version: int) -> None:
        """Take the text of an open file."""
        snapshot = self.view.snapshot
        previous = snapshot.files.get(path)
        file = source_file(path, text, version, snapshot.placeholders, previous)
        self._swap(snapshot.with_files({path: file}))
        if previous is None or previous.imports != file.imports:
            self._read_imported([path])
        if previous is None:
            self._read_beside(path)

    def _read_imported(self, paths: Iterable[str]) -> None:
        """Read what has to be known of the files that some files import since they were edited."""
        if self.view.snapshot.complete and (batch := loading.imported(self.view.snapshot, paths)).outlines:
            self._swap(self.view.snapshot.with_batch(batch))

    def _read_beside(self, path: str) -> None:
        """Read the other files in the folder of a file that no workspace folder holds."""
        if not self.view.in_workspace(path):
            beside = loading.reread(self.view.snapshot, loading.siblings(path)).packed()
            around = loading.project_around(path)
            beside = replace(beside, folders={**beside.folders, **around})
            self._swap(self.view.snapshot.with_batch(over_disk(self.view, beside)))

    def _leave(self, folder: str) -> None:
        """Forget a folder that no workspace folder holds, once none of its Python files is open."""
        inside = os.path.join(folder, "")
        if self.view.in_workspace(inside) or any(
            os.path.dirname(path) == folder and is_python(one) for path, one in self.view.by_path.items()
        ):
            return
        self._swap(
            self.view.snapshot.with_batch(over_disk(self.view, loading.forgotten(self.view.snapshot, folder)))
        )

    def _adopt(self) -> None:
        """Take the open documents that are value files since a project says so, and let go of others."""
        for path, document in self.view.by_path.items():
            if self.view.snapshot.is_value_file(path):
                self._put_values(value_file(document))
            else:
                self._drop_values(path)

    def _put_values(self, file: ValueFile) -> None:
        """Take a value file; while a long one is read aside, what is known of an earlier text counts."""
        known = self.view.snapshot.value_files.get(file.path)
        if known is not None and known.has_text_of(file):
            self._take_values(known.with_version(file.version))
        elif not file.is_long:
            self._take_values(file)
        else:
            if known is not None:
                self._swap_values(file.path, known.with_version(file.version))
            self.view = replace(self.view, unread=self.view.unread | {file.path})
            self._aside.do(file.path, file.read, self._take_values)

    def _take_values(self, file: ValueFile) -> None:
        """Take a value file that can be asked at once."""
        is_one = self.view.snapshot.is_value_file(file.path)  # it may be none any more since it was read
        self._drop_reading(file.path)
        self._swap_values(file.path, file if is_one else None)
        self.publisher.mark(self.view, [file.path])

    def _drop_values(self, path: str) -> None:
        """Let go of what is no value file, or gone."""
        self._drop_reading(path)
        self._swap_values(path, None)

    def _swap_values(self, path: str, file: ValueFile | None) -> None:
        self._swap(self.view.snapshot.with_value_files({path: file}))

    def _drop_reading(self, path: str) -> None:
        self._aside.forget(path)
        self.view = replace(self.view, unread=self.view.unread - {path})

    def _swap(self, after: Snapshot) -> None:
        before = self.view.snapshot
        self.view = replace(self.view, snapshot=after)
        if before.complete:
            self.publisher.mark(self.view, affected(before, after))

    def _finish(self, report: Finished) -> None:
        if report.error:
            self.remote.log(report.error, types.MessageType.Error)
        if report.error or report.loaded:
            self.announcer.ended((report.error,) if report.error else ())
        if report.loaded:
            seconds = round(time.monotonic() - self._begun, 3)
            complete = self.view.snapshot.with_complete()
            self.view = replace(self.view, snapshot=complete, reading_seconds=seconds)
            self._read_imported(self.view.by_path)
            for path in self.view.by_path:
                if path in self.view.snapshot.files:
                    self._read_beside(path)
            self._progress.end()
            self.publisher.mark_all(self.view)
            gc.freeze()  # what has been read stays; looking for garbage in it would be in vain
            gc.set_threshold(*GARBAGE_THRESHOLDS)
        if self.view.snapshot.complete and not report.error:
            self._pass_on()

    def _show_progress(self) -> None:
        if self.view.client.progress:
            self._progress.begin()

    def _refresh(self) -> None:
        if self.view.client.refresh_diagnostics:
            self.remote.refresh_diagnostics()
