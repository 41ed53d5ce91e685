"""What a refactoring does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hpman_lsp.text.edits import Edit


class Action(NamedTuple):
    """A change of a program that leaves what it does, made as a whole.

    title: what it does, as an order.
    """

    title: str
    edits: Mapping[str, tuple[Edit, ...]]
