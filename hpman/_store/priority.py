"""What a value comes from, as an enumeration."""

from __future__ import annotations

from enum import IntEnum

from hpman import primitives


class HyperParameterPriority(IntEnum):
    """What an occurrence comes from; of a name's occurrences that have a value, the highest decides."""

    PRIORITY_PARSED_FROM_SOURCE_CODE = primitives.PARSED
    PRIORITY_SET_FROM_CALLABLE = primitives.CALLED
    PRIORITY_SET_FROM_SETTER = primitives.SET


P = HyperParameterPriority
