"""Offsets and positions, judged by a model that counts one character after the other."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hpman_lsp.text.lines import ENCODINGS, Encoding, Lines
from hpman_lsp.text.packing import Packed, PackedLines

TEXTS = st.text(alphabet="ab\n\r\f\v\x85\u2028\x1c\té漢😀\ud800", max_size=30)
NUMBERS = st.integers(min_value=0, max_value=40)


def model_positions(text: str, encoding: Encoding) -> list[tuple[int, int]]:
    """The position of every offset of a text, and of its end."""
    positions, line, character = [], 0, 0
    for offset, point in enumerate(text):
        positions.append((line, character))
        if point == "\n" or (point == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, character = line + 1, 0
        elif point != "\r":
            character += model_width(point, encoding)
    return [*positions, (line, character)]


def model_width(point: str, encoding: Encoding) -> int:
    unit = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
    codec, size = unit[encoding]
    return len(point.encode(codec, "surrogatepass")) // size


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_every_offset_has_the_position_that_counting_gives(text: str, encoding: Encoding) -> None:
    lines = Lines(text)
    found = [lines.position(offset, encoding) for offset in range(len(text) + 1)]
    assert found == model_positions(text, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, start=NUMBERS, end=NUMBERS)
def test_a_range_is_the_positions_of_its_ends(text: str, start: int, end: int, encoding: Encoding) -> None:
    lines = Lines(text)
    expected = (*lines.position(start, encoding), *lines.position(end, encoding))
    assert lines.range(start, end, encoding) == expected
    assert PackedLines(Packed(text)).range(start, end, encoding) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_a_position_leads_back_to_its_offset(text: str, encoding: Encoding) -> None:
    lines = Lines(text)
    for offset, position in enumerate(model_positions(text, encoding)):
        inside_crlf = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        assert lines.offset(*position, encoding) == offset - inside_crlf


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=NUMBERS, character=NUMBERS)
def test_any_position_is_clamped_to_the_last_offset_not_behind_it(
    text: str, line: int, character: int, encoding: Encoding
) -> None:
    positions = model_positions(text, encoding)
    before = [offset for offset, at in enumerate(positions) if at <= (line, character)]
    expected = next(o for o, at in enumerate(positions) if at == positions[before[-1]])
    if line > positions[-1][0]:
        expected = len(text)
    assert Lines(text).offset(line, character, encoding) == expected


@given(text=TEXTS)
def test_lines_start_and_end_where_their_first_and_last_offsets_are(text: str) -> None:
    lines, positions = Lines(text), model_positions(text, "utf-32")
    assert lines.count == positions[-1][0] + 1
    for line in range(lines.count):
        offsets = [offset for offset, at in enumerate(positions) if at[0] == line]
        assert lines.start_of(line) == offsets[0]
        assert positions[lines.end_of(line)] == max(positions[offset] for offset in offsets)
    assert lines.start_of(lines.count) == len(text)


@given(text=TEXTS, cuts=st.tuples(NUMBERS, NUMBERS), new_text=TEXTS)
@example(text="a\rb", cuts=(2, 2), new_text="\n")
@example(text="a\rb\nc", cuts=(2, 3), new_text="")
@example(text="a\r\nb", cuts=(2, 2), new_text="x")
@example(text="a\r\nb", cuts=(1, 2), new_text="")
def test_a_replaced_span_gives_the_table_that_the_new_text_gives(
    text: str, cuts: tuple[int, int], new_text: str
) -> None:
    start, end = sorted(min(cut, len(text)) for cut in cuts)
    lines, expected = Lines(text).replaced(start, end, new_text), Lines(text[:start] + new_text + text[end:])
    assert lines.text == expected.text
    assert [lines.start_of(n) for n in range(lines.count)] == [
        expected.start_of(n) for n in range(expected.count)
    ]


@pytest.mark.parametrize(("offset", "line"), [(-1, 0), (0, 0), (3, 1), (99, 1)])
def test_an_offset_outside_the_text_is_clamped(offset: int, line: int) -> None:
    assert Lines("ab\ncd").line_of(offset) == line


def test_a_position_behind_the_last_character_without_a_line_end_is_the_texts_end() -> None:
    assert Lines("abc").offset(0, 3, "utf-16") == 3
    assert Lines("abc").offset(5, 0, "utf-16") == 3


def test_a_form_feed_ends_no_line() -> None:
    assert Lines("a = 1\n\fb = 2\n").position(8, "utf-16") == (1, 2)
