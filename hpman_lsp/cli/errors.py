"""What ends a command early, and the exit codes."""

from __future__ import annotations

from typing import Final

OK: Final = 0
FINDINGS: Final = 1  # problems or differences: the command worked, and has something to say
BAD_INPUT: Final = 2  # a wrong argument, or a file that cannot be used; argparse's code too
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it


class CommandError(Exception):
    """What the user has to change; ends the program with `BAD_INPUT`.

    message: what is wrong, where, and what to do, without a full stop.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
