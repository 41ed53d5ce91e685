"""How well a name answers what a user typed."""

from __future__ import annotations

_BOUNDARIES = "._-/ "


def score(query: str, name: str) -> int | None:
    """Rate a name that holds the query's characters in order, whatever their case; None if it does not.

    More is better: the whole name, then its beginning, then a segment's beginning, then a run anywhere, then
    scattered characters; of equal matches the shorter name.
    """
    wanted, have = query.lower(), name.lower()
    at = have.find(wanted)
    if at >= 0:
        rank = 4 if wanted == have else 3 if at == 0 else 2 if have[at - 1] in _BOUNDARIES else 1
    elif _scattered(wanted, have):
        rank = 0
    else:
        return None
    return rank * 1_000_000 - len(name)


def _scattered(wanted: str, have: str) -> bool:
    characters = iter(have)
    return all(one in characters for one in wanted)
