"""Rules that compare defaults with hints, and hints with each other."""

from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, messages, silent


@pytest.mark.parametrize(
    ("code", "source", "underlined"),
    [
        ("default-not-in-choices", '_("a", 3, choices=[1, 2])', "3"),
        ("default-not-in-choices", '_("a", "x", choices={"y": 1})', '"x"'),
        ("default-not-in-choices", '_("a", [1], choices=([2], [3]))', "[1]"),
        ("default-not-in-choices", '_("a", 3); _("a", choices=[1, 2])', "3"),
        ("default-out-of-range", '_("a", 3, range=[0, 1])', "3"),
        ("default-out-of-range", '_("a", -3, range=(0, 1))', "-3"),
        ("default-out-of-range", '_("a", 3, range=[None, 1])', "3"),
        ("default-out-of-range", '_("a", 3, max=2)', "3"),
        ("default-out-of-range", '_("a", 0.5, min=1, max=2)', "0.5"),
        ("default-not-of-type", '_("a", "1", type="int")', '"1"'),
        ("default-not-of-type", '_("a", 1.5, type="int")', "1.5"),
        ("default-not-of-type", '_("a", True, type="int")', "True"),
        ("default-not-of-type", '_("a", 1, type="str")', "1"),
    ],
)
def test_a_default_that_its_hint_forbids_is_told(code: str, source: str, underlined: str) -> None:
    check(code, IMPORT + source, f"main.py:2: {underlined}")


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("default-not-in-choices", '_("a", 1, choices=[1, 2])'),
        ("default-not-in-choices", '_("a", None, choices=[1, 2]); _("b", make(), choices=[1])'),
        ("default-not-in-choices", '_("a", 1, choices="abc"); _("b", 1, choices=C); _("c", 1, choices=3)'),
        ("default-not-in-choices", '_("a", 1, choices=[1, 2]); _("a", choices=[3])'),
        ("default-out-of-range", '_("a", 1, range=[0, 1], min=5); _("b", 0, range=(0, 1))'),
        (
            "default-out-of-range",
            '_("a", "x", range=[0, 1]); _("b", True, range=[5, 6]); _("c", None, min=1)',
        ),
        ("default-out-of-range", '_("a", 1, range=[5, 2]); _("b", 1, range=[5]); _("c", 1, range="56")'),
        ("default-out-of-range", '_("a", 1, range=["5", "6"]); _("b", 1, min=None)'),
        (
            "default-not-of-type",
            '_("a", 1, type="float"); _("b", (1,), type="list"); _("c", None, type="int")',
        ),
        ("default-not-of-type", '_("a", 1, type="Path"); _("b", 1, type=3); _("c", make(), type="int")'),
        ("conflicting-hints", '_("a", 1, choices=[1, 2]); _("a", choices=(1, 2), help="h")'),
        ("conflicting-hints", '_("a", 1, choices=C); _("a", choices=[1])'),
        ("conflicting-hints", 'from hpman.m import hp\n_("a", 1, help="x"); hp("a", 1, help="y")'),
    ],
)
def test_what_a_hint_allows_or_does_not_speak_of_is_passed_over(code: str, source: str) -> None:
    silent(code, source)


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('_("a", 0.5, range=(0, 1), scale="log")', "(0, 1)"),
        ('_("a", 0.5, range=(-1.0, 1.0), scale="log")', "(-1.0, 1.0)"),
        ('_("a", 0.5, min=0, max=1, scale="log")', "0"),
        ('_("a", -1.0, max=0, scale="log")', "0"),
        ('_("a", 0.5, range=(1, 0))', "(1, 0)"),
        ('_("a", 0.5, range=[9, 1], scale="log")', "[9, 1]"),
        ('_("a", 0.5, min=1, max=0, scale="log")', "1"),
        ('_("a", 4, range=(1, 9), step=2, scale="log")', "2"),
        ('_("a", 4, range=(1, 9), step=0)', "0"),
        ('_("a", 4, min=1, max=9, step=-1)', "-1"),
        ('_("a", 4, range=(0.5, 8.5))', "4"),
        ('_("a", 0, range=(0.0, 1.0))', "0"),
        ('_("a", 0, range=(0, 0.5))', "0"),
        ('_("a", -1, min=-1.5, max=2)', "-1"),
        ('_("a", 4, range=(1, 9), step=0.5)', "4"),
        ('_("a", 4); _("a", range=(0.5, 8.5))', "4"),
        ('_("a", range=(1, 0))', "(1, 0)"),
    ],
)
def test_hints_that_no_search_can_use_are_reported(source: str, underlined: str) -> None:
    check("hint-not-a-space", IMPORT + source, f"main.py:2: {underlined}")


