"""A progress bar on stderr, for a person who waits."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID
    from typing_extensions import Self

PATIENCE_SECONDS = 0.5  # before anything is shown: most work is done by then


class Progress:
    """Shows how much of something is done once it has taken a while; nothing unless stderr is a terminal.

    what: a participle, such as "reading".
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._starts = time.monotonic() + PATIENCE_SECONDS
        self._wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def report(self, done: int, total: int) -> None:
        """State how many of how many are done; cheap."""
        if self._bar is None and self._wanted and time.monotonic() >= self._starts:
            self._begin()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total or None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _begin(self) -> None:
        try:
            from rich.console import Console  # noqa: PLC0415 - slow to import, and rarely needed
            from rich.progress import Progress as Bar  # noqa: PLC0415
        except ImportError:
            self._wanted = False
            return
        self._bar = Bar(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self._what)
        self._bar.start()
