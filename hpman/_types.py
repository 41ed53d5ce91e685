"""Types that only checkers ask for; nothing imports this at run time."""

from __future__ import annotations

from enum import Enum
from typing import Protocol, TypeVar

AnyEnum = TypeVar("AnyEnum", bound=Enum)
AnyEnum_co = TypeVar("AnyEnum_co", bound=Enum, covariant=True)
Value = TypeVar("Value")


class Copied(Protocol[AnyEnum_co]):
    """What a member of an enum has, by which a checker finds the enum rather than the one member."""

    def __copy__(self) -> AnyEnum_co: ...
