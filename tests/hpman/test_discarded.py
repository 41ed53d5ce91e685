"""What the static parser tells of a call's surroundings: whether its value is used, whether it may raise."""

from __future__ import annotations

import pytest

from hpman.static.incremental import reparsed
from hpman.static.parser import parse, parsed

CANDIDATES = frozenset({"_"})


@pytest.mark.parametrize(
    "source",
    [
        '_("a", 1)',
        'x = 1; _("a", 1)  # so',
        'if x: _("a", 1)',
        'def f():\n    class C:\n        _("a", 1)',
        'try:\n    pass\nexcept E:\n    _("a", 1)\n',
        'for i in x: pass\nelse: _("a", 1)',
        'with a:\n    try: pass\n    finally: _("a", 1)',
        'match x:\n    case 1:\n        _("a", 1)',
        '(\n_("a", 1)\n)',
        'def f(:\n    _("a", 1)',
    ],
)
def test_a_call_that_is_a_statement_is_discarded(source: str) -> None:
    (call,) = parse(source, CANDIDATES).occurrences
    assert call.discarded


@pytest.mark.parametrize(
    "source",
    [
        'x = _("a", 1)',
        'f(\n_("a", 1)\n)',
        '[\n_("a", 1),\n]',
        '_("a", 1).b',
        'def f(): return _("a", 1)',
        'x = \\\n_("a", 1)',
        'lambda: _("a", 1)',
        "f\"{_('a', 1)}\"",
    ],
)
def test_a_call_whose_value_goes_somewhere_is_not_discarded(source: str) -> None:
    (call,) = parse(source, CANDIDATES).occurrences
    assert not call.discarded


def test_it_is_still_discarded_after_an_edit_before_it() -> None:
    before = parsed('_("x", 1)\n\n\n_("a", 1)\n\n\n_("b", 2)', CANDIDATES)
    after = reparsed(before, "  \n" + before.text)
    assert [one.discarded for one in after.facts.occurrences] == [True] * 3


@pytest.mark.parametrize(
    ("call", "lenient"),
    [
        ('_.get_value("a")', False),
        ('_.get_value(name="a")', False),
        ('_.get_value("a", True)', False),
        ('_.get_value("a", raise_exception=True)', False),
        ('_.get_value("a", False)', True),
        ('_.get_value("a", raise_exception=x)', True),
        ('_.get_value("a", **options)', True),
        ('_.exists("a")', True),
        ('_.set_value("a", True)', False),
    ],
)
def test_a_read_is_lenient_if_it_need_not_raise(call: str, lenient: bool) -> None:
    (access,) = parse(call, CANDIDATES).accesses
    assert access.lenient == lenient
