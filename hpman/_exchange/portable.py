"""A manager as something that goes elsewhere: copied, pickled, shared by a process, handed to others.

What only a few programs do is imported when it is done.
"""

from __future__ import annotations

import os

from hpman._exchange import environment
from hpman._store.store import LOCK
from hpman.primitives import ExportError, ImpossibleTree, InvalidArgumentError, InvalidNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from hpman._store.store import Store

_SHARED: dict[str, Any] = {}  # the process's managers, by placeholder


class Portable:
    """What a manager does to be copied and pickled: a process has one of each placeholder, which stays the one.

    Its copies are itself. What is unpickled is the process's manager too, or, in a worker that was given it, one that
    stands for it, and has the parent's values in force as long as it is there. A manager of one's own is copied whole.
    """

    __slots__ = ()

    strict: bool
    _placeholder: str
    _store: Store

    @classmethod
    def _shared(cls, placeholder: str) -> Any:
        """Return the process's manager of a placeholder; when it is made, it takes over what the process inherits."""
        with LOCK:
            if placeholder not in _SHARED:
                manager = cls(placeholder)  # type: ignore[call-arg] # a manager's, which this is a part of
                if environment.VARIABLE in os.environ:
                    _take(manager, os.environ)
                _SHARED[placeholder] = manager
            return _SHARED[placeholder]

    @classmethod
    def _take_over(cls, text: str) -> None:
        """Let values be in force that an export wrote, in a process that was started with them."""
        environ = {environment.VARIABLE: text}
        for placeholder in environment.placeholders(environ):
            _take(cls._shared(placeholder), environ)
        if len(text.encode()) <= environment.LIMIT:  # for what this process starts
            os.environ.update(environ)

    @classmethod
    def _arrived(cls, placeholder: str, pid: int) -> Any:
        """Return what a pickle of the process's manager gives here; `__setstate__` does the rest."""
        from hpman._store.started import is_worker_of  # noqa: PLC0415

        manager = cls._shared(placeholder)
        return manager._standing_in() if is_worker_of(pid) else manager

    def _export(self, environ: Any) -> None:
        from hpman._exchange import workers  # noqa: PLC0415
        from hpman._store import handing  # noqa: PLC0415

        text = environment.export(self._placeholder, handing.ranked(self._store), environ)
        if environ is None:
            workers.hand_on(text, self._take_over)

    def _is_shared(self) -> bool:
        """Whether this is the process's manager, or stands for it."""
        manager = _SHARED.get(self._placeholder)
        return manager is not None and manager._store is self._store

    def _standing_in(self) -> Any:
        """Return another manager with the same store."""
        guest = type(self).__new__(type(self))
        slots: tuple[str, ...] = type(self).__slots__
        for slot in slots:
            if slot != "__weakref__":
                setattr(guest, slot, getattr(self, slot))
        return guest

    def __reduce__(self) -> tuple[Any, ...]:
        from hpman._exchange import pickling  # noqa: PLC0415

        carried = {**pickling.carried(self._store), "strict": self.strict}
        if self._is_shared():
            return type(self)._arrived, (self._placeholder, carried["pid"]), carried
        return type(self), (self._placeholder, self._store.separator), carried

    def __setstate__(self, carried: Mapping[str, Any]) -> None:
        from hpman._exchange import pickling  # noqa: PLC0415
        from hpman._store import handing  # noqa: PLC0415

        if self._is_shared():
            pickling.arrive(self._store, carried["values"], carried["pid"], self)
        else:
            handing.take(self._store, carried["values"])
            manager: Any = self  # its slots are those of the class that this is a part of
            manager.strict = carried["strict"]

    def __copy__(self) -> Any:
        return self if self._is_shared() else self._copied(lambda value: value)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        from copy import deepcopy  # noqa: PLC0415 - whoever calls this has it

        return self if self._is_shared() else self._copied(lambda value: deepcopy(value, memo))

    def _copied(self, value_of: Callable[[Any], Any]) -> Any:
        from hpman._store import handing  # noqa: PLC0415

        made: Any = type(self)(self._placeholder, self._store.separator)  # type: ignore[call-arg]
        handing.copied(self._store, made._store, value_of)
        made.strict = self.strict
        return made


def _take(manager: Any, environ: Mapping[str, str]) -> None:
    from hpman._store import handing  # noqa: PLC0415 - in processes that inherit values only

    values = environment.ranked(manager.placeholder, environ)
    try:
        handing.take(manager._store, values)
    except (InvalidArgumentError, InvalidNameError, ImpossibleTree) as error:
        raise ExportError(
            f"the environment variable {environment.VARIABLE} cannot be applied: {error}"
        ) from error
