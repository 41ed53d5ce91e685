"""The thread that reads the workspace from disk. It knows no request and holds no state: it reports what it read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeAlias

from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading import loading
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile

# Files are looked at again at most this often, and never for more than a twentieth of the time.
CHECK_SECONDS = 2.0
CHECK_SHARE = 20


class Read(NamedTuple):
    """Some files were read; generation: of the loading that was current when they were asked for."""

    generation: int
    batch: Batch


class Finished(NamedTuple):
    """A task is over.

    loaded: it was a loading, so that all files of the workspace have been seen.
    error: a line for the log, if it ended early.
    """

    generation: int
    loaded: bool
    error: str | None


Report: TypeAlias = Read | Finished
Load: TypeAlias = Callable[[tuple[str, ...], Settings], Iterable[Batch]]


class _Task(NamedTuple):
    generation: int
    loads: bool
    batches: Callable[[], Iterable[Batch]]


class Indexer:
    """Runs tasks one at a time, off the main thread: each begins with a snapshot that holds what those before it read.

    Else one that looks again at a file would not know that the file, which is gone by now, had just been found.

    generation: the number of the last `load`; a task that was begun before it is given up.
    """

    def __init__(self, report: Callable[[Report], None], load: Load = loading.load) -> None:
        """Take the function that gets each report, in the indexer's thread, and the one that reads a workspace."""
        self.generation = 0
        self._report = report
        self._load = load
        self._tasks: SimpleQueue[_Task] = SimpleQueue()
        self._under_way = 0  # tasks whose end has not been taken
        self._paths: dict[str, None] = {}
        self._passes_on = self._checks = False
        self._next_check = 0.0

    def start(self) -> None:
        """Begin to work, in a thread."""
        Thread(target=self._run, name="indexer", daemon=True).start()

    def load(self, roots: tuple[str, ...], settings: Settings) -> None:
        """Read the workspace folders from the start; whatever waits is part of that."""
        self.generation += 1
        self._paths.clear()
        self._passes_on = self._checks = False
        self._begin(lambda: self._load(roots, settings), loads=True)

    def reread(self, paths: Iterable[str]) -> None:
        """Read files or folders that changed on disk, at the next `go_on`."""
        self._paths.update(dict.fromkeys(paths))

    def pass_on(self) -> None:
        """Read what matters only since a placeholder appeared, at the next `go_on`."""
        self._passes_on = True

    def check(self) -> None:
        """Look for files that changed on disk, at the next `go_on`."""
        self._checks = True

    def check_if_due(self) -> None:
        """Look for files that changed on disk, unless that was done a moment ago."""
        if time.monotonic() >= self._next_check:
            self.check()

    def ended(self, snapshot: Snapshot) -> None:
        """The end of a task has been taken."""
        self._under_way -= 1
        self.go_on(snapshot)

    def go_on(self, snapshot: Snapshot) -> None:
        """Begin what waits, unless something is under way: its end is the time for the next."""
        if self._under_way:
            return
        if self._paths:
            paths, self._paths = tuple(self._paths), {}
            self._begin(lambda: [loading.reread(snapshot, paths)])
        elif self._passes_on:
            self._passes_on = False
            self._begin(lambda: loading.passed_on(snapshot))
        elif self._checks:
            self._checks = False
            self._begin(lambda: self._changes(snapshot))

    def work(self) -> None:
        """Do the next task, as soon as there is one; in whatever thread is the indexer's."""
        task = self._tasks.get()
        error = self._work(task)
        self._report(Finished(task.generation, task.loads, error))

    def _begin(self, batches: Callable[[], Iterable[Batch]], loads: bool = False) -> None:
        self._under_way += 1
        self._tasks.put(_Task(self.generation, loads, batches))

    def _run(self) -> None:
        while True:
            self.work()

    def _work(self, task: _Task) -> str | None:
        try:
            for batch in _values_last(task.batches()):
                if task.generation != self.generation:
                    break
                for one in batch.slices():
                    self._report(Read(task.generation, one.packed()))
        except Exception as error:  # noqa: BLE001 - a fault in reading one thing must not end the thread
            return f"reading the workspace: {type(error).__name__}: {error}"
        return None

    def _changes(self, snapshot: Snapshot) -> Iterator[Batch]:
        started = time.monotonic()
        try:
            if paths := loading.changed(snapshot):
                yield loading.reread(snapshot, paths)
        finally:
            ended = time.monotonic()
            self._next_check = ended + max(CHECK_SECONDS, CHECK_SHARE * (ended - started))


def _values_last(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Give the value files at the end, and read: that can take long, and the main thread imports at the start."""
    files: dict[str, ValueFile | None] = {}
    last = Batch()
    for last in batches:
        files |= last.value_files
        yield replace(last, value_files={})
    if files:
        values = {path: file and file.read() for path, file in files.items()}
        yield Batch(value_files=values, done=last.done, total=last.total)
