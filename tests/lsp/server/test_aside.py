"""Long work aside: of one subject only the latest counts, and a fault ends nothing."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event

import pytest

from hpman_lsp.server.aside import Aside
from tests.lsp.server.client import DEADLINE


class Held:
    """An aside whose thread is held by a first piece of work until `free`; taken: the results, in order."""

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.begun: list[str] = []
        self._reports: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._gate = Event()
        self.aside = Aside(self._reports.put)
        started = Event()

        def wait() -> str:
            started.set()
            assert self._gate.wait(DEADLINE)
            return "first"

        self.aside.do("held", wait, self.taken.append)
        assert started.wait(DEADLINE)

    def do(self, subject: str, result: str) -> None:
        def work() -> str:
            self.begun.append(result)
            return result

        self.aside.do(subject, work, self.taken.append)

    def free(self) -> None:
        """Let all be done, and take what the main thread is to take."""
        self.aside.do("end", lambda: "end", self.taken.append)
        self._gate.set()
        while "end" not in self.taken:
            self._reports.get(timeout=DEADLINE)()


def test_of_what_waits_for_one_subject_only_the_latest_is_done() -> None:
    held = Held()
    for number in range(5):
        held.do("a", f"a{number}")
        held.do("b", f"b{number}")
    held.free()
    assert held.begun == ["a4", "b4"]
    assert held.taken == ["first", "a4", "b4", "end"]


def test_a_result_is_not_taken_once_there_is_newer_work_or_nobody_wants_it() -> None:
    held = Held()
    held.do("held", "second")
    held.do("a", "a")
    held.aside.forget("a")
    held.free()
    assert held.taken == ["second", "end"]


def test_work_that_fails_is_told_on_stderr_and_the_next_is_done(capfd: pytest.CaptureFixture[str]) -> None:
    held = Held()

    def fail() -> str:
        raise ValueError("a fault of ours")

    held.aside.do("a", fail, held.taken.append)
    held.do("b", "b")
    held.free()
    assert held.taken == ["first", "b", "end"]
    assert "a fault of ours" in capfd.readouterr().err
