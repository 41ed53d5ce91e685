"""Calls of a manager: name, default and hints, each with its exact place."""

from __future__ import annotations

import sys

import pytest

from tests.hpman.static.checking import check_occurrences, facts_of

PEP_701 = sys.version_info >= (3, 12)


@pytest.mark.parametrize(
    ("literal", "inside", "value", "plain"),
    [
        ('"lr"', "lr", "lr", True),
        ("'lr'", "lr", "lr", True),
        ('r"lr"', "lr", "lr", True),
        ('R"l\\r"', "l\\r", "l\\r", True),
        ('u"lr"', "lr", "lr", True),
        ('"""lr"""', "lr", "lr", True),
        ("'''l\nr'''", "l\nr", "l\nr", True),
        ('"l\\x72"', "l\\x72", "lr", False),
        ('"l\\\nr"', "l\\\nr", "lr", False),
        ('"\\N{DIGIT ONE}"', "\\N{DIGIT ONE}", "1", False),
        ('"l" "r"', 'l" "r', "lr", False),
        ('\'l\' r"""r"""', 'l\' r"""r', "lr", False),
        ('"l"  # why\n "r"', 'l"  # why\n "r', "lr", False),
        ('("lr")', "lr", "lr", True),
        ('(("l"\n"r"))', 'l"\n"r', "lr", False),
        ('"größe😀"', "größe😀", "größe😀", True),
        ('"it\'s"', "it's", "it's", True),
        ('"\\""', '\\"', '"', False),
        ('""', "", "", True),
        ('"l\\\r\nr"', "l\\\r\nr", "lr", False),
        ("'''l\r\nr'''", "l\r\nr", "l\nr", False),
    ],
)
def test_the_characters_of_a_name_are_those_inside_its_quotes(
    literal: str, inside: str, value: str, plain: bool
) -> None:
    text = f"é = 1; x = _({literal}, 1)\n"
    (one,) = facts_of(text).occurrences
    assert one.name is not None
    assert (one.name.value, text[slice(*one.name.span)], one.name.plain) == (value, inside, plain)
    assert text[slice(*one.name.literal)] == literal.strip("()")
    assert text[slice(*one.call)] == f"_({literal}, 1)"
    assert text[slice(*one.callee_span)] == "_"


@pytest.mark.parametrize(
    "name", ['b"lr"', 'f"lr"', 'f"{x}"', "x", '"a" + "b"', '"a".b', "*x", '"a" f"b"', "1", "None"]
)
def test_what_is_no_string_literal_is_no_name(name: str) -> None:
    check_occurrences(f"_({name})", f"_({name}) | ?")


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ('_("a")', ""),
        ('_("a", 1)', "1 = 1"),
        ('_("a", (1, "é"))', "(1, \"é\") = (1, 'é')"),
        ('_("a", ("x"))', "\"x\" = 'x'"),
        ('_("a",\n  [1,\n   2],\n)', "[1,\n   2] = [1, 2]"),
        ('_("a", -1.5)', "-1.5 = -1.5"),
        ('_("a", 1+2j)', "1+2j = (1+2j)"),
        ('_("a", {1: {2}})', "{1: {2}} = {1: {2}}"),
        ('_("a", None)', "None = None"),
        ('_("a", "x" "y")', '"x" "y" = \'xy\''),
        ('_("a", b"x")', "b\"x\" = b'x'"),
        ('_("a", f(x))', "f(x)"),
        ('_("a", 2 * 3)', "2 * 3"),
        ('_("a", lambda: 1)', "lambda: 1"),
        ('_("a", f"{x}")', 'f"{x}"'),
        ('_("a", hp_value=2)', "2 = 2"),
        ('_("a", 1, help="x")', "1 = 1 | help=\"x\" = 'x'"),
        ('_("a", help="x", choices=[1, 2])', "help=\"x\" = 'x' | choices=[1, 2] = [1, 2]"),
        ('_("a", 1, **{"min": 0, "max": 9})', "1 = 1 | min=0 = 0 | max=9 = 9"),
        ('_("a", type=float)', "type=float"),
    ],
)
def test_a_default_and_hints_have_their_place_text_and_value(call: str, answer: str) -> None:
    check_occurrences(f"x = {call}\n", " | ".join(filter(None, [call, "a", answer])))


