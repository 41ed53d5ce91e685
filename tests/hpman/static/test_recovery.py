"""In text that does not parse: what is away from the damage stays, and what can be read in it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman.static.broken.recovery import recover
from hpman.static.calls import occurrence_of
from hpman.static.parser import parse, parse_strictly
from hpman.static.tree.source import Source
from hpman.static.tree.syntax import Fault
from tests.hpman.static.checking import (
    CANDIDATES,
    check_accesses,
    check_occurrences,
    check_paths,
    check_scopes,
    facts_of,
)
from tests.hpman.static.texts import REAL, SMALL, edited

PROGRAM = '''\
"""Trains."""
from hpman.m import _

LR = _("lr", 1e-3, help="step size")


class Model:
    """A model."""

    depth = _('model.depth', [1, 2])

    def forward(self, x):
        y = f"{x:>{_('width')}}"
        return self.net(x, _("""drop""", 0.5), {"a": (_(r"seed"), 1)})


def main() -> None:
    _.set_values({"steps": 3, "é😀": 4})
    if _("on", True):  # it's on
        print(_("last"), 'done')
'''
STATEMENTS = [0, *(PROGRAM.index(one) for one in ("from", "LR", "class", "def main")), len(PROGRAM)]


def calls_of(text: str, start: int, end: int) -> list[tuple[str, str, int]]:
    """Calls between two offsets: source, name and place."""
    return [
        (text[slice(*one.call)], one.name.value if one.name else "", one.call.start)
        for one in facts_of(text).occurrences
        if start <= one.call.start < end
    ]


GOOD_CALLS = calls_of(PROGRAM, 0, len(PROGRAM))


def test_a_cut_file_keeps_every_call_before_the_statement_that_is_cut() -> None:
    for offset in range(len(PROGRAM)):
        cut = PROGRAM[:offset]
        start = max(one for one in STATEMENTS if one <= offset)
        assert calls_of(cut, 0, start) == GOOD_CALLS[: len(calls_of(cut, 0, start))], offset
        assert len(calls_of(cut, 0, start)) == sum(place < start for *_, place in GOOD_CALLS), offset


def test_a_deleted_character_leaves_the_calls_of_other_statements_as_they_are() -> None:
    for offset in range(len(PROGRAM)):
        text = PROGRAM[:offset] + PROGRAM[offset + 1 :]
        start = max(one for one in STATEMENTS if one <= offset)
        end = min(one for one in STATEMENTS if one > offset)
        found = calls_of(text, 0, len(text))
        assert [one for one in GOOD_CALLS if one[2] < start] == [one for one in found if one[2] < start], (
            offset
        )
        if not within_three_quotes(offset):  # such a string ends at the next three quotes, wherever they are
            behind = [(source, name, place + 1) for source, name, place in found if place >= end - 1]
            assert [one for one in GOOD_CALLS if one[2] >= end] == behind, offset


def within_three_quotes(offset: int) -> bool:
    around = PROGRAM[max(0, offset - 2) : offset + 3]
    return '"""' in around or "''" in around


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('f(_("a", 1)', ['_("a", 1) | a | 1 = 1']),
        ('f(_("a", 1), x y)', ['_("a", 1) | a | 1 = 1']),
        ('x = (_("a")\ny = _("b", 2)\n', ['_("a") | a', '_("b", 2) | b | 2 = 2']),
        ('_("a", ', ['_("a", | a']),
        ('_("a"', ['_("a" | a']),
        ('_("a", 1', ['_("a", 1 | a | 1 = 1']),
        ('_("a", 5, h=[1], t', ['_("a", 5, h=[1] | a | 5 = 5 | h=[1] = [1]']),
        ('_("a", 5, h=[1], t)', ['_("a", 5, h=[1] | a | 5 = 5 | h=[1] = [1]']),
        ('_("a", [1, {"b": 2', ['_("a", [1, {"b": 2 | a | [1, {"b": 2 = [1, {\'b\': 2}]']),
        ('x = _("a", [1, 2)', ['_("a", [1, 2 | a | [1, 2 = [1, 2]']),
        ('x = _("a", 5, h=\n', ['_("a", 5 | a | 5 = 5']),
        ('x = _("a", 5, h=[1, )\n', ['_("a", 5, h=[1, | a | 5 = 5 | h=[1, = [1]']),
        ('_("a", hel', ['_("a" | a']),
        ('_("a", True', ['_("a", True | a | True = True']),
        ('_("a", [1, 2', ['_("a", [1, 2 | a | [1, 2 = [1, 2]']),
        ('_("a", x=1', ['_("a", x=1 | a | x=1 = 1']),
        ('_("a" _("b"))', ['_("a" | a', '_("b") | b']),
        ("_(r'a' x)", ["_(r'a' | a"]),
        ('_("l', []),
        ("_('''l\n_(\"b\")", ['_("b") | b']),
        ('x = "it\ny = (_("a")', ['_("a") | a']),
        ('x = 1 1 # _("a")\n', []),
        ("x = 1 1 '_(1)'; _('b')\n", ["_('b') | b"]),
        ('def f(:\n  _("a")\ndef g(): _("b")', ['_("a") | a', '_("b") | b']),
        ("_(f(", []),
        ('_(f"{x:', []),
        ("_(", []),
        ("_(]", []),
        ('f(_("a"]) _("b")', ['_("a" | a', '_("b") | b']),
    ],
)
def test_every_call_that_can_be_read_in_a_broken_statement_is_found(text: str, answer: list[str]) -> None:
    check_occurrences(text, *answer)
    assert [one.code for one in facts_of(text).problems] == ["syntax-error"] * bool("_" in text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "x = f(f\"{_('a', 1)!r:>{_('b')}} {{_('c')}} _(1)\", y z)\n",
            ["_('a', 1) | a | 1 = 1", "_('b') | b"],
        ),
        ("x = f(rf'{_(\"a\")}' y)\n", ['_("a") | a']),
        ("x = f(f\"{_('a')", ["_('a') | a"]),
        ("x = f(f'''{_(\"a\")", ['_("a") | a']),
        ("x = f(f\"{_('a', 1\n", ["_('a', 1 | a | 1 = 1"]),
        ('x = f("{_(1)}" f"{\'_(2)\'}" y)\n', []),
    ],
)
def test_calls_in_f_strings_are_found_too(text: str, answer: list[str]) -> None:
    check_occurrences(text, *answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('for _ in range(3):\n    x = f(_("a", 1)\n    _("b")\n_("c")\n', ["module"] * 3),
        ('def f(x, _):\n    x = f(_("a", 1), y z)\n    _("b")\n', ["parameter"] * 2),
        ('def f(x, _, y z):\n    _("a")\n_("b")\n', ["parameter", "module"]),
        ('def f(\n    x,\n    _,\n    y z,\n):\n    _("a")\n_("b")\n', ["parameter", "module"]),
        ('@d\nasync def f(_\n    _("a")\n', ["parameter"]),
        ('class A:\n  def f(self, _\n    _("a")\n  def g(self): _("b")\n', ["parameter", "module"]),
        ('def f():\n    for _ in g(_("a"), 1:\n        _("b")\n', ["loop", "loop"]),
        ('def f():\n    with g() as _, h(:\n        _("a")\n', ["with"]),
        ('def f():\n    _ = g(\n    _("a")\n', ["assignment"]),
        ('def f():\n    _ = _.parse_file(x\n    _("a")\n', ["assignment"]),
        ('_ = _.parse_file(x\n_("a")\n', ["module"]),
        ('def f(_):\n    a\n   _("b")\n    _("c")\n', ["parameter"] * 2),
        ('def f(_):\n    a\n        _("b")\n    _("c")\n', ["parameter"] * 2),
        ('def f(_):\n    if x y:\n        _("b")\n    else:\n        _("c")\n', ["parameter"] * 2),
        ('def f(_):\n    try:\n        _("b")\n    _("c")\n', ["parameter"] * 2),
        ('def f(_):\n    if x:\n    _("c")\n', ["parameter"]),
        (
            'def f(_):\n    x = [\n        _("b"),\n        _("c"),\n    _("d")\n',
            ["parameter"] * 3,
        ),
        ('def f(_):\n    """Doc.\n    _("b")\n', ["parameter"]),
        ('class A:\n    _ = 1\n    x = (_("a")\n    def f(self): _("b")\n', ["assignment", "module"]),
    ],
)
def test_what_hides_the_manager_in_a_broken_statement_is_known(text: str, answer: list[str]) -> None:
    assert is_broken(text)
    check_scopes(text, *answer)


