"""Hands exported values to the processes that multiprocessing starts, whichever way it starts them.

A fork server, and what it forks, have the environment that the server was born with. So the values also travel with
each process: multiprocessing copies the configuration of a process to those that it starts. That name is private: where
it is missing, the environment is all there is.
"""

from __future__ import annotations

import sys
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_KEY = "hpman"


class Handed:
    """Values on their way to a worker; where they are unpickled, they are taken over.

    text: the values, as in the environment. take: takes such a text over; a function of a module.
    """

    def __init__(self, text: str, take: Callable[[str], object]) -> None:
        self.text, self.take = text, take

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived, (self.text, self.take)


def hand_on(text: str, take: Callable[[str], object]) -> None:
    """Let all processes that multiprocessing starts from now on take a text over; warn of those that run already."""
    process: Any = sys.modules.get("multiprocessing.process")
    if process is None:  # there is no process, and the fork server's environment will be that of then
        return
    config = getattr(process.current_process(), "_config", None)
    before = config.get(_KEY) if isinstance(config, dict) else None
    if isinstance(config, dict):
        config[_KEY] = Handed(text, take)
    if before is None or before.text != text:
        _warn(deaf=not isinstance(config, dict))


def _warn(deaf: bool) -> None:
    names = [one.name for one in sys.modules["multiprocessing.process"].active_children()]
    running = sorted(
        name for name in names if "Manager" not in name
    )  # those serve, and read no hyperparameter
    server: Any = sys.modules.get("multiprocessing.forkserver")
    if deaf and getattr(getattr(server, "_forkserver", None), "_forkserver_pid", None) is not None:
        running.append("the fork server, with all that it starts")
    if running:
        warnings.warn(
            f"export_values: processes that run already keep the values that they have ({', '.join(running)}): "
            "export before they are started, or start new ones",
            RuntimeWarning,
            stacklevel=5,
        )


def _arrived(text: str, take: Callable[[str], object]) -> Handed:
    try:
        take(text)
    except Exception as error:  # noqa: BLE001 - a value must never keep a process from starting
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # nor must a warning that is an error
            warnings.warn(f"the exported values cannot be taken over: {error}", RuntimeWarning, stacklevel=1)
    return Handed(text, take)
