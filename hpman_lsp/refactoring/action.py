"""What a refactoring does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hpman_lsp.text.edits import Edit


class Action(NamedTuple):
    """A change of a program that leaves what it does, made as a whole.

    title: what it does, as an order.
    doubt: why it may change what the program does, in words: to be confirmed by the user.
    """

    title: str
    edits: Mapping[str, tuple[Edit, ...]]
    doubt: str | None = None
