"""Facts after any sequence of edits are the facts from scratch."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given, settings

from hpman.static.facts import FileFacts
from hpman.static.incremental import reparsed
from hpman.static.parser import Parsed, parsed
from hpman.static.statement import Statement
from tests.hpman.static.texts import CANDIDATES, PROGRAMS, REAL, SMALL, histories


def known(state: Parsed) -> tuple[list[tuple[int, int, bool]], frozenset[str], FileFacts, str]:
    """What must be equal; literals by their repr too, for 1 equals True."""
    cut = [(one.start, one.end, one.closed) for one in state.statements]
    return cut, state.names, state.facts, repr(state.facts)


def check_history(history: list[str]) -> None:
    state = parsed(history[0], CANDIDATES)
    for text in history[1:]:
        state = reparsed(state, text)
        assert known(state) == known(parsed(text, CANDIDATES))


@settings(max_examples=150)
@given(history=histories(SMALL))
def test_edits_of_text_that_is_hard_to_cut_give_the_facts_from_scratch(history: list[str]) -> None:
    check_history(history)


# What follows on the next line belongs to another statement.
@example(history=["class A:\n  raise _('s')\nx = 1\n", "class A:\n  raise _\n('s')\nx = 1\n"])
@settings(max_examples=150)
@given(history=histories(PROGRAMS.map(lambda text: f"class A:\n{textwrap.indent(text, '  ')}\nx = 1\n")))
def test_edits_of_classes_give_the_facts_from_scratch(history: list[str]) -> None:
    check_history(history)


@settings(max_examples=60)
@given(history=histories(REAL))
def test_edits_of_real_files_give_the_facts_from_scratch(history: list[str]) -> None:
    check_history(history)


@pytest.mark.parametrize(
    "history",
    [
        ['x = 1\n_("a")\n', 'x = (1\n_("a")\n', 'x = (1)\n_("a")\n'],
        ['"""a"""\n_("a")\n', '"""a""\n_("a")\n', '"""a"""\n_("a")\n'],
        ['if x:\n  _("a")\n_("b")\n', 'if x:\n  _("a")\nelse: _("b")\n', 'if x:\n  _("a")\n_("b")\n'],
        ['_("a")\ndef f(_): _("b")\n', '_("a")\n@d\ndef f(_): _("b")\n'],
        ['x = 1\\\n_("a")\n', 'x = 1\n_("a")\n', 'x = 1 \\\n+ _("a")\n'],
        ['_("a")\r\n_("b")', '_("a")\r_("b")', '_("a")\n\r_("b")', '_("a")_("b")'],
        ['_("a")\n', '\ufeff_("a")\n', '_("a")\n'],
        ['_("a")\nh("b")\n', 'from hpman.m import hp as h\n_("a")\nh("b")\n', '_("a")\nh("b")\n'],
        ["_.parse_file(P)\n", 'P = "a"\n_.parse_file(P)\n', 'P = "b"\n_.parse_file(P)\n'],
        ['  f"{len(x)b"\nP = ("', '  f"{len(x)b"\nP = ("}"'],
        ["", '_("a")', ""],
        ["_('a')\n\n_('a')\n", "_('a')\n\n_('a')\n\n_('a')\n", "_('a')\n"],
        ['\ndef g(_):\n\\\n  _("i", 2)\nif x: 1\n\\\nelse: 2', '\ndef g(_):\n\\\n  _("i", 2)\nif x:\n\\g(_)'],
        ["x\n  \f_('a')\n", "x\n  _('a')\n"],
        [
            "_\nexec(x)\nf(_)\n",
            "_\n\nexec(x)\nf(_.db)\n",
            '"""\nexec(x)\n"""\nf(_.db)\n',
            "exec(x\nf(_.db)\n",
        ],
        [
            "class A:\n  x = _\n  y = b._('c', 1)\n",
            "\nclass A:\n  x = _\n\n  y = b._('d', 1)\n",
            "class A:\n  x = 1\n",
        ],
    ],
)
def test_an_edit_can_join_and_part_statements(history: list[str]) -> None:
    check_history(history)


LARGE = "".join(f'def f{n}():\n    return _("n{n}", {n})\n\n' for n in range(300))


def test_an_edit_reads_the_statements_that_it_touches_and_takes_over_the_rest() -> None:
    before = parsed(LARGE, CANDIDATES)
    after = reparsed(before, LARGE.replace('"n150", 150', '"n150", 1500'))
    assert len(after.statements) == 300
    fresh = [n for n in range(300) if not is_taken_over(after.statements[n], before.statements)]
    assert fresh == [150]


def test_an_edit_in_a_class_reads_the_members_that_it_touches_and_takes_over_the_rest() -> None:
    large = "class A:\n" + textwrap.indent(LARGE, "    ")
    for text in (large, large.replace("return", "for _ in x: pass\n        return")):
        before = parsed(text, CANDIDATES)
        after = reparsed(before, text.replace('"n150", 150', '"n150", 1500'))
        _, *members = after.statements[0].members
        known = before.statements[0].members[1:]
        assert [n for n in range(300) if not is_taken_over(members[n], known)] == [150]


def is_taken_over(statement: Statement, before: tuple[Statement, ...]) -> bool:
    """Shifted statements hold the very values of their literals' texts that they held before."""
    texts = {id(one.occurrences[0].default.text) for one in before if one.occurrences[0].default is not None}
    default = statement.occurrences[0].default
    return default is not None and id(default.text) in texts


def test_the_same_text_costs_nothing() -> None:
    before = parsed(LARGE, CANDIDATES)
    assert reparsed(before, "".join(list(LARGE))) is before
