from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman._names import alike, distance_from

NAMES = st.text("ab.C", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("batch_sise", ["batch_size", "lr"], ("batch_size",)),
        ("learning_rat", ["learning_rate"], ("learning_rate",)),
        ("modle", ["model", "mole", "xmodel"], ("model", "mole")),
        ("LR", ["lr", "wd"], ("lr",)),
        ("lr", ["wd", "le", "optim.lr"], ("optim.lr",)),
        ("optm.lr", ["optim.lr", "optim.wd"], ("optim.lr",)),
        ("depth", ["dept", "depths", "width", "depht"], ("depht", "dept", "depths")),
        ("lr", ["lr"], ()),
        ("alpha", ["beta", "gamma"], ()),
        ("", ["a"], ()),
    ],
)
def test_the_name_that_is_meant_is_found(name: str, known: list[str], meant: tuple[str, ...]) -> None:
    assert alike(name, known) == meant


@given(NAMES, NAMES)
def test_names_are_as_far_from_each_other_both_ways(one: str, other: str) -> None:
    assert distance_from(one)(other) == distance_from(other)(one)


@given(NAMES, st.lists(NAMES))
def test_the_three_nearest_are_found_in_whatever_order_names_come(name: str, known: list[str]) -> None:
    near = sorted((far, one) for one in {*known} - {name} if (far := distance_from(name)(one)) is not None)
    assert alike(name, known) == tuple(one for _, one in near[:3])


def test_a_name_that_is_not_usable_makes_room_for_the_next() -> None:
    known = ["aaaaab", "aaaaac", "aaaaad", "aaaaae"]
    assert alike("aaaaaa", known, lambda one: one != "aaaaab") == ("aaaaac", "aaaaad", "aaaaae")


def recurrence(one: str, other: str) -> int:
    """Give the optimal string alignment distance, as it is defined."""
    rows = [[i + j if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        rows[i][j] = min(
            rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
        )
        if one[i - 2 : i] == other[j - 2 : j][::-1] and min(i, j) > 1:
            rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", min_size=1, max_size=14), st.text("abc", min_size=1, max_size=14))
def test_the_distance_is_that_of_the_recurrence_as_far_as_it_counts(one: str, other: str) -> None:
    shorter, longer = sorted((len(one), len(other)))
    most = 0 if longer < 3 else 1 if shorter < 6 else 2 if shorter < 12 else 3
    slips = recurrence(one, other)
    assert distance_from(one)(other) == (slips if slips <= most else None)


def slipped(name: str) -> set[str]:
    """Everything that is one slip away."""
    letters = "abc."
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + letter + right for (left, right), letter in product(cuts, letters)),
        *(left + letter + right[1:] for (left, right), letter in product(cuts, letters) if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
    }


@given(st.text("abc.", min_size=4, max_size=5), st.data())
def test_one_slip_is_found_and_counted_as_one(name: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(sorted(slipped(name))))
    assert distance_from(name)(other) == (0 if other == name else 1)