def test_hints_of_two_calls_that_contradict_each_other_are_reported_at_both() -> None:
    source = '_("a", range=(0, 1)); _("a", 0.5, scale="log")'
    check("hint-not-a-space", IMPORT + source, "main.py:2: (0, 1)", 'main.py:2: "log"')


@pytest.mark.parametrize(
    "source",
    [
        '_("a", 1e-3, range=(1e-5, 1e-1), scale="log"); _("b", 8, range=(1, 64), scale="log")',
        '_("a", 0.5, range=(0, 1)); _("b", 0.5, range=(0.0, 1.0)); _("c", 3, range=(1, 1e6))',
        '_("a", 0.5, range=(0, 1), scale="linear"); _("b", 0.5, range=(0, 1), scale=2)',
        '_("a", 4, range=(1, 9), step=2); _("b", 0.5, range=(0, 1), step=0.25); _("c", 1, step=0.5)',
        '_("a", 4, range=(low(), 9.5), scale="log"); _("b", 4, range="0.5-8.5"); _("c", 4, range=[0.5])',
        '_("a", True, range=(0.0, 1.0)); _("b", None, range=(0.5, 1)); _("c", "x", range=(0.5, 1))',
        '_("a", 4, range=(None, 9), scale="log"); _("b", 4, min=0); _("c", 1, min=0.5); _("d", 4, step=0)',
        '_("a", 4, range=(3, 3)); _("b", 4, choices=[0.5, 4]); _("c", make(), range=(0.5, 1))',
        '_("a", 4, range=(0, 1, 2), scale="log"); _("b", [1], choices=[[1], (2,)]); _("c", 1, range=[10, 0])',
    ],
)
def test_hints_of_a_space_and_hints_of_another_kind_are_passed_over(source: str) -> None:
    silent("hint-not-a-space", source)


def test_hints_that_differ_are_told_at_both_places() -> None:
    source = f'#- a.py\n{IMPORT}import b; _("a", 1, choices=[1, 2])\n#- b.py\n{IMPORT}_("a", choices=[1], help="h")'
    check("conflicting-hints", source, "a.py:2: [1, 2]", "b.py:2: [1]")
    assert messages("conflicting-hints", source)[0] == (
        "`a` has another `choices` elsewhere, [1] in b.py:2: keep one of them"
    )


@pytest.mark.parametrize(
    ("code", "source", "message"),
    [
        (
            "default-not-in-choices",
            '_("a", "x", choices=["y", "z"])',
            'the default "x" of `a` is none of its choices ["y", "z"]: take one of them, or add it',
        ),
        (
            "default-out-of-range",
            '_("a", 3, max=2)',
            "the default 3 of `a` is more than 2: change it, or the hint",
        ),
        (
            "default-not-of-type",
            '_("a", "1", type="int")',
            'the default "1" of `a` is of type str, not int as its hint says: change one of them',
        ),
    ],
)
def test_a_message_says_both_sides_and_what_to_do(code: str, source: str, message: str) -> None:
    assert messages(code, IMPORT + source) == [message]
