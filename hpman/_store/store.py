"""The one store of a manager: its occurrences, and the index that answers by name.

The rows are the truth; the index and the cached values follow from them. The table (`_.db`) and the
tree (`_.tree`) are views.

One lock guards all stores. It is held while something is changed or derived, never while a file is
read; a value in `cache` is read without it.
"""

from __future__ import annotations

import os
from _thread import RLock

from hpman._names import checked, plain, prefixes
from hpman.primitives import CALLED, EMPTY, PARSED, SET, InvalidArgumentError, NotLiteralEvaluable

from . import node, shape
from .calls import LastCalls
from .managed import ManagedDB
from .occurrence import HyperParameterOccurrence
from .table import check_row, refuse_second_default
from .values import fresh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    from hpman.source_helper import SourceHelper

    Row: TypeAlias = HyperParameterOccurrence
    Parsed: TypeAlias = Sequence[tuple[str | None, Sequence[Row]]]
    Clash: TypeAlias = tuple[Row, Row]

LOCK = RLock()
if hasattr(os, "register_at_fork"):  # a child must not inherit a lock that another thread holds
    os.register_at_fork(before=LOCK.acquire, after_in_parent=LOCK.release, after_in_child=LOCK.release)


class Store:
    """Occurrences, by name and as a whole.

    separator: between the parts of a name.
    rows: all occurrences, in the order in which they came.
    by_name: the occurrences of each name, the one that decides first.
    branches: the parts that follow each branch, by its name; "" is the root.
    cache: values in force that need no copy, by name; copied: those of which each reader gets a copy.
    files: the rows of each file, by what identifies it; given: those whose text was given, not read from disk.
    calls: what each name was called with last.
    pending: what is to be done before anything else is, by whoever comes next; or None.
    """

    __slots__ = (
        "_is_stale",
        "branches",
        "by_name",
        "cache",
        "calls",
        "copied",
        "files",
        "given",
        "pending",
        "rows",
        "separator",
    )

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self.rows = ManagedDB(self)
        self.by_name: dict[str, node.Rows] = {}
        self.branches: dict[str, dict[str, None]] = {}
        self.cache: dict[str, Any] = {}
        self.copied: dict[str, Any] = {}
        self.calls = LastCalls()
        self.pending: Callable[[], None] | None = None
        self.given: set[str] = set()
        self.files: dict[str, Sequence[Row]] = {}
        self._is_stale = False

    def value(self, name: str) -> Any:
        """Give the value in force, copied, or EMPTY; a branch gives a dict of its parts."""
        if type(name) is not str:
            name = plain(name)
        held = self.cache.get(name, EMPTY)
        if held is not EMPTY:
            return held
        held = self.copied.get(name, EMPTY)
        if held is not EMPTY:
            return fresh(held)
        with LOCK:
            self.synchronize()
            if name in self.branches:
                return fresh(self.held(name)) if name else EMPTY
            rows = self.by_name.get(name)
            value = rows[0].value if rows else EMPTY
            copy = fresh(value)
            if value is not EMPTY and type(value) is not NotLiteralEvaluable:
                (self.cache if copy is value else self.copied)[name] = value
            return copy

    def held(self, name: str) -> Any:
        """Return the value in force, not copied, or EMPTY."""
        with LOCK:
            self.synchronize()
            return shape.merged(self, name, lambda leaf: leaf)

    def rows_of(self, name: str) -> node.Rows:
        """Give the occurrences of a name, the one that decides first."""
        with LOCK:
            self.synchronize()
            return self.by_name.get(name, ())

    def set(self, values: Mapping[str, Any], filename: str | None = None) -> None:
        """Set values by name: all of them, or none and an error.

        What was set of the items of a value gives way to the whole of it.
        """
        with LOCK:
            self.synchronize()
            stored = {checked(name, self.separator): fresh(value) for name, value in values.items()}
            for name, value in stored.items():
                if value is EMPTY:
                    raise InvalidArgumentError(f"`{name}` cannot be set to an EmptyValue, which is no value")
            held = {name: self._held(name, SET) for name in stored}
            rows = {  # but a value in the place of a value: it changes no shape
                name: self._row(name, stored[name], SET, None, filename)
                for name, row in held.items()
                if row is None or not row.has_default_value
            }
            self._check_together(rows)
            items = [item for name in stored for item in shape.items_set(self, name)]
            self._drop([item for item in items if item.name not in stored])
            for name, row in held.items():
                if row is None:
                    self._add(rows[name])
                else:
                    self._change(row, stored[name], None, filename)
            for name, given in zip(stored, values.values(), strict=True):
                self._keep(self.by_name[name][0], stored[name] is not given)

    def call(
        self, name: str, value: Any, hints: Mapping[str, Any], filename: str, lineno: int | None
    ) -> None:
        """Record a call with a default."""
        stored = fresh(value)
        with LOCK:
            self.synchronize()
            held = self._held(plain(name), CALLED)
            if held is None:
                held = self._row(name, stored, CALLED, hints, filename, lineno)
                self._check(held)
                self._add(held)
            else:
                if held.name in self.branches:  # it may be no dict now, though items of it were set
                    self._check(self._row(name, stored, CALLED, hints, filename, lineno))
                self._change(held, stored, hints, filename, lineno)
            self.calls.note(held.name, stored, hints, stored is not value)
            self._keep(held, stored is not value)

    def push(self, row: Row, source_helper: SourceHelper | None = None) -> None:
        """Add a row, as the views' `push_occurrence` does: all of it, or nothing and an error."""
        check_row(row)
        with LOCK:
            self.synchronize()
            name = checked(row.name, self.separator)
            if row.level not in (PARSED, CALLED, SET):
                raise InvalidArgumentError(f"the row of `{name}` has no priority: {row!r}")
            row = row if row.owner is None else row.copy()
            if source_helper is not None:
                row.source_helper = source_helper
            if row.level == PARSED:
                refuse_second_default(self.by_name.get(name, ()), row)
            self._check(row)
            self._add(row)

    def replace_files(self, parsed: Parsed) -> list[Clash]:
        """Put the rows of files in the place of those that they had: all, or none.

        parsed: what identifies each file (None for text that only adds up), and its rows.

        Gives the pairs of rows that cannot stand side by side, the new one first; if none, it is done.
        """
        with LOCK:
            gone, clashes = self._tried(parsed)
            if clashes:
                self._derive(self.rows)
                return clashes
            self.rows.drop(gone)
            self.rows.take([row for _, rows in parsed for row in rows])
            self.files.update((file, rows) for file, rows in parsed if file is not None)
            return []

    def clashes(self, parsed: Parsed) -> list[Clash]:
        """Give what `replace_files` would, and change nothing."""
        with LOCK:
            _, clashes = self._tried(parsed)
            self._derive(self.rows)
            return clashes

    def postpone(self, change: Callable[[], None]) -> None:
        """Let a change be made by whoever comes next: it may be asked for while another one is being made."""
        self.pending = change
        self._forget_all()

    def row_changed(self) -> None:
        """Forget what follows from the rows: a row's name, value or priority is another now."""
        with LOCK:
            self._is_stale = True
            self._forget_all()

    def synchronize(self) -> None:
        """Do what is pending, and derive what follows from the rows, if a row was changed."""
        if self.pending is not None:
            pending, self.pending = self.pending, None
            pending()
        if self._is_stale:
            self._derive(self.rows)

    def _row(
        self,
        name: object,
        value: Any,
        level: int,
        hints: Any,
        filename: str | None,
        lineno: int | None = None,
    ) -> Row:
        plain = checked(name, self.separator)
        return HyperParameterOccurrence.recorded(plain, value, level, filename, lineno, hints)

    def _held(self, name: str, level: int) -> Row | None:
        """Give the one row that a name has of a level, called or set."""
        for row in self.by_name.get(name, ()):
            if row.level == level:
                return row
        return None

    def _change(
        self, row: Row, value: Any, hints: Any, filename: str | None, lineno: int | None = None
    ) -> None:
        """Let a row say something else; whoever holds it sees it."""
        row.record(value, hints, filename, lineno)
        if self.by_name[row.name][0] is row:
            self._forget(row.name)

    def _keep(self, row: Row, is_copied: bool) -> None:
        """Let a value that was just stored be found without a lock, if it decides: a compiler traces who reads it."""
        is_known = row.value is not EMPTY and type(row.value) is not NotLiteralEvaluable
        if is_known and row.name not in self.branches and self.by_name[row.name][0] is row:
            (self.copied if is_copied else self.cache)[row.name] = row.value

    def _drop(self, gone: Sequence[Row]) -> None:
        """Take rows out."""
        for row in gone:
            self._leave(row)
        self.rows.drop(gone)

    def _check(self, row: Row) -> None:
        other = shape.clash(self, row)
        if other is not None:
            raise shape.error(row, other)

    def _check_together(self, rows: Mapping[str, Row]) -> None:
        for row in rows.values():
            self._check(row)
            for prefix in prefixes(row.name, self.separator):
                if prefix in rows:
                    raise shape.error(row, rows[prefix])

    def _add(self, row: Row) -> None:
        replaced = self._index(row)
        if replaced is None:
            self.rows.take([row])
        else:
            self.rows.exchange(replaced, row)

    def _tried(self, parsed: Parsed) -> tuple[list[Row], list[Clash]]:
        """Index rows in the place of those that their files had; return these, and what clashes."""
        self.synchronize()
        gone = [row for file, _ in parsed if file is not None for row in self.files.get(file, ())]
        for row in gone:
            self._leave(row)
        new = [row for _, rows in parsed for row in rows]
        return gone, [(row, other) for row in new if (other := self._parsed(row)) is not None]

    def _parsed(self, row: Row) -> Row | None:
        """Index a parsed row, or give the one beside which it cannot stand."""
        other = shape.clash(self, row)
        if other is None and row.has_default_value:
            other = next(
                (one for one in self.by_name.get(row.name, ()) if one.value_priority == PARSED * 10), None
            )
        if other is None:
            self._index(row)
        return other

    def _derive(self, rows: Iterable[Row]) -> None:
        self.by_name, self.branches = {}, {}
        self._forget_all()
        for row in rows:
            self._index(row)
        self._is_stale = False

    def _index(self, row: Row) -> Row | None:
        """Put a row under its name, and give the one whose place it takes, if any."""
        name = row.name
        if row.level == CALLED:
            self.calls.forget(name)
        rows = self.by_name.get(name)
        if rows is not None:
            self.by_name[name], replaced = node.insert(rows, row)
            if self.by_name[name][0] is not rows[0]:
                self._forget(name)
            return replaced
        if self.cache or self.copied:
            self._forget(name)
        node.enter(self, row)
        return None

    def _leave(self, row: Row) -> None:
        """Take a row from under its name; what this costs does not depend on other names."""
        self._forget(row.name)
        node.leave(self, row)

    def _forget(self, name: str) -> None:
        self.cache.pop(name, None)
        self.copied.pop(name, None)
        if self.separator in name:
            for prefix in prefixes(name, self.separator):
                self.cache.pop(prefix, None)
                self.copied.pop(prefix, None)

    def _forget_all(self) -> None:
        self.calls.clear()
        self.cache.clear()
        self.copied.clear()
