"""Hover and completion answer at every moment of typing, also where the file does not parse."""

from __future__ import annotations

import pytest

from hpman_lsp.features.completion import completion
from hpman_lsp.features.hover import hover
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import snapshot_of

MAIN, NAMES = "/w/main.py", "/w/names.py"
BEFORE = 'from hpman.m import _\n_("lr", 1)\n\n\n'
PROGRAM = (
    BEFORE
    + '''\
class A:
    """Doc."""

    def f(self, x: int) -> str:
        y = f"{_('lr')!r:>{x}}" + r'\\' + """three
        lines"""
        return _.get_value("lr") + x[_("lr", 2) :]  # it's


_.set_values({"lr": 1, 'seed': {"a": [1, 2]}})
if _("lr"):
    pass
'''
)


def edited(snapshot: Snapshot, text: str) -> Snapshot:
    return snapshot.with_files(
        {MAIN: source_file(MAIN, text, 1, snapshot.placeholders, snapshot.files.get(MAIN))}
    )


def test_they_answer_in_a_file_that_is_cut_anywhere() -> None:
    snapshot = edited(snapshot_of({MAIN: PROGRAM}), PROGRAM)
    for end in range(len(BEFORE), len(PROGRAM)):
        snapshot = edited(snapshot, PROGRAM[:end])
        hover(snapshot, MAIN, end)
        completion(snapshot, MAIN, end)
        above = hover(snapshot, MAIN, BEFORE.index("lr"))
        assert above is not None, end
        assert above.plaintext.startswith("lr: int"), end


def test_they_answer_in_a_file_that_lacks_any_one_character() -> None:
    snapshot = edited(snapshot_of({MAIN: PROGRAM}), PROGRAM)
    for at in range(len(BEFORE), len(PROGRAM)):
        snapshot = edited(snapshot, PROGRAM[:at] + PROGRAM[at + 1 :])
        hover(snapshot, MAIN, at)
        completion(snapshot, MAIN, at)
        above = hover(snapshot, MAIN, BEFORE.index("lr"))
        assert above is not None, at
        assert above.plaintext.startswith("lr: int"), at


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
@pytest.mark.parametrize("prefix", ["", "r", "R", "u"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("_(", ""),
        ("x = f(1, _( ", ""),
        ("_(", "\ny = 1\n"),
        ("_.get_value(", ""),
        ("_.get_value(\n    ", "\nz = [\n"),
        ("_.set_value(", ""),
        ("_.set_values({", ""),
        ("_.set_values({**x, ", "\n"),
        ("if 1:\n    while _(", "\n        pass\n"),
    ],
)
def test_a_string_that_is_begun_is_completed_in_its_quotes(
    before: str, after: str, prefix: str, quote: str
) -> None:
    start = f"from hpman.m import _\n{before}{prefix}{quote}"
    text = start + "l" + after
    snapshot = edited(snapshot_of({MAIN: "", NAMES: 'from hpman.m import _\n_("lr", 1)\n'}), text)
    (found,) = completion(snapshot, MAIN, len(start) + 1) or ()
    assert (found.label, found.new_text) == ("lr", "lr")
    assert found.replace == (len(start), len(start) + 1)


@pytest.mark.parametrize("text", ['_("l" "', "_('l' r'", '_("a", "', '_(f"', '_(b"', '_(x, "', "_([", '_({"'])
def test_nothing_is_offered_where_no_name_can_be_completed(text: str) -> None:
    text = "from hpman.m import _\n" + text
    snapshot = edited(snapshot_of({MAIN: "", NAMES: 'from hpman.m import _\n_("lr", 1)\n'}), text)
    assert not completion(snapshot, MAIN, len(text))