SCOPED = """\
class Model:
    depth = _("depth", 1)

    @decorated
    def loop(self, x):
        for _, y in x:
            print(_("i"), y)
        return f"{_('j')}"

    def given(self, _=None):
        x = [
            _("x"),
            _("y"),
        ]
        try:
            with open(x) as f:
                if x:
                    return _("z")
                elif f:
                    _("e")
        except OSError:
            return lambda: _("w")

    def free(self):
        return [_("c") for _ in _("d")], _("f")
"""


def is_broken(text: str) -> bool:
    return any(one.code == "syntax-error" for one in facts_of(text).problems)


def scopes_of(text: str) -> dict[tuple[str, str], int]:
    """Places by call and what hides the manager from it."""
    return {
        (text[slice(*one.call)], "" if one.scope is None else one.scope[-1].kind): one.call.start
        for one in facts_of(text).occurrences
    }


@pytest.mark.parametrize("written", ["", "(", ")", "'", ":", "=", "x y "])
def test_calls_away_from_the_line_that_is_wrong_are_read_as_in_good_text(written: str) -> None:
    good = scopes_of(SCOPED)
    for offset in range(len(SCOPED)):
        start, end = SCOPED.rfind("\n", 0, offset) + 1, SCOPED.index("\n", offset)
        text = SCOPED[:offset] + written + SCOPED[offset + (written == "") :]
        begins_scope = SCOPED[start:end].lstrip().startswith(("class", "def", "for"))
        if begins_scope or not SCOPED[start : offset + 1].strip() or not is_broken(text):
            continue
        found = scopes_of(text)
        for call, place in good.items():
            if not start <= place <= end:
                assert found.get(call) == place + (len(text) - len(SCOPED)) * (place > end), (text, call)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('class A\n  _("a", 1)\n  def f(self):\n    _("b")\n', ['_("a", 1) | a | 1 = 1', '_("b") | b']),
        ('def f()\n  _("a")\ndef g(): _("b")', ['_("a") | a', '_("b") | b']),
        ('def f():\n  x = = 1\n  if _("a", 1):\n _("b")\n', ['_("a", 1) | a | 1 = 1', '_("b") | b']),
    ],
)
def test_lines_that_name_no_manager_may_be_wrong(text: str, answer: list[str]) -> None:
    check_occurrences(text, *answer)
    assert facts_of(text).problems == ()


