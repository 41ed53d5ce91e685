from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.features.checking import check_diagnostics
from tests.lsp.workspace.fixtures import fixture

PROJECT = """
#- train.py
import model, sys
from hpman.m import _, hp
{0}
_("steps", 10)
#- model.py
from hpman.m import _
_("width", 64); _("depth", 2)
#- other.py
from hpman.m import _
_("seed", 1)
"""


def test_a_file_that_is_imported_and_not_parsed_is_told_at_its_first_default() -> None:
    at = fixture(PROJECT.format("_.parse_file(__file__)"))
    check_diagnostics(PROJECT.format("_.parse_file(__file__)"), "model.py:2 unparsed-file width")
    (one,) = [each for each in diagnostics(at.snapshot, "/w/model.py") if each.code == "unparsed-file"]
    assert one.message == (
        "train.py imports this file, but its `_.parse_file` does not read it: `width` is not known before it runs; "
        "parse this file too"
    )
    assert (one.severity, one.related[0].path) == ("hint", "/w/train.py")


@pytest.mark.parametrize(
    "parse",
    [
        "",
        "hp.parse_file(__file__)",
        "_.parse_file('.')",
        "_.parse_file([__file__, 'model.py'])",
        "_.parse_file(sys.argv[1])",
        "_.parse_file(__file__); _.parse_file(sys.argv[1])",
    ],
)
def test_it_is_silent_where_the_file_may_be_parsed_or_nothing_is(parse: str) -> None:
    check_diagnostics(PROJECT.format(parse))


def test_the_file_that_says_what_is_parsed_is_not_told_of_itself() -> None:
    check_diagnostics(PROJECT.format("_.parse_file('model.py')"))


def test_a_notebook_is_not_told_for_nothing_can_parse_it() -> None:
    text = PROJECT.format("_.parse_file(__file__)").replace("model.py", "model.ipynb")
    check_diagnostics(text)


def test_explicit_scopes_decide() -> None:
    project = '#- pyproject.toml\n[tool.hpman.scopes]\ntrain = ["train.py", "model.py"]\n'
    check_diagnostics(project + PROJECT.format("_.parse_file(__file__)").lstrip())


def test_a_file_without_defaults_is_silent() -> None:
    check_diagnostics(
        PROJECT.format("_.parse_file(__file__)").replace('_("width", 64); _("depth", 2)', '_("steps")')
    )
