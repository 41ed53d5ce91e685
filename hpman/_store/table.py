"""The table of occurrences."""

from __future__ import annotations

from hpman.primitives import EMPTY, PARSED, DoubleAssignmentException, InvalidArgumentError

from .occurrence import HyperParameterOccurrence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from hpman.source_helper import SourceHelper

    Row: TypeAlias = HyperParameterOccurrence
    Where: TypeAlias = Callable[[Row], bool]


class HyperParameterDB(list[HyperParameterOccurrence]):
    """A list of occurrences that can be asked like a table.

    What gives rows gives them in a table of its own; the rows are the same objects.

    index_count: how many rows were pushed, and so the `index` of the next one.
    """

    index_count: int = 0

    def copy(self) -> HyperParameterDB:
        """Give a table of its own with the same rows."""
        return HyperParameterDB(self)

    def group_by(self, column: str) -> dict[Any, HyperParameterDB]:
        """Group the rows by a column's value, in order of first appearance; rows without a value are one group."""
        groups: dict[Any, HyperParameterDB] = {}
        for row in self:
            groups.setdefault(getattr(row, column), HyperParameterDB()).append(row)
        return groups

    def indexing(self, idx: int | list[int]) -> Row | HyperParameterDB:
        """Give the row at an index, or a table of those at a list of them; raises IndexError for anything else."""
        if isinstance(idx, int):
            return self[idx]
        if isinstance(idx, list):
            return HyperParameterDB(self[one] for one in idx)
        raise IndexError(f"an index is an int or a list of them, not {type(idx).__name__}: {idx!r}")

    def select(self, where: Where) -> HyperParameterDB:
        """Give the rows for which `where` holds."""
        return HyperParameterDB(row for row in self if where(row))

    def count(self, where: Where) -> int:  # type: ignore[override] # the table's meaning of the word
        """Count the rows for which `where` holds."""
        return sum(1 for row in self if where(row))

    def extract_column(self, column: str) -> list[Any]:
        """Give one column, as recorded: None where nothing was."""
        return [row[column] for row in self]

    def choose_columns(self, *columns: str) -> HyperParameterDB:
        """Give a table of new rows that have only these columns."""
        chosen = ({column: row[column] for column in columns} for row in self)
        return HyperParameterDB(map(HyperParameterOccurrence.of_columns, chosen))

    def apply(self, func: Callable[[Row], object]) -> HyperParameterDB:
        """Call a function that changes a row in place with each row, and give this table."""
        for row in self:
            func(row)
        return self

    def reduce(self, func: Callable[[Any, Row], Any], initial: Any = EMPTY) -> Any:
        """Fold the rows into one result, from `initial`, or else from the first row.

        Raises ValueError where there is neither.
        """
        rows = iter(self)
        result = initial if initial is not EMPTY else next(rows, EMPTY)
        if result is EMPTY:
            raise ValueError("no rows to reduce, and no initial value")
        for row in rows:
            result = func(result, row)
        return result

    def empty(self) -> bool:
        """Tell whether there are no rows."""
        return not self

    def sorted(self, key: Callable[[Row], Any], reverse: bool = False) -> HyperParameterDB:
        """Give the rows in the order of a key."""
        return HyperParameterDB(sorted(self, key=key, reverse=reverse))

    def any(self, func: Where) -> bool:
        """Tell whether a function holds for a row."""
        return any(map(func, self))

    def all(self, func: Where) -> bool:
        """Tell whether a function holds for all rows."""
        return all(map(func, self))

    def find_first(self, where: Where) -> Row | None:
        """Give the first row for which `where` holds, or None."""
        return next((row for row in self if where(row)), None)

    @classmethod
    def format_occurrence(cls, occurrence: Row, **kwargs: Any) -> str:
        """Show the place of an occurrence and the lines around; keywords as in `SourceHelper`."""
        return format_place(occurrence, **kwargs)

    def push_occurrence(self, occurrence: Row, *, source_helper: SourceHelper | None = None) -> None:
        """Add an occurrence.

        Parsed ones add up; a value that was called or set takes the place of the one before.

        source_helper: the source that it stands in, for messages.

        Raises DoubleAssignmentException for a second parsed default.
        """
        check_row(occurrence)
        if source_helper is not None:
            occurrence.source_helper = source_helper
        same = [
            at for at, row in enumerate(self) if row.name == occurrence.name and row.level == occurrence.level
        ]
        if occurrence.level == PARSED:
            refuse_second_default((self[at] for at in same), occurrence)
        elif same:
            occurrence.index = self[same[0]].index
            self[same[0]] = occurrence
            return
        occurrence.index = self.index_count
        self.index_count += 1
        self.append(occurrence)


def check_row(row: object) -> None:
    """Raise InvalidArgumentError for what is no row of a table."""
    if not isinstance(row, HyperParameterOccurrence):
        raise InvalidArgumentError(f"a row is a HyperParameterOccurrence, not {type(row).__name__}: {row!r}")


def refuse_second_default(rows: Iterable[Row], new: Row) -> None:
    """Raise DoubleAssignmentException if a row has a parsed default and the new one is another."""
    if not new.has_default_value:
        return
    for row in rows:
        if row.level == PARSED and row.has_default_value and row is not new:
            both = duplicate_default(new.name, format_place(row), format_place(new))
            raise DoubleAssignmentException(both, name=new.name)


def duplicate_default(name: str, first: str, second: str) -> str:
    """Say that a name has two default values; first and second show the places with their lines."""
    return (
        f"`{name}` must have one default value, and has two: remove one of them.\n"
        f"Duplicated default values:\nFirst occurrence:\n{first}\nSecond occurrence:\n{second}\n"
    )


def format_place(row: Row, **kwargs: Any) -> str:
    """Show `filename:lineno` of a row, and the lines around if its source is known."""
    lineno = row.lineno or 1
    helper: SourceHelper | None = getattr(row, "source_helper", None)
    if helper is None:
        return f"{row.filename}:{lineno}"
    return helper.format_given_filename_and_lineno(row.filename, lineno, **kwargs)