def test_reads_and_writes_by_name_are_found_too() -> None:
    check_accesses('f(_.get_value("a")', "read get_value a | a")
    check_accesses('_.set_value("a", ', "write set_value a | a")
    check_accesses('x y; _.set_values({"a": 1})', "write set_values a | a | 1 = 1")


def test_what_is_parsed_is_not_known_while_it_is_typed() -> None:
    check_paths("_.parse_file(os.)", "perhaps: ?")
    check_paths("_.parse_file(os.")


def test_a_dict_of_names_that_is_being_typed_has_those_that_are_there() -> None:
    check_accesses('_.set_values({"a":})', "write set_values a | a | ")
    check_accesses('_.set_tree({"a": 1, "b', "write set_tree a | a | 1 = 1")
    check_accesses('_.set_values({"a": [1, "b": 2})', "write set_values a | a | [1 = [1]")


@settings(max_examples=150)
@given(text=st.one_of(SMALL.flatmap(edited), SMALL))
def test_reading_never_fails(text: str) -> None:
    facts = parse(text, CANDIDATES)
    parse_strictly(text, CANDIDATES)
    for one in facts.occurrences:
        assert 0 <= one.call.start < one.call.end <= len(text)
        assert text[slice(*one.callee_span)] == one.callee


@settings(max_examples=40)
@given(text=REAL.flatmap(edited))
def test_reading_a_real_file_that_is_damaged_never_fails(text: str) -> None:
    parse(text, frozenset({"len", "isinstance", "_"}))


GOOD = st.lists(
    st.sampled_from(
        [
            '_("a", 1)\n',
            "x = [_('b'), _(r'c', h=1)]\n",
            '_("d", _("e"))\n',
            'if x:\n  _("""f""")\n',
            "# _(1)\n",
            "'_(2)'\n",
        ]
    )
).map("".join)


@settings(max_examples=100)
@given(text=GOOD)
def test_on_text_that_parses_recovery_and_parser_agree(text: str) -> None:
    found = recover(Source(text, 0, len(text)), CANDIDATES, Fault("", 1, 0, False))
    recovered = [occurrence_of(call, around, False)[0] for call, around in found.calls]
    places = sorted((one.call, one.name, one.default, one.hints) for one in recovered if one is not None)
    assert places == [(one.call, one.name, one.default, one.hints) for one in facts_of(text).occurrences]
    assert found.occurrences == []


@pytest.mark.parametrize(
    "names", [".", "_, .", "(.", ".a", "a..b", "_ as .", "_.", "*.", "1", "_, 1 as _, ."]
)
@pytest.mark.parametrize("module", ["hpman.m", ".", "..", "hpman", "common"])
def test_an_import_is_typed_character_by_character(module: str, names: str) -> None:
    for statement in (f"from {module} import {names}", f"import {names}", f"import {module}, {names}"):
        for text in (
            f"{statement}\n_('a', 1)\n",
            f"{statement})\nm._('a', 1)\n",
            f"def f():\n  {statement}\n  _('a', 1)\n",
        ):
            parse(text, CANDIDATES)
            parse(text, frozenset())
