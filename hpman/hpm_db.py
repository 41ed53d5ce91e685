"""The occurrences of hyperparameters, as a table and as a tree: the names that users import from here."""

from __future__ import annotations

from ._store.lambdas import HyperParameterDBLambdas, L
from ._store.node import HyperParamNode
from ._store.occurrence import HyperParameterOccurrence
from ._store.table import HyperParameterDB
from ._store.tree import HyperParamTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._store.priority import HyperParameterPriority, P

__all__ = [
    "HyperParamNode",
    "HyperParamTree",
    "HyperParameterDB",
    "HyperParameterDBLambdas",
    "HyperParameterOccurrence",
    "HyperParameterPriority",
    "L",
    "P",
]


def __getattr__(name: str) -> object:
    if name in ("HyperParameterPriority", "P"):  # they cost `enum`
        from ._store import priority  # noqa: PLC0415

        return getattr(priority, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
