from __future__ import annotations

from dataclasses import replace

import pytest

from hpman.static.facts import Span
from hpman_lsp.features.inlay_hints import inlay_hints
from hpman_lsp.workspace.configuration.display import Display
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import fixture


def shown(text: str, display: Display | None = None) -> str:
    """Give the file under the cursor with its hints in it, each in angle brackets."""
    at = fixture(text)
    snapshot = at.snapshot
    if display is not None:
        snapshot = snapshot.with_settings(replace(snapshot.settings, display=display))
    return with_hints(snapshot, at.path)


def with_hints(snapshot: Snapshot, path: str) -> str:
    text = snapshot.files[path].text
    for hint in reversed(inlay_hints(snapshot, path, Span(0, len(text)))):
        text = f"{text[: hint.offset]}<{hint.label}>{text[hint.offset :]}"
    return text.removeprefix(IMPORT)


def test_a_call_without_a_value_shows_the_one_behind_it() -> None:
    text = '#- a.py\n$0from hpman.m import _\nimport b\nprint(_("lr") * 2, _.get_value("lr"))\n#- b.py\nfrom hpman.m import _\n_("lr", 1e-3)\n'
    assert shown(text) == 'import b\nprint(_("lr")<= 1e-3> * 2, _.get_value("lr")<= 1e-3>)\n'


SHARED = """
#- train.py
{0}from hpman.m import _
import lib
_("lr", 0.1)
_("lr")
#- evaluate.py
from hpman.m import _
import lib
_("lr", 0.2)
#- lib.py
{1}from hpman.m import _
_("lr")
"""


def test_a_call_in_a_program_shows_its_value_and_none_where_programs_differ() -> None:
    assert shown(SHARED.format("$0", "")).endswith('_("lr")<= 0.1>\n')
    assert shown(SHARED.format("", "$0")).endswith('_("lr")\n')


def test_a_call_that_shows_its_value_has_no_hint() -> None:
    assert shown(IMPORT + '_("lr", 1e-3)\n_.set_value("x", 1)') == '_("lr", 1e-3)\n_.set_value("x", 1)'


def test_what_asks_for_something_else_than_the_value_has_no_hint() -> None:
    assert shown(IMPORT + '_("lr", 1); _.exists("lr")') == '_("lr", 1); _.exists("lr")'


def test_a_name_without_a_value_has_no_hint() -> None:
    assert shown(IMPORT + '_("lr")') == '_("lr")'


def test_where_the_source_gives_several_values_none_is_shown_as_the_truth() -> None:
    text = IMPORT + '_("lr", 1)\n_.set_value("lr", 2)\n_("lr")'
    assert shown(text) == '_("lr", 1)\n_.set_value("lr", 2)\n_("lr")'


def test_a_value_that_is_only_set_is_shown() -> None:
    assert shown(IMPORT + '_.set_value("lr", 2)\n_("lr")') == '_.set_value("lr", 2)\n_("lr")<= 2>'


WITH_VALUES = """
#- pyproject.toml
[tool.hpman]
value-files = ["configs/*.yaml"]
#- a.py
$0from hpman.m import _
_("lr", 1e-3)
_("lr")
"""


def test_a_value_file_goes_before_the_default() -> None:
    at = fixture(WITH_VALUES + "#- configs/a.yaml\n# of the paper\nlr: 0.5\n")
    assert with_hints(at.snapshot, at.path) == '_("lr", 1e-3)\n_("lr")<= 0.5>\n'
    assert [hint.tooltip for hint in inlay_hints(at.snapshot, at.path, Span(0, 99))] == [
        "set in configs/a.yaml:2"
    ]


def test_where_value_files_differ_none_is_shown_as_the_truth() -> None:
    text = WITH_VALUES + "#- configs/a.yaml\nlr: 0.5\n#- configs/b.yaml\nlr: "
    assert shown(text + "0.1\n") == '_("lr", 1e-3)\n_("lr")\n'
    assert shown(text + "0.5\n") == '_("lr", 1e-3)\n_("lr")<= 0.5>\n'


def test_what_the_source_sets_may_come_after_a_value_file() -> None:
    text = WITH_VALUES + '_.set_value("lr", 7)\n#- configs/a.yaml\nlr: 0.5\n'
    assert shown(text) == '_("lr", 1e-3)\n_("lr")\n_.set_value("lr", 7)\n'


def test_a_long_value_is_shortened_to_the_length_that_is_set() -> None:
    text = IMPORT + '_("names", ["adam", "sgd", "rmsprop"])\n_("names")'
    assert shown(text, Display(inlay_length=12)).endswith('_("names")<= ["adam", ...>')


def test_hints_can_be_switched_off() -> None:
    text = IMPORT + '_("lr", 1)\n_("lr")'
    assert shown(text, Display(inlay_hints=False)) == '_("lr", 1)\n_("lr")'


@pytest.mark.parametrize(
    ("table", "hint"),
    [("", "<= 1>"), ("inlay-hints = { enabled = false }", ""), ("inlay-hints = { max-length = 9 }", "<= 1>")],
)
def test_what_a_project_says_counts_for_its_files(table: str, hint: str) -> None:
    text = (
        f'#- a.py\n$0from hpman.m import _\n_("lr", 1)\n_("lr")\n#- pyproject.toml\n[tool.hpman]\n{table}\n'
    )
    assert shown(text) == f'_("lr", 1)\n_("lr"){hint}\n'


def test_only_the_part_of_the_file_that_is_asked_for_is_answered() -> None:
    at = fixture(IMPORT + '_("lr", 1)\n_("lr")\n_("lr")')
    end = len(at.files[at.path])
    assert [hint.offset for hint in inlay_hints(at.snapshot, at.path, Span(end - 2, end))] == [end]


def test_the_tooltip_tells_where_the_value_is_given() -> None:
    at = fixture(IMPORT + '_("lr", 1)\n_("lr")')
    assert [hint.tooltip for hint in inlay_hints(at.snapshot, at.path, Span(0, 99))] == [
        "default in main.py:2"
    ]
