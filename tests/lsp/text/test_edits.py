"""Edits by spans, against replacing one slice after the other from the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman.static.facts import Span
from hpman_lsp.text.edits import ConflictingEditsError, Edit, apply_edits


@given(
    text=st.text(max_size=20),
    cuts=st.lists(st.integers(0, 20), max_size=8),
    new=st.text(max_size=3),
)
def test_edits_apply_as_if_done_one_by_one_from_the_end(text: str, cuts: list[int], new: str) -> None:
    bounds = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=False)]
    expected = text
    for start, end in reversed(spans):
        expected = expected[:start] + new + expected[end:]
    assert apply_edits(text, [Edit(span, new) for span in reversed(spans)]) == expected


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("ab", [Edit(Span(1, 1), "x"), Edit(Span(1, 1), "y")]) == "axyb"


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(0, 9)], [(-1, 0)], [(2, 1)]])
def test_conflicting_edits_are_refused_with_their_spans(spans: list[tuple[int, int]]) -> None:
    edits = [Edit(Span(*span), "x") for span in spans]
    with pytest.raises(ConflictingEditsError) as caught:
        apply_edits("abc", edits)
    assert caught.value.edits == tuple(edits)
