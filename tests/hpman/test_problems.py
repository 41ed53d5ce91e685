"""What is wrong with a source: told all at once, with its place, and nothing is changed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import hpman
from hpman import (
    BadLiteralError,
    DoubleAssignmentException,
    HpmanError,
    HyperParameterManager,
    NotLiteralEvaluable,
    NotLiteralNameException,
    SourceSyntaxError,
    WrongArgumentsError,
)
from hpman._parsing.problems import CLASSES

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[[dict[str, str]], Path]

WRONG = [
    ("_()", WrongArgumentsError, "wrong-arguments", (1, 1)),
    ("x = 1\n  # ä\nif x:  _('a', 1, 2)", WrongArgumentsError, "wrong-arguments", (3, 8)),
    ("_('a', *x)", WrongArgumentsError, "wrong-arguments", (1, 1)),
    ("_(*x)", WrongArgumentsError, "wrong-arguments", (1, 1)),
    ("_('a', 1, hp_value=2)", WrongArgumentsError, "wrong-arguments", (1, 1)),
    ("_(hp_value=2)", WrongArgumentsError, "wrong-arguments", (1, 1)),
    ("_(name, 1)", NotLiteralNameException, "name-not-literal", (1, 3)),
    ("_(f'a{x}')", NotLiteralNameException, "name-not-literal", (1, 3)),
    ("_(b'a')", NotLiteralNameException, "name-not-literal", (1, 3)),
    ("_(3, 1)", NotLiteralNameException, "name-not-literal", (1, 3)),
    ("_('ä', 1, choices=get())", NotLiteralEvaluable, "hint-not-literal", (1, 19)),
    ("_('a', 1, **kw)", NotLiteralEvaluable, "hint-not-literal", (1, 13)),
    ("_('a', {[]: 1})", BadLiteralError, "bad-literal", (1, 8)),
    ("_('a', " + "(" * 3000 + ")" * 3000 + ")", BadLiteralError, "bad-literal", None),
    ("_('a' 1)", SourceSyntaxError, "syntax-error", None),
    ("_('a', 1)\nx = = 1", SourceSyntaxError, "syntax-error", (2, 5)),
    ("x = = 1", SourceSyntaxError, "syntax-error", (1, 5)),
    ("def f(:\n  pass", SourceSyntaxError, "syntax-error", None),
    ("'''", SourceSyntaxError, "syntax-error", None),
    ("x = '\0'", SourceSyntaxError, "syntax-error", None),
]


@pytest.mark.parametrize(("source", "kind", "code", "place"), WRONG, ids=[one[0][:30] for one in WRONG])
def test_what_is_wrong_is_told_with_its_place(
    manager: HyperParameterManager,
    source: str,
    kind: type[HpmanError],
    code: str,
    place: tuple[int, int] | None,
) -> None:
    manager.parse_source("_('before', 1)")
    with pytest.raises(kind) as caught:
        manager.parse_source(source, "lib.py")
    problem = caught.value.problems[0]
    assert (type(caught.value), problem.code, problem.filename) == (kind, code, "lib.py")
    assert place in (None, (problem.line, problem.column))
    assert f"lib.py:{problem.line}:{problem.column}: {problem.message}\n" in str(caught.value)
    assert f"==> {problem.line}: {source.splitlines()[problem.line - 1]}" in str(caught.value)
    assert manager.get_values() == {"before": 1}


def test_a_default_that_is_too_deep_for_this_python_is_a_problem_and_never_a_crash(
    manager: HyperParameterManager,
) -> None:
    try:  # some versions read it: then it is no literal, as no literal has two signs
        value = manager.parse_source("_('b', " + "-" * 3000 + "1)").get_value("b")
    except BadLiteralError as error:
        assert error.problems[0].line == 1
    else:
        assert type(value) is NotLiteralEvaluable


FINE = [
    ("_('a', hp_value=3)", {"a": 3}),
    ("_(hp_name='a', hp_value=3)", {"a": 3}),
    ("_('a', **{'hp_value': 3})", {"a": 3}),
    ("_('a' 'b', 1)", {"ab": 1}),
    ("_(r'a\\d', 1)", {"a\\d": 1}),
    ("_('''a''', (-1+2j))", {"a": -1 + 2j}),
    ("_('a', {*()})", {"a": NotLiteralEvaluable}),
    ("_('a', set())", {"a": set()}),
    ("_('a', [1, x])", {"a": NotLiteralEvaluable}),
    ("f'{_(\"a\", 1)}'", {"a": 1}),
    ("print(_('a', _('b', 1)))", {"a": NotLiteralEvaluable, "b": 1}),
    ("lambda: (yield _('a', 1))", {"a": 1}),
    ("@_('a', 1)\nclass C(_('b', 2)): x: _('c', 3) = _('d', 4)", {"a": 1, "b": 2, "c": 3, "d": 4}),
    ("x._('a', 1); y = _; _.x('b', 1); (_)('c', 1)", {"c": 1}),
    ("'_(\"a\", 1)'  # _('b', 2)", {}),
    ("\ufeff_('a', 1)", {"a": 1}),
    ("_('a',\r\n1)\r_('b', 2)", {"a": 1, "b": 2}),
    ("'\\d'\n_('a', 1)", {"a": 1}),
]


@pytest.mark.parametrize(("source", "values"), FINE, ids=[one[0] for one in FINE])
def test_what_is_no_problem(manager: HyperParameterManager, source: str, values: dict[str, object]) -> None:
    found = manager.parse_source(source).get_values()
    assert {name: type(one) if isinstance(one, Exception) else one for name, one in found.items()} == values


LOCAL = [
    "[_(x) for _ in fs]",
    "for _ in fs:\n    pass\ndef f(_):\n    return _('a', 1) + _(x) + _()",
    "lambda _: _('a', 1)",
    "def f():\n    for _ in range(3): _('a', 1)",
    "def f():\n    _, x = 1, 2\n    return _(x)",
    "def f():\n    from gettext import gettext as _\n    return _('a', 1)",
    "def f():\n    with open(x) as _: _(1)",
    "def f():\n    def _(x): return _(x)",
    "def f():\n    from hpman.m import hp as _\n    return _('a', 1)",
]


@pytest.mark.parametrize("source", LOCAL)
def test_a_local_binding_of_the_name_is_not_the_manager(manager: HyperParameterManager, source: str) -> None:
    assert manager.parse_source(source).tree.empty


def test_a_local_import_of_the_manager_is_the_manager(manager: HyperParameterManager) -> None:
    source = "def f(_):\n    def g():\n        from hpman.m import _\n        return _('a', 1)\n    return _('b', 1)"
    assert manager.parse_source(source).get_values() == {"a": 1}


def test_all_problems_of_all_files_are_told_in_order_and_nothing_is_taken(
    manager: HyperParameterManager, write: Write
) -> None:
    folder = write({
        "a.py": "_('fine', 1)\n_(x)\n_('fine', 2)\n_()",
        "b.py": "_('b', 1)\n_('c' 1)",
        "c.py": "_('fine', 3)\n_('d.e', 1)\n_('d', 2)\n_('', 1)",
    })  # fmt: skip
    manager.set_value("kept", 1)
    with pytest.raises(NotLiteralNameException, match=r"^7 problems\n") as caught:
        manager.parse_file(folder)
    assert [(Path(one.filename).name, one.line, one.column, one.code) for one in caught.value.problems] == [
        ("a.py", 2, 3, "name-not-literal"),
        ("a.py", 3, 1, "duplicate-default"),
        ("a.py", 4, 1, "wrong-arguments"),
        ("b.py", 2, 3, "syntax-error"),
        ("c.py", 1, 1, "duplicate-default"),
        ("c.py", 3, 1, "impossible-tree"),
        ("c.py", 4, 1, "invalid-name"),
    ]
    assert [row.name for row in manager.db] == ["kept"]
    assert manager.tree.count() == 1


def test_after_an_error_the_mended_files_are_parsed_as_if_nothing_had_been(
    manager: HyperParameterManager, write: Write
) -> None:
    manager.parse_file(write({"a.py": "_('a', 1)", "b.py": "_('b', 1)"}))
    with pytest.raises(DoubleAssignmentException):
        manager.parse_file(write({"a.py": "_('a', 2)\n_('new', 1)", "b.py": "_('new', 2)"}))
    assert manager.get_values() == {"a": 1, "b": 1}
    manager.parse_file(write({"b.py": "_('b', 3)"}))
    assert manager.get_values() == {"a": 2, "new": 1, "b": 3}


def test_a_long_list_of_problems_is_cut_in_the_message_only(manager: HyperParameterManager) -> None:
    with pytest.raises(NotLiteralNameException, match=r"\.\.\. and 15 more: see `problems`") as caught:
        manager.parse_source("_(x)\n" * 25)
    assert len(caught.value.problems) == 25
    assert str(caught.value).count("==> ") == 10


def test_a_second_default_shows_both_places_with_their_lines(manager: HyperParameterManager) -> None:
    manager.parse_source("_('hp2', 1)")
    with pytest.raises(DoubleAssignmentException) as caught:
        manager.parse_source("_('hp2', 2)")
    assert (
        "Duplicated default values:\nFirst occurrence:\n<unknown>:1\n==> 1: _('hp2', 1)\n"
        "Second occurrence:\n<unknown>:1\n==> 1: _('hp2', 2)\n"
    ) in str(caught.value)
    assert caught.value.name == "hp2"


def test_a_second_default_in_one_file_is_one_too(manager: HyperParameterManager) -> None:
    with pytest.raises(
        DoubleAssignmentException, match=r"lib\.py:3:9: `a` must have one default value, and has two"
    ):
        manager.parse_source("_('a', 1)\n_('a')\nif 1:   _('a', f())", "lib.py")


def test_the_first_of_two_defaults_is_the_one_that_is_first_in_the_source(
    manager: HyperParameterManager,
) -> None:
    with pytest.raises(DoubleAssignmentException) as caught:
        manager.parse_source("def f():\n    return [g(_('a', 1))]\n_('a', 2)", "lib.py")
    assert "First occurrence:\nlib.py:2\n" in str(caught.value)
    assert caught.value.problems[0].line == 3


def test_a_syntax_error_says_what_python_says(manager: HyperParameterManager) -> None:
    with pytest.raises(SyntaxError) as caught:
        manager.parse_source("x = 1\ndef f()\n    pass\n_('a', 1)", "lib.py")
    error = caught.value
    assert (error.filename, error.lineno, error.offset, error.text) == ("lib.py", 2, 8, "def f()")
    assert error.msg == "expected ':'"


def test_a_syntax_error_that_nobody_catches_tells_that_there_is_more(run: Run, write: Write) -> None:
    write({"a.py": "_('a' 1)\n_(x)", "b.py": "_()"})
    shown = run("-c", "from hpman.m import _; _.parse_file('.')").stderr
    assert re.search(
        r'File "\./a\.py", line 1\n.*\(and 2 more: see `problems` of this exception\)\n$', shown, re.DOTALL
    )


@pytest.mark.parametrize("source", [None, b"_('a', 1)", 1])
def test_only_text_is_parsed(manager: HyperParameterManager, source: str) -> None:
    with pytest.raises(TypeError, match="parse_source takes a text"):
        manager.parse_source(source)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_they_end_with(manager: HyperParameterManager, end: str) -> None:
    manager.parse_source(f"'\x0c\x0b\x85'{end}_('a', 1){end}{end}_('b')")
    assert [row.lineno for row in manager.db] == [2, 4]


def test_every_code_has_a_class_of_its_own() -> None:
    assert len(set(CLASSES.values())) == len(CLASSES)
    assert all(kind.__name__ in hpman.__all__ for kind in CLASSES.values())


ARRIVING = [
    ("def build(hp): return hp('a', 1)", {"a": 1}),
    ("def build(*, hp=None): return hp('a', 1) + hp(x) + hp('') + hp()", {"a": 1}),
    ("def build():\n    hp = get()\n    return hp('a', 1)", {"a": 1}),
    ("def build(self):\n    hp = self.hp\n    return hp('a', 1)", {"a": 1}),
    ("def build(m):\n    with m.frozen() as hp: return hp('a', 1)", {"a": 1}),
    ("def build():\n    hp = HyperParameterManager('hp')\n    return hp('a', 1)", {"a": 1}),
    ("def build(hp: int): return hp('a', 1)", {}),
    ("def build(*hp): return hp('a', 1)", {}),
    ("def build():\n    hp = lambda name, value: value\n    return hp('a', 1)", {}),
    ("def build(t):\n    hp = t.gettext\n    return hp('a', 1)", {}),
    ("def build():\n    hp = print\n    return hp('a', 1)", {}),
]


@pytest.mark.parametrize(("source", "values"), ARRIVING, ids=[one[0] for one in ARRIVING])
def test_a_local_that_may_be_the_manager_counts_and_is_no_error(
    source: str, values: dict[str, object]
) -> None:
    assert HyperParameterManager("hp").parse_source(source).get_values() == values


@pytest.mark.parametrize(
    "source",
    [
        "from hpman.m import _\ndef f(_): return _('a', 1)",
        "from hpman.m import _\nlambda _: _('a', 1)",
        "def f(_: HyperParameterManager): return _('a', 1)",
        "def f(_: 'hpman.HyperParameterManager | None' = None): return _('a', 1)",
    ],
)
def test_a_throwaway_name_counts_where_it_is_said_to_be_a_manager(
    manager: HyperParameterManager, source: str
) -> None:
    assert manager.parse_source(source).get_values() == {"a": 1}


ANOTHERS = [
    "from gettext import gettext as _\n_('Hello.')",
    "from django.utils.translation import gettext_lazy as _\n_('Hello.')",
    "import gettext\n_ = gettext.gettext\n_('Hello.')",
    "import gettext\n_ = gettext.translation('x').gettext\ndef f(): return _('Hello.')",
    "def _(*values): return values\n_('file', 'files', 2)",
    "class _: pass\n_(x)",
    "_ = lambda *a: a\ndef f(): return _('file', 'files', 2)",
    "import gettext as _\n_('a', 1)",
]


@pytest.mark.parametrize("source", ANOTHERS)
def test_a_name_that_a_module_gives_to_something_else_is_not_the_manager(
    manager: HyperParameterManager, source: str
) -> None:
    assert manager.parse_source(source).tree.empty


@pytest.mark.parametrize(
    "source",
    [
        "_('a', 1)",
        "def func(*a): pass\n_ = func\n_('a', 1)",
        "from common import _\n_('a', 1)",
        "from hpman.m import _\ndef _(*values): return values\n_('a', 1)",
        "try:\n    from hpman.m import _\nexcept ImportError:\n    def _(name, value): return value\n_('a', 1)",
        "@decorated\ndef _(name, value): return value\n_('a', 1)",
        "_ = get()\n_('a', 1)",
    ],
)
def test_a_name_of_a_module_that_may_be_the_manager_counts(
    manager: HyperParameterManager, source: str
) -> None:
    assert manager.parse_source(source).get_values() == {"a": 1}
