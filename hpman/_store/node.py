"""All occurrences of one hyperparameter, and which of them decides its value."""

from __future__ import annotations

from hpman.primitives import EMPTY, PARSED, InvalidArgumentError

from .table import HyperParameterDB, check_row, format_place, refuse_second_default

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from .occurrence import HyperParameterOccurrence
    from .store import Store

    Rows: TypeAlias = tuple[HyperParameterOccurrence, ...]


def insert(rows: Rows, row: HyperParameterOccurrence) -> tuple[Rows, HyperParameterOccurrence | None]:
    """Put a row of a name where its priority says: highest first, later ones of the same behind.

    Parsed rows add up; of called and set ones there is one each, with and without a value. Gives all
    rows, and the one whose place was taken, if any.
    """
    priority, at = row.value_priority, 0
    while at < len(rows) and rows[at].value_priority >= priority:
        if rows[at].value_priority == priority and row.level != PARSED:
            return (*rows[:at], row, *rows[at + 1 :]), rows[at]
        at += 1
    return (*rows[:at], row, *rows[at:]), None


def enter(store: Store, row: HyperParameterOccurrence) -> None:
    """Put the first row of a name under it, and the name's parts into their branches."""
    name = row.name
    store.by_name[name] = (row,)
    while name:
        parent, _, part = name.rpartition(store.separator)
        parts = store.branches.setdefault(parent, {})
        if part in parts:
            break
        parts[part] = None
        name = parent


def leave(store: Store, row: HyperParameterOccurrence) -> None:
    """Take a row from under its name, and with the last one the name from its branches."""
    name = row.name
    rows = tuple(one for one in store.by_name.get(name, ()) if one is not row)
    if rows:
        store.by_name[name] = rows
        return
    if store.by_name.pop(name, None) is None:
        return
    while name and name not in store.by_name and name not in store.branches:
        parent, _, part = name.rpartition(store.separator)
        del store.branches[parent][part]
        if not store.branches[parent]:
            del store.branches[parent]
        name = parent


class HyperParamNode:
    """The occurrences of one name, the one that decides the value first.

    A set value comes before a called one, that before a parsed default, and among the parsed a default
    before a use without one. A node of a manager is live, and what is pushed to it reaches the manager.

    name: of the hyperparameter, with all its parts.
    """

    __slots__ = ("_own", "_owner", "name")

    def __init__(self, name: str = "", *, _owner: Store | None = None) -> None:
        self.name = name
        self._own: Rows = ()
        self._owner = _owner

    def push(self, occ: HyperParameterOccurrence) -> None:
        """Add an occurrence: parsed ones add up; of called and set ones there is one each.

        Raises InvalidArgumentError for an occurrence of another name than those before it.
        """
        check_row(occ)
        rows = self._rows
        if rows and occ.name != rows[0].name:
            raise InvalidArgumentError(f"this node holds `{rows[0].name}`, not `{occ.name}`")
        if self._owner is not None:
            self._owner.push(occ)
        else:
            self._own, _ = insert(self._own, occ)

    def get(self) -> HyperParameterOccurrence | None:
        """Give the occurrence that decides, or None where there is none."""
        rows = self._rows
        return rows[0] if rows else None

    @property
    def db(self) -> HyperParameterDB:
        """The occurrences in a table of its own, the one that decides first."""
        return HyperParameterDB(self._rows)

    @property
    def value(self) -> Any:
        """The value, or an `EmptyValue`: the stored object itself, not a copy.

        In a manager, a dict of which items were set has them in it.
        """
        row = self.get()
        if row is None or row.value is EMPTY or self._owner is None:
            return EMPTY if row is None else row.value
        return self._owner.held(self.name)

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        return self.value is EMPTY

    @classmethod
    def format_occurrence(cls, occurrence: HyperParameterOccurrence, **kwargs: Any) -> str:
        """Show the place of an occurrence and the lines around; keywords as in `SourceHelper`."""
        return format_place(occurrence, **kwargs)

    def _check_source_code_double_assigment(self, occ: HyperParameterOccurrence) -> None:
        """Raise DoubleAssignmentException if there is a parsed default; hpman 0.13 has this name too."""
        refuse_second_default(self._rows, occ)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<hyperparameter node `{self.name}`: {self.value!r}>"

    @property
    def _rows(self) -> Rows:
        return self._own if self._owner is None else self._owner.rows_of(self.name)
