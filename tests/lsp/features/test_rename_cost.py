"""What a rename costs, in Python calls: the same number each time, on any machine."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from hpman_lsp.features.rename import rename
from tests.lsp.workspace.fixtures import snapshot_of

HEADS = {
    "plain": "from hpman.m import _\n",
    "try": "try:\n    from hpman.m import _\nexcept ImportError:\n    from other import _\n",
}


def cost(head: str, dynamic: int) -> int:
    """Count the calls of a rename in a file with so many names that are made when it runs."""
    text = head + '_("lr", 1)\n' + "".join(f'_(f"layer_{{x{number}}}")\n' for number in range(dynamic))
    snapshot = snapshot_of({"/w/main.py": text})
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        found = rename(snapshot, "/w/main.py", text.index("lr"), "rate")
    finally:
        sys.setprofile(None)
    assert found is not None
    return count


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_rename_costs_no_more_for_each_dynamic_name_where_there_are_many(head: str) -> None:
    assert cost(head, 400) < 4.5 * cost(head, 100)


def test_an_import_in_a_try_makes_a_rename_cost_little_more() -> None:
    assert cost(HEADS["try"], 400) < 2.5 * cost(HEADS["plain"], 400)
