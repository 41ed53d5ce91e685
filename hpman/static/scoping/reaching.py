"""Which bindings of a name may be in force where it is used."""

from __future__ import annotations

from collections.abc import Iterable

from hpman.static.facts import Binding


def in_force(bindings: Iterable[Binding], at: int, deferred: bool) -> tuple[Binding, ...]:
    """Give the bindings of one scope that a use of the name may meet, in the order in which they come about.

    at: the use's offset.
    deferred: it stands in a function that may run at any time after it is defined, when all that follows
        may have happened too.

    Returns none where the name is not bound yet.
    """
    met: list[Binding] = []
    later: list[Binding] = []
    for one in sorted(bindings, key=lambda one: (one.since, one.span)):
        if one.kind == "annotation":
            continue
        if one.since > at and one.again is not None and one.again <= at:
            met.append(one)  # of an earlier round of a loop
        elif one.since > at:
            later.append(one)
        elif is_certain(one, at):
            met = [one]
        else:
            met.append(one)
    return (*met, *later) if deferred else tuple(met)


def is_certain(binding: Binding, at: int) -> bool:
    """Tell whether a binding has come about if an offset is reached."""
    return binding.since <= at and (binding.until is None or at < binding.until)
