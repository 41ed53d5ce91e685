"""The thread that reads: one thing after the other, nothing twice, nothing that nobody wants any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest

from hpman_lsp.server.reading.indexing import Finished, Indexer, Read, Report
from hpman_lsp.text.packing import Packed
from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading import loading
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.server.client import DEADLINE

SNAPSHOT = Snapshot.empty((), Settings())


class Reports:
    """What an indexer reports, and how often it looked at the disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.looks = 0
        self.go_on = Event()
        self._reports: SimpleQueue[Report] = SimpleQueue()
        self.indexer = Indexer(self._reports.put, self._load)
        self.indexer.start()
        monkeypatch.setattr(loading, "changed", self._changed)

    def next(self) -> Report:
        """The next report; what it ends is taken at once."""
        report = self._reports.get(timeout=DEADLINE)
        if isinstance(report, Finished):
            self.indexer.ended(SNAPSHOT)
        return report

    def check(self) -> None:
        self.indexer.check()
        self.indexer.go_on(SNAPSHOT)

    def _load(self, roots: tuple[str, ...], _: Settings) -> Iterator[Batch]:
        yield Batch(done=1, total=2)
        assert self.go_on.wait(DEADLINE)
        if roots == ("broken",):
            raise OSError("gone")
        yield Batch(done=2, total=2)

    def _changed(self, _: Snapshot) -> tuple[str, ...]:
        self.looks += 1
        return ()


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reports]:
    reports = Reports(monkeypatch)
    yield reports
    reports.go_on.set()


def test_a_loading_reports_its_batches_and_its_end(reports: Reports) -> None:
    reports.go_on.set()
    reports.indexer.load((), Settings())
    assert [reports.next() for _ in range(3)] == [
        Read(1, Batch(done=1, total=2)),
        Read(1, Batch(done=2, total=2)),
        Finished(1, loaded=True, error=None),
    ]


def test_the_texts_of_files_that_were_read_are_packed(tmp_path: Path) -> None:
    path, text = tmp_path / "a.py", 'from hpman.m import _\n_("lr", 1)\n'
    path.write_text(text)
    reports = SimpleQueue[Report]()
    indexer = Indexer(reports.put)
    indexer.start()
    indexer.load((str(tmp_path),), Settings())
    read = [reports.get(timeout=DEADLINE) for _ in range(2)][1]
    assert isinstance(read, Read)
    file = read.batch.files[str(path)]
    assert file is not None
    assert (file.content, file.text) == (Packed(text), text)


def test_a_loading_is_given_up_when_another_is_wanted(reports: Reports) -> None:
    reports.indexer.load((), Settings())
    assert reports.next() == Read(1, Batch(done=1, total=2))
    reports.indexer.load((), Settings())
    reports.go_on.set()
    assert reports.next() == Finished(1, loaded=True, error=None)
    assert reports.next() == Read(2, Batch(done=1, total=2))


def test_a_loading_that_fails_says_why_and_the_thread_lives_on(reports: Reports) -> None:
    reports.go_on.set()
    reports.indexer.load(("broken",), Settings())
    reports.next()
    assert reports.next() == Finished(1, loaded=True, error="reading the workspace: OSError: gone")
    reports.check()
    assert reports.next() == Finished(1, loaded=False, error=None)


def test_looks_at_the_disk_that_wait_are_one(reports: Reports) -> None:
    reports.indexer.load((), Settings())
    reports.next()
    for _ in range(3):
        reports.check()
    reports.go_on.set()
    assert [type(reports.next()) for _ in range(3)] == [Read, Finished, Finished]
    assert reports.looks == 1
    reports.check()
    reports.next()
    assert reports.looks == 2


def test_a_look_that_is_not_due_is_not_taken(reports: Reports) -> None:
    reports.indexer.check_if_due()
    reports.indexer.go_on(SNAPSHOT)
    reports.next()
    reports.indexer.check_if_due()
    reports.indexer.reread(["/w/a.py"])
    reports.indexer.go_on(SNAPSHOT)
    assert [type(reports.next()) for _ in range(2)] == [Read, Finished]
    assert reports.looks == 1


def test_paths_that_change_one_after_the_other_are_read_at_once_and_after_what_is_under_way(
    reports: Reports,
) -> None:
    reports.indexer.load((), Settings())
    for name in ("a", "b"):
        reports.indexer.reread([f"/w/{name}.py"])
        reports.indexer.go_on(SNAPSHOT)
    reports.go_on.set()
    assert [type(reports.next()) for _ in range(5)] == [Read, Read, Finished, Read, Finished]