def test_a_name_can_be_given_by_keyword() -> None:
    check_occurrences('_(hp_value=1, hp_name="a")', '_(hp_value=1, hp_name="a") | a | 1 = 1')


@pytest.mark.parametrize(
    "text",
    [
        '_ ("a")',
        '_\\\n("a")',
        '(_)("a")',
        '(\n_  # c\n("a"))',
        '_("a")("b")',
        'f(x, y=[_("a")])',
        'x[_("a"):]',
        'lambda: _("a")',
        '@_("a")\ndef f(): pass',
        'def f(x=_("a")): pass',
        'class A(_("a")): pass',
        'async def f():\n  await _("a")',
        'if 1:\n\tx = _("a")',
        'if x: pass\nelif _("a"): pass',
        'while 1:\n  pass\nelse: _("a")',
        'x: _("a") = 1',
        '"%s" % _("a")',
        'x = 1; y = _("a"); z = 2',
        'del x[_("a")]',
        'match _("a"):\n  case 1: pass',
        'x = y = z[0] = _("a")',
        '\ufeff_("a")',
        '\f_("a")',
        'x\n \f_("a")',
        '# é\r_("a")\r',
    ],
)
def test_a_call_is_found_wherever_it_stands(text: str) -> None:
    (one,) = facts_of(text).occurrences
    assert one.name is not None
    assert text[slice(*one.name.literal)] == '"a"'
    assert facts_of(text).problems == ()


def test_calls_in_calls_are_in_the_order_of_the_source() -> None:
    check_occurrences(
        '_("a", _("b", 1)) + _("c", d=_("e"))',
        '_("a", _("b", 1)) | a | _("b", 1)',
        '_("b", 1) | b | 1 = 1',
        '_("c", d=_("e")) | c | d=_("e")',
        '_("e") | e',
    )


@pytest.mark.parametrize(
    "text", ['x._("a")', '__("a")', '_x("a")', 'é_("a")', '"_(1)"', "# _(1)", "_", '_["a"]', "_.other('a')"]
)
def test_what_only_looks_like_a_call_is_none(text: str) -> None:
    check_occurrences(text)


@pytest.mark.parametrize(
    "text",
    [
        """f"{_('a')}" """,
        """x = f"{y} é {_('a'):>{width}}" """,
        """f'''{
 _('a')
}'''""",
        """f"{f'{_("a")}'}" """ if PEP_701 else """f"{f'{_(0 or 1)}'} {_('a')}" """,
        """f"{_('a')!r}" "b" """,
        """rf"\\{_('a')}" """,
        """f"{{}}{_('a')}" """,
        """print(f"{x:{_('a')}}") """,
    ],
)
def test_a_call_in_an_f_string_has_its_place(text: str) -> None:
    named = [one for one in facts_of(text).occurrences if one.name is not None]
    assert [text[slice(*one.call)].replace('"', "'") for one in named] == ["_('a')"]
    assert [text[slice(*one.name.span)] for one in named if one.name is not None] == ["a"]


@pytest.mark.skipif("sys.version_info < (3, 12)", reason="sys.platform: quotes inside f-strings are PEP 701")
@pytest.mark.parametrize(
    "text",
    [
        'f"{_("a")}"',
        'f"{x["b"]}{_("a"):{y["c"]}}"',
        'f"{\n_("a")\n}"',
        'f"\\{_("a")}"',
        'f"\\N{DASH}{_("a")}"',
    ],
)
def test_quotes_inside_an_f_string_do_not_end_it(text: str) -> None:
    text = f"x = {text}\ny = 1\n".replace("DASH", "EN DASH")
    (one,) = facts_of(text).occurrences
    assert text[slice(*one.call)] == '_("a")'
    assert facts_of(text).problems == ()


def test_only_candidates_and_what_is_imported_from_hpman_are_called() -> None:
    check_occurrences(
        'from hpman.m import a as b, c\na("1"); b("2"); c("3"); d("4"); _("5")',
        'b("2") | 2',
        'c("3") | 3',
        '_("5") | 5',
    )
