"""Rules about single calls, which the static parser decides: what parsing would refuse."""

from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, messages, silent


@pytest.mark.parametrize(
    ("code", "source", "underlined"),
    [
        ("name-not-literal", "_(name, 1)", "name"),
        ("name-not-literal", "_(1)", "1"),
        ("name-not-literal", '_(f"{x}", 1)', 'f"{x}"'),
        ("name-not-literal", "_(hp_name=n)", "n"),
        ("wrong-arguments", "_()", "_()"),
        ("wrong-arguments", "_(hp_value=1)", "_(hp_value=1)"),
        ("wrong-arguments", '_("a", 1, 2)', '_("a", 1, 2)'),
        ("wrong-arguments", '_("a", *x)', '_("a", *x)'),
        ("wrong-arguments", '_("a", 1, hp_value=2)', '_("a", 1, hp_value=2)'),
        ("hint-not-literal", '_("a", 1, choices=C)', "C"),
        ("hint-not-literal", '_("a", 1, type=float)', "float"),
        ("hint-not-literal", '_("a", 1, **hints)', "hints"),
        ("bad-literal", '_("a", {[]: 1})', "{[]: 1}"),
        ("bad-name", '_("", 1)', '""'),
        ("bad-name", '_("a..b")', '"a..b"'),
        ("bad-name", '_.set_value(".a", 1)', '".a"'),
        ("bad-name", '_.set_values({"a.": 1})', '"a."'),
        ("bad-name", '_.get_value("a.")', '"a."'),
        ("default-not-literal", '_("a", make())', "make()"),
    ],
)
def test_a_call_that_is_wrong_is_told_where_it_is(code: str, source: str, underlined: str) -> None:
    check(code, IMPORT + source, f"main.py:2: {underlined}")


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("name-not-literal", '_("a" "b", 1)'),
        ("name-not-literal", "_.get_value(name); _.set_value(name, 1); _.exists(name)"),
        ("wrong-arguments", '_("a", 1, help="h", choices=[1, 2])'),
        ("wrong-arguments", '_(hp_name="a", hp_value=1)'),
        ("hint-not-literal", '_("a", make(), choices=[1, (2, None)], help="a" "b")'),
        ("bad-literal", '_("a", {(): [1, {2}]})'),
        ("bad-literal", '_("a", make({[]: 1}))'),
        ("bad-name", '_("a.b_c.d", 1); _.exists("a."); _.get_value("a.", False)'),
        ("default-not-literal", '_("a", -1e-3); _("b", [1, {"c": None}]); _("d", "x" "y"); _("e")'),
        ("default-not-literal", '_("a", {[]: 1})'),
        ("default-not-literal", '_("a", make('),
    ],
)
def test_a_call_that_is_right_is_passed_over(code: str, source: str) -> None:
    silent(code, source)


@pytest.mark.parametrize("source", ["from gettext import gettext as _\n", "def f(_):\n  ", "for _ in x:\n  "])
def test_what_is_no_manager_may_be_called_in_any_way(source: str) -> None:
    for code in ("name-not-literal", "wrong-arguments", "hint-not-literal", "bad-literal", "bad-name"):
        check(code, f'{source}_(name); _(); _("a", 1, 2); _("a..b", {{[]: 1}}, h=x)')


def test_a_message_says_what_and_what_to_do() -> None:
    assert messages("bad-name", IMPORT + '_("a..b")') == [
        "`a..b` has an empty part: each part between `.` needs a name"
    ]
    (told,) = messages("bad-literal", IMPORT + '_("a", {[]: 1})')
    python_says = "unhashable type: 'list'"  # from 3.14 on with more around it
    assert told.startswith("Python cannot build this literal: ")
    assert python_says in told
    assert told.endswith(": write another value")
