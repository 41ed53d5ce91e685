"""What a pickled manager carries, and what it does where it is unpickled."""

from __future__ import annotations

import os
import sys
from _thread import _local

from hpman._store import handing
from hpman._store.started import is_worker_of
from hpman._store.store import LOCK
from hpman.primitives import ExportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hpman._store.handing import Ranked
    from hpman._store.store import Store

# What pickles what `pickle` does not, if it is loaded.
_PICKLERS = ("pickle", "cloudpickle", "joblib.externals.cloudpickle", "ray.cloudpickle", "dill")
_ATOMS = frozenset({int, float, str, bool, bytes, complex, type(None)})
_TRYING = _local()  # whether a value is being tried in this thread: it may hold a manager itself


def carried(store: Store) -> dict[str, Any]:
    """Return what a pickle of a manager carries: its values in force, each with its rank.

    Defaults that cannot be pickled are left out. Raises ExportError for a set value that cannot be.
    """
    ranked = handing.ranked(store)
    for name, value in ranked["set"].items():
        fault = _fault(value)
        if fault is not None:
            raise ExportError(
                f"the set value of `{name}` cannot be pickled, and so the manager cannot: {fault}", name=name
            ) from fault
    for rank in ("called", "parsed"):
        ranked[rank] = {name: value for name, value in ranked[rank].items() if _fault(value) is None}
    return {"values": ranked, "pid": os.getpid()}


def arrive(store: Store, values: Ranked, pid: int, guest: object) -> None:
    """Take over what a pickle of the process's manager carries.

    In a worker of the process that pickled it, the values are in force as long as the unpickled manager, `guest`,
    is there. Anywhere else they are for names that have none: what was set here may be newer.
    """
    if is_worker_of(pid):
        _host(store, guest)
        handing.take(store, values)
    else:
        handing.fill(store, values)


class _Stay:
    """The guests of a store, and what it said before the first of them came."""

    def __init__(self, saved: handing.State) -> None:
        self.saved, self.guests = saved, 0


_STAYS: dict[int, _Stay] = {}  # by the id of the store, which lives as long as the process


def _host(store: Store, guest: object) -> None:
    from weakref import finalize  # noqa: PLC0415 - in workers that are given a manager only

    with LOCK:
        if id(store) not in _STAYS:
            _STAYS[id(store)] = _Stay(handing.state(store))
        _STAYS[id(store)].guests += 1
    finalize(guest, _leave, store).atexit = False


def _leave(store: Store) -> None:
    """Let a guest go; it may be the garbage collector that calls, while the store is being changed."""
    stay = _STAYS[id(store)]
    stay.guests -= 1
    if not stay.guests:
        del _STAYS[id(store)]
        store.postpone(lambda: handing.restore(store, stay.saved))


def _fault(value: Any) -> Exception | None:
    """Return why nothing that is loaded pickles a value; None if something does."""
    if _is_plain(value) or getattr(_TRYING, "now", False):
        return None
    _TRYING.now = True
    try:
        return _tried(value)
    finally:
        _TRYING.now = False


def _tried(value: Any) -> Exception | None:
    fault = None
    for name in _PICKLERS:
        dumps: Callable[[Any], bytes] | None = getattr(sys.modules.get(name), "dumps", None)
        try:
            if dumps is not None:
                dumps(value)
                return None
        except Exception as error:  # noqa: BLE001 - any error of any class
            fault = fault or error
    return fault


def _is_plain(value: Any) -> bool:
    return type(value) in _ATOMS or (type(value) is list and _ATOMS.issuperset(map(type, value)))
