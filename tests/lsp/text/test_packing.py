"""A packed text is the same text, and so is its table."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hpman_lsp.text.lines import ENCODINGS, Encoding, Lines
from hpman_lsp.text.packing import Packed, PackedLines

TEXTS = st.text(alphabet="ab\n\r\f\x85\u2028é漢😀\ud800", max_size=30) | st.text(alphabet="ab\n", max_size=30)
NUMBERS = st.integers(min_value=-1, max_value=40)


@given(text=TEXTS)
def test_a_packed_text_is_the_same_also_in_another_process(text: str) -> None:
    packed = Packed(text)
    assert packed.text == text
    assert pickle.loads(pickle.dumps(packed)) == packed == Packed(text)
    assert packed != Packed(text + " ")


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, at=NUMBERS, line=st.integers(0, 20))
@example(text="é\r\nb", at=3, line=0)
def test_its_table_answers_as_that_of_the_plain_text(
    text: str, at: int, line: int, encoding: Encoding
) -> None:
    plain, packed = Lines(text), PackedLines(Packed(text))
    assert packed.position(at, encoding) == plain.position(at, encoding)
    assert packed.offset(line, max(at, 0), encoding) == plain.offset(line, max(at, 0), encoding)
    assert (packed.start_of(line), packed.end_of(line)) == (plain.start_of(line), plain.end_of(line))
    assert (packed.text, packed.count, packed.length) == (plain.text, plain.count, plain.length)
    assert packed.line_of(at) == plain.line_of(at)
    assert packed.replaced(0, min(1, len(text)), "\n").text == plain.replaced(0, min(1, len(text)), "\n").text
