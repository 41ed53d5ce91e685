"""Long work on one thing at a time in a thread of its own, so that no request waits for it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Hashable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")


class _Job(NamedTuple):
    """work: gives what takes its result in the main thread."""

    subject: Hashable
    work: Callable[[], Callable[[], None]]


class Aside:
    """Of what is asked for about one subject only the latest counts: a burst of edits costs two readings at most.

    All of it is called in the main thread, but for the work itself.
    """

    def __init__(self, report: Callable[[Callable[[], None]], None]) -> None:
        """Take what hands a call over to the main thread."""
        self._report = report
        self._latest: dict[Hashable, _Job] = {}
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        Thread(target=self._run, name="values", daemon=True).start()

    def do(self, subject: Hashable, work: Callable[[], Result], take: Callable[[Result], None]) -> None:
        """Do work aside, and let its result be taken in the main thread, unless the subject has another one then."""
        job = _Job(subject, lambda: partial(take, work()))
        self._latest[subject] = job
        self._jobs.put(job)

    def forget(self, subject: Hashable) -> None:
        """Nobody wants to know any more."""
        self._latest.pop(subject, None)

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            if self._latest.get(job.subject) is job:
                self._report(partial(self._settle, job, self._done(job)))

    def _done(self, job: _Job) -> Callable[[], None] | None:
        try:
            return job.work()
        except Exception:  # noqa: BLE001 - a fault of ours costs one answer, and the thread lives on
            traceback.print_exc()
            return None

    def _settle(self, job: _Job, taken: Callable[[], None] | None) -> None:
        if self._latest.get(job.subject) is job:
            del self._latest[job.subject]
            if taken is not None:
                taken()
