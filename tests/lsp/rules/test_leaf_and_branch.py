from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, messages, silent

CODE = "leaf-and-branch"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('_("a", 1)', '_("a.b", 2)'),
        ('_("a", 1)', '_("a.b")'),
        ('_("a", {"b": 1})', '_("a.b.c")'),
        ('_("a", 1)', '_.set_value("a.b", 2)'),
        ('_("a", [1, 2])', '_.set_value("a.0", 2)'),
        ('_("a", "sgd")', '_.set_values({"a.lr": 2})'),
        ('_("a", {"b": 1})', '_.set_value("a.b.c", 2)'),
        ('_.set_value("a", 1)', '_("a.b", 2)'),
        ('_.set_value("a", 1)', '_("a.b")'),
        ('_.set_value("a", 1)', '_.set_value("a.b", 2)'),
        ('_.set_values({"a": 1})', '_.set_tree({"a": {"b": 2}})'),
    ],
)
def test_a_value_that_is_a_group_too_is_told_at_both_places(one: str, other: str) -> None:
    names = [source.split('"')[1] for source in (one, other)]
    found = messages(CODE, f"{IMPORT}{one}\n{other}")
    assert len(found) == 2, names
    assert all("rename one of them" in message for message in found)


@pytest.mark.parametrize(
    "source",
    [
        '_("a.b", 1); _("a.c", 1); _("a"); _.get_value("a")',
        '_("a", {"b": 1}); _.set_value("a.b", 2)',
        '_("a", {"b": 1}); _.get_value("a.b"); _.exists("a.b"); _.get_tree("a.b")',
        '_("a", {"b": {"c": 1}}); _.set_value("a.b.c", 2); _.set_value("a.x.y", 2)',
        '_("a", None); _.set_value("a.b", 2); _("x", make()); _.set_value("x.y.z", 2)',
        '_("a", {"b": None}); _.set_value("a.b.c", 2)',
        '_("a", 1); _("ab", 1); _("b.a", 1)',
        '_.set_tree({"a": {"b": 1, "c": 2}}); _("a.b"); _("a")',
    ],
)
def test_names_that_can_stand_side_by_side_are_passed_over(source: str) -> None:
    silent(CODE, source)


def test_programs_and_managers_do_not_mix() -> None:
    silent(CODE, 'from hpman.m import hp\n_("a", 1); hp("a.b", 1)')
    start = "from hpman.m import _\n_.parse_file(__file__)\n"
    check(CODE, f'#- one.py\n{start}_("a", 1)\n#- two.py\n{start}_("a.b", 1)')


def test_a_message_says_where_the_other_is() -> None:
    assert messages(CODE, f'#- one.py\n{IMPORT}import two; _("a", 1)\n#- two.py\n{IMPORT}\n_("a.b", 1)') == [
        "`a` is a value here, and a group with `a.b` in two.py:3: rename one of them",
        "`a.b` makes `a` a group, which is a value in one.py:2: rename one of them",
    ]


PARSED = f"{IMPORT}_.parse_file(__file__)\n"


@pytest.mark.parametrize("value", ["3", '{"b": 1}', "None", "{}"])
def test_a_value_that_is_asked_for_as_a_group_is_told(value: str) -> None:
    assert messages(CODE, f'{PARSED}_("a", {value})\n_.get_tree("a")') == [
        "`a` is a value in main.py:3, and no group: read it with `get_value`"
    ]


@pytest.mark.parametrize(
    "source",
    [
        '_("a.b", 1); _.get_tree("a")',
        '_("a", {"b": 1}); _.get_tree("a.b")',
        '_("a", 1); _.get_tree()["a"]',
        '_("a", 1); _.get_value("a")',
        '_("a", 1)\ntry: _.get_tree("a")\nexcept Exception: pass',
        '_.get_tree("a")',
    ],
)
def test_a_group_may_be_asked_for_as_one(source: str) -> None:
    check(CODE, PARSED + source)


def test_what_nothing_parses_may_be_asked_for_before_it_is_a_value() -> None:
    silent(CODE, '_.get_tree("a"); _("a", 1)')
