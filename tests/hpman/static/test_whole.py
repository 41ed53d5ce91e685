"""What is read by lines and by members of classes is what Python's tree of the whole text gives."""

from __future__ import annotations

import ast
import textwrap
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman.static.parser import parse, parse_strictly
from hpman.static.tree import syntax
from tests.hpman.static.texts import PROGRAMS, chosen, read

ONE = frozenset({"_"})
ROOT = Path(__file__).resolve().parents[3]
LINES = [
    "_('a', 1)", "x = _('b'); y = _('c', f(_('d', 2)))", "from hpman.m import _, hp", "import hpman.m", "@_('e', 1)",
    "@dec(", "    _('in', 3))", "def f(a=_('g', 1), _=3):", "    return _('h')", "class A(_('i', 2)):", "    _ = 1",
    "if _('j', 0):", "    global _", "else:", "    _.set_value('k', 1)", "for _ in range(3): pass", "'''_('no')", "'''",
    "# _('no'); import x", "\\", "", "_.parse_file(__file__)", "PATH = 'x'", "_.parse_file(PATH)", "match x:", "    case _: _('l', 1)",
    "[_('m', 1) for _ in x]", "x = f'{_(\"n\", 1)}'", "def _(x): pass", "    x = 1; _('ö', 'ä')", "\x0c_('o', 1)", "hp('p', 1)",
]  # fmt: skip


def same(text: str, candidates: frozenset[str] = ONE) -> None:
    if isinstance(syntax.module(text.removeprefix("\ufeff")), ast.Module):
        assert parse(text, candidates)._replace(signs=()) == parse_strictly(text, candidates)


@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_lines_of_any_kind_give_the_same_facts_both_ways(lines: list[str], end: str, mark: bool) -> None:
    same("\ufeff" * mark + end.join(lines) + end)


@settings(max_examples=400)
@given(PROGRAMS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_nested_statements_give_the_same_facts_both_ways(text: str, end: str, dots: bool) -> None:
    same(text.replace("\n", end), ONE | {"hpman.m._"} if dots else ONE)


@settings(max_examples=100)
@given(st.lists(PROGRAMS, min_size=1, max_size=4))
def test_a_large_class_gives_the_same_facts_both_ways(members: list[str]) -> None:
    large = "    '''" + "x" * 20_000 + "'''\n"
    same(f"class A:\n{large}" + "".join(textwrap.indent(one, "    ") + "\n" for one in members))


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n  return [1 for _ in x]\n",
        "def f():\n  return [_('a') for _ in x]\n",
        "def f():\n  return [1 for _ in x], _('a')\n",
        "def f():\n  for _ . a in _: g(_)\n",
        "def f():\n  global _\n  for _ in x: pass\n",
        "def f(x=_('a')):\n  for _ in x: pass\n",
        "@_('a')\ndef f():\n  for _ in x: pass\n",
        "class A:\n  for _ in x: pass\n  def f(self):\n    _('a')\n",
        "class A:\n  def f(self):\n    for _ in x: pass\n  def g(self):\n    return g(_)\n",
        "class A:\n  def f(self):\n    a, _ = x\n  b = [_ for _ in x]\n",
        "class A:\n  def f(self):\n    global _\n    for _ in x: pass\n",
        "[1 for _ in x]\nfor _ in x: pass\n_('a')\n",
    ],
)
def test_loops_that_bind_a_candidate_give_the_same_facts_both_ways(text: str) -> None:
    same(text)


@pytest.mark.parametrize("path", sorted((ROOT / "hpman").rglob("*.py")), ids=lambda path: path.name)
def test_our_own_source_gives_the_same_facts_both_ways(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    same(text)
    same(text.replace("checked", "_").replace("names", "_"))


@pytest.mark.parametrize("path", chosen(step=40), ids=lambda path: path.name)
def test_a_real_file_gives_the_same_facts_both_ways(path: Path) -> None:
    text = read(path)
    for names in ({"len", "isinstance"}, {"self", "str"}, {"os", "os.path.join"}):
        same(text, frozenset(names))


@given(st.lists(st.sampled_from([*LINES, "x = = 1", "f(", "$"]), max_size=5).map("\n".join))
def test_everything_that_python_refuses_is_told_strictly(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
            refused = False
        except SyntaxError:
            refused = True
    told = any(one.code == "syntax-error" for one in parse_strictly(text, ONE).problems)
    assert told is refused
