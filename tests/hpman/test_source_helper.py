"""The lines of source around a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpman import SourceHelper, SourceNotFoundError

TEN = "\n".join(f"line {number}" for number in range(1, 11))


def test_lines_are_numbered_to_the_same_width_with_an_arrow_at_the_one_that_is_meant() -> None:
    shown = SourceHelper(TEN).format_lines(8, 10, 9)
    assert shown == "     8: line 8\n==>  9: line 9\n    10: line 10"
    assert SourceHelper(TEN).format_lines(1, 1, 1, indent_spaces=2) == "  ==> 1: line 1"


@pytest.mark.parametrize(
    ("lineno", "before", "after", "first", "last"),
    [
        (5, 5, 5, 1, 10),
        (1, 2, 0, 1, 1),
        (6, 1, 2, 5, 8),
        (10, 0, 9, 10, 10),
        (99, 1, 1, 9, 10),
        (0, 1, 1, 1, 2),
        (5, -1, -1, 5, 5),
    ],
)
def test_the_lines_around_end_where_the_source_ends(
    lineno: int, before: int, after: int, first: int, last: int
) -> None:
    shown = SourceHelper(TEN).format_line_with_context(lineno, before, after).splitlines()
    assert (shown[0].split()[-1], shown[-1].split()[-1]) == (str(first), str(last))
    arrow = [line for line in shown if line.startswith("==>")]
    assert arrow[0].split()[-1] == str(min(max(1, lineno), 10))


@pytest.mark.parametrize("lines", [(0, 2, 1), (1, 11, 1), (3, 2, 2), (2, 3, 1)])
def test_lines_that_are_not_there_are_refused(lines: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="are not in a source of 10 lines"):
        SourceHelper(TEN).format_lines(*lines)


def test_all_ways_to_ask_show_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(TEN)
    lines = SourceHelper(TEN).format_line_with_context(5)
    assert SourceHelper.format_given_source_and_lineno(TEN, 5) == lines
    assert SourceHelper.format_given_filename_and_source_and_lineno("a.py", TEN, 5) == f"a.py:5\n{lines}"
    assert SourceHelper(TEN).format_given_filename_and_lineno("a.py", 5) == f"a.py:5\n{lines}"
    assert SourceHelper.format_given_filepath_and_lineno(str(path), 5) == f"{path}:5\n{lines}"
    assert SourceHelper.from_file(path).source == TEN
    assert SourceHelper.from_file(path).lines[4] == "line 5"


def test_the_indent_is_that_of_all_lines() -> None:
    shown = SourceHelper.format_given_filename_and_source_and_lineno("a.py", TEN, 5, 1, 1, indent_spaces=3)
    assert shown == "   a.py:5\n       4: line 4\n   ==> 5: line 5\n       6: line 6"


@pytest.mark.parametrize("path", ["<unknown>", "<ipython-input-3>", "gone.py", None])
@pytest.mark.parametrize("lineno", [None, 1])
def test_a_place_that_is_no_file_is_shown_without_lines(path: str | None, lineno: int | None) -> None:
    assert SourceHelper.format_given_filepath_and_lineno(path, lineno) == f"{path}:1\n==> 1: "


def test_files_are_read_as_python_reads_source(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"# coding: latin-1\r\nx = '\xe4'\r")
    assert SourceHelper.from_file(path).source == "# coding: latin-1\nx = 'ä'\n"
    with pytest.raises(SourceNotFoundError):
        SourceHelper.from_file(tmp_path / "gone.py")
