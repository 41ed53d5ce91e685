"""Requests that are cancelled before anybody saw them: an editor that is typed in sends many at once.

They are found in the bytes, so that nothing of them is decoded. What is written otherwise than most clients write it is
found when it has its turn (`Inbox.is_cancelled`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_ID = rb'\s*"id"\s*:\s*(0|[1-9][0-9]{0,15})\s*'
_METHOD = rb'\s*"method"\s*:\s*'
_VERSION = rb'\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,'
_REQUEST = re.compile(_VERSION + _ID + b"," + _METHOD + b'"')
_CANCEL = re.compile(
    _VERSION + _METHOD + rb'"\$/cancelRequest"\s*,\s*"params"\s*:\s*\{' + _ID + rb"\}\s*\}\s*"
)


class Withdrawn(NamedTuple):
    """Requests that have only to be answered."""

    ids: list[int]


def without_cancelled(bodies: Sequence[bytes]) -> tuple[list[int], Sequence[bytes]]:
    """Take out of messages that came at once each request that a later one cancels, and that one with it.

    Returns: the ids of these requests, and all other messages.
    """
    cancels = {number: found[1] for number, body in enumerate(bodies) if (found := _CANCEL.fullmatch(body))}
    if not cancels:
        return [], bodies
    wanted, waiting = frozenset(cancels.values()), dict[bytes, int]()
    withdrawn: dict[int, int] = {}  # by the numbers of the messages that are done with
    for number, body in enumerate(bodies):
        if number in cancels:
            request = waiting.pop(cancels[number], None)
            if request is not None:
                withdrawn[request] = withdrawn[number] = int(cancels[number])
        elif (found := _REQUEST.match(body)) and found[1] in wanted:
            waiting[found[1]] = number
    ids = [one for number, one in withdrawn.items() if number in cancels]
    return ids, [body for number, body in enumerate(bodies) if number not in withdrawn]
