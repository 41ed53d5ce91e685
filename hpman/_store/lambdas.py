"""Functions to ask the table of occurrences with."""

from __future__ import annotations

from hpman.primitives import EMPTY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .table import Row, Where


class HyperParameterDBLambdas:
    """Functions for `select`, `sorted`, `apply` and the like: `_.db.select(L.of_name("lr"))`."""

    @staticmethod
    def value_priority(row: Row) -> int:
        """Sort key: what decides the value first."""
        return -row.value_priority

    @staticmethod
    def order_by(column: str) -> Callable[[Row], Any]:
        """Sort key: a column."""
        return lambda row: getattr(row, column)

    @staticmethod
    def has_default_value(row: Row) -> bool:
        """Rows that have a value."""
        return row.value is not EMPTY

    @staticmethod
    def exist_attr(attr: str) -> Where:
        """Rows for which something is recorded in a column."""
        return lambda row: row.get(attr) is not None

    @staticmethod
    def of_name(name: str) -> Where:
        """Rows of a hyperparameter."""
        return lambda row: row.name == name

    @staticmethod
    def of_name_prefix(prefix: str) -> Where:
        """Rows whose name begins with a text."""
        return lambda row: row.name.startswith(prefix)

    @staticmethod
    def of_name_suffix(suffix: str) -> Where:
        """Rows whose name ends with a text."""
        return lambda row: row.name.endswith(suffix)

    @staticmethod
    def of_value(value: Any) -> Where:
        """Rows of a value."""
        return lambda row: bool(row.value == value)

    @staticmethod
    def of_priority(priority: int) -> Where:
        """Rows of a priority."""
        return lambda row: row.priority == priority

    @staticmethod
    def apply_column(column: str, func: Callable[[Any], Any]) -> Callable[[Row], None]:
        """For `apply`: replace a column's value by what a function gives for it."""

        def change(row: Row) -> None:
            row[column] = func(row[column])

        return change

    @staticmethod
    def land(*args: Where) -> Where:
        """Rows for which all conditions hold."""
        return lambda row: all(holds(row) for holds in args)

    @staticmethod
    def lor(*args: Where) -> Where:
        """Rows for which any condition holds."""
        return lambda row: any(holds(row) for holds in args)

    @staticmethod
    def lnot(func: Where) -> Where:
        """Rows for which a condition does not hold."""
        return lambda row: not func(row)


L = HyperParameterDBLambdas
