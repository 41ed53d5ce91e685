"""The table of a manager: live, and changed only through the manager."""

from __future__ import annotations

from _bisect import bisect_left  # `bisect` is all Python around it

from hpman.primitives import InvalidArgumentError

from .table import HyperParameterDB

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    from hpman.source_helper import SourceHelper

    from .store import Store
    from .table import Row

_REFUSED = (
    "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort",
    "__delitem__", "__iadd__", "__imul__", "__setitem__",
)  # fmt: skip


class ManagedDB(HyperParameterDB):
    """The table of a manager's occurrences, in the order in which they came; always up to date.

    Rows may be changed in place, and pushed; both reach the manager. What else changes a list raises
    InvalidArgumentError: `copy()` gives a table of one's own.
    """

    def __init__(self, owner: Store) -> None:
        super().__init__()
        self._owner = owner

    def push_occurrence(self, occurrence: Row, *, source_helper: SourceHelper | None = None) -> None:
        """Add an occurrence to the manager.

        Raises DoubleAssignmentException, ImpossibleTree, InvalidNameError or InvalidArgumentError; then
        nothing is changed.
        """
        self._owner.push(occurrence, source_helper)

    def take(self, rows: list[Row]) -> None:
        """For the store: number and add rows."""
        for number, row in enumerate(rows, self.index_count):
            row.adopt(self._owner, number)
        self.index_count += len(rows)
        super().__setitem__(slice(len(self), None), rows)

    def drop(self, gone: Sequence[Row]) -> None:
        """For the store: take rows out; fast where they came together, as those of a file do."""
        if not gone:
            return
        ids = {id(row) for row in gone}
        numbers = [row.index for row in gone]
        first = bisect_left(self, min(numbers), key=_number)
        span = slice(first, bisect_left(self, max(numbers) + 1, first, key=_number))
        if sum(id(row) in ids for row in self[span]) < len(ids):  # somebody has numbered rows anew
            span = slice(None)
        super().__setitem__(span, [row for row in self[span] if id(row) not in ids])

    def exchange(self, old: Row, new: Row) -> None:
        """For the store: put a row in the place of another."""
        at = next(at for at, row in enumerate(self) if row is old)
        new.adopt(self._owner, old.index)
        old.adopt(None, old.index)
        super().__setitem__(at, new)

    def __reduce__(self) -> tuple[Any, ...]:
        return HyperParameterDB, (list(self),)

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return self.__reduce__()


def _number(row: Row) -> int:
    return row.index


def _refusal(method: str) -> Callable[..., NoReturn]:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise InvalidArgumentError(
            f"a manager's table has no {method}: use push_occurrence, or copy() for a table of your own"
        )

    refuse.__name__ = method
    return refuse


for _method in _REFUSED:
    setattr(ManagedDB, _method, _refusal(_method))
