"""Reads and writes by name, bindings, imports, parse_file calls and problems, each with its place."""

from __future__ import annotations

import pytest

from hpman.static.facts import Import
from tests.hpman.static.checking import (
    check_accesses,
    check_bindings,
    check_occurrences,
    check_paths,
    check_problems,
    check_scopes,
    facts_of,
)


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ('_.get_value("a")', ["read get_value a | a"]),
        ('_.get_value("a", default=1)', ["read get_value a | a"]),
        ('_.get_value(raise_exception=False, name="a")', ["read get_value a | a"]),
        ('_.exists("a")', ["read exists a | a"]),
        ('_.get_occurrence("a")', ["read get_occurrence a | a"]),
        ('_.get_tree("a")', ["read get_tree a | a"]),
        ('_.get_tree(prefix="a")', ["read get_tree a | a"]),
        ('_.set_value("a", 1)', ["write set_value a | a | 1 = 1"]),
        ('_.set_value("a", f())', ["write set_value a | a | f()"]),
        ('_.set_value(name="a", value=2)', ["write set_value a | a | 2 = 2"]),
        ("_.get_value(x)", ["read get_value ?"]),
        ("_.set_value(x, 1)", ["write set_value ? | 1 = 1"]),
        ("_.get_tree()", []),
        ("_.get_values()", []),
        ('_.other("a")', []),
        ('_ . get_value ("a" "b")', ['read get_value ab | a" "b']),
        ('_.set_values({"a": 1, r"b": x})', ["write set_values a | a | 1 = 1", "write set_values b | b | x"]),
        ('_.set_values({"a": {"b": 1}})', ["write set_values a | a | {\"b\": 1} = {'b': 1}"]),
        ('_.set_values({**x, y: 1, "a": 2})', ["write set_values ? | x", "write set_values ? | 1 = 1", "write set_values a | a | 2 = 2"]),
        ("_.set_values(x)", ["write set_values ? | x"]),
        ("_.set_values({})", []),
        ('_.set_tree({"a": {"b": 1, "c": {"d": 2}}, "e": 3})', ["write set_tree a.b | b | 1 = 1", "write set_tree a.c.d | d | 2 = 2", "write set_tree e | e | 3 = 3"]),
        ('_.set_tree({"a": 1}, prefix="x")', ["write set_tree x.a | a | 1 = 1"]),
        ('_.set_tree({"a": 1}, "x.y")', ["write set_tree x.y.a | a | 1 = 1"]),
        ('_.set_tree({"a": 1}, prefix=x)', ["write set_tree ?"]),
        ("_.set_values(dict(a=1, **x))", ["write set_values ? | x", "write set_values a | a | 1 = 1"]),
        ('_.set_values(dict([("a", 1)], b=2))', ["write set_values a | a | 1 = 1", "write set_values b | b | 2 = 2"]),
        ('_.set_values(dict(zip(("a", b), c)))', ["write set_values ?", "write set_values a | a"]),
        ('_.set_values(dict.fromkeys(["a"], 1))', ["write set_values a | a"]),
        ('_.set_values({"a": 1} | x if y else {"b": 2})', ["write set_values ? | x", "write set_values a | a | 1 = 1", "write set_values b | b | 2 = 2"]),
        ('_.set_values({k: 1 for k in ("a", "b")})', ["write set_values a | a", "write set_values b | b"]),
        ('_.set_values({k: f(v) for k, v in {"a": 1}.items()})', ["write set_values a | a"]),
        ("_.set_values({k: 1 for k in x})", ["write set_values ? | {k: 1 for k in x}"]),
        ('_.set_tree({"a": dict(b=1), "c": {k: 1 for k in ("d",)}})', ["write set_tree a.b | b | 1 = 1", "write set_tree c.d | d"]),
        ('_.get_values()["a"]', ["read get_values() a | a"]),
        ('_.get_values().get("a", 1)', ["read get_values() a | a"]),
        ('_.get_values().pop("a")', ["read get_values() a | a"]),
        ('"a" not in _.get_values().keys()', ["read get_values() a | a"]),
        ('"a" in set(_.get_values())', ["read get_values() a | a"]),
        ('_.get_values()["a"]["b"]', ["read get_values() a | a"]),
        ('_.get_tree()["a"]["b"]', ["read get_tree() a.b | b"]),
        ('_.get_tree()[x]["b"]', ["read get_tree() ?"]),
        ('1; _.tree["a"] = 1', ["write tree a | a | 1 = 1"]),
        ('_.tree["a"], x = 1, 2', ["write tree a | a"]),
        ('_.tree.get("a").get("b")', ["read tree a.b | b"]),
        ('_.parse_file(x).get_values()["a"]', ["read get_values() a | a"]),
        ('_.db.count(L.land(L.of_name("a"), L.has_default_value))', ["read db a | a"]),
        ('_.db.select(lambda row: row.name == "a")', ["read db a | a"]),
        ('f"{_.get_values()[\'a\']} {_.get_tree()[\'b\'][\'c\']}"', ["read get_values() a | a", "read get_tree() b.c | c"]),
        ('partial(_, "a")', ["read partial a | a"]),
        ('functools.partial(_, "a", 1, choices=c)', ["write partial a | a | 1 = 1"]),
        ("partial(_, x)", ["write partial ?"]),
        ("partial(f, _)", ["write (...) ?"]),
        ('x.get_values()["a"]; _.items()["a"]; _.db["a"]', []),
        ('_.set_tree({"a": {"__is_dict__": True, "b": 1}})', ["write set_tree a | a | {\"__is_dict__\": True, \"b\": 1} = {'__is_dict__': True, 'b': 1}"]),
    ],
)  # fmt: skip
def test_reads_and_writes_by_name(call: str, answer: list[str]) -> None:
    check_accesses(f"x = {call}\n", *answer)
    check_occurrences(f"x = {call}\n")


def test_calls_can_be_chained_on_methods_that_give_the_manager() -> None:
    text = '_.parse_file("x").set_value("a", 1).set_values({"b": 2}).set_tree({"c": 3}).get_value("d")'
    check_accesses(
        text,
        "write set_value a | a | 1 = 1",
        "write set_values b | b | 2 = 2",
        "write set_tree c | c | 3 = 3",
        "read get_value d | d",
    )
    check_paths(text, "cwd:x")
    check_accesses('_.get_value("a").set_value("b", 1)', "read get_value a | a")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("from hpman.m import _", ["import _ from hpman.m _ | _"]),
        (
            "from hpman.m import hp as _, x",
            ["import _ from hpman.m hp | hp as _", "import x from hpman.m x | x"],
        ),
        ("from .common import (\n  _,\n)", ["import _ from .common _ | _"]),
        ("from common import *; _(1)", []),
        ("import _", ["module _ from _ | _"]),
        ("import a.b as _", ["module _ from a.b | a.b as _"]),
        (
            "try:\n  from a import _\nexcept ImportError:\n  _ = None",
            ["import _ from a _ | _", "assignment _ | _"],
        ),
        ("_ = f()", ["assignment _ | _"]),
        ("(a, [_, *b]) = c", ["assignment _ | _"]),
        ("_: int = 1", ["assignment _ | _"]),
        ("_ += 1", ["assignment _ | _"]),
        ("print(_ := 1)", ["assignment _ | _"]),
        ("[(_ := 1) for x in y]", ["assignment _ | _"]),
        ("for _ in x: pass", ["loop _ | _"]),
        ("for a, (_, b) in x: pass", ["loop _ | _"]),
        ("with a as _: pass", ["with _ | _"]),
        ("try: pass\nexcept E as _: pass", ["except _ | _"]),
        ("def _(): pass", ["definition _ | _"]),
        ("async def _(): pass", ["definition _ | _"]),
        ("class _: pass", ["definition _ | _"]),
        ("del _", ["delete _ | _"]),
        ("match x:\n  case [_ as b, *c]: pass", []),
        ("def f():\n  global _\n  _ = 1", ["assignment _ | _"]),
        ("def f(_): pass", []),
        ("[_ for _ in x]", []),
        ("x._ = 1; x[_] = 2; f(_=3); _.a = 4; _[0] = 5", []),
    ],
)
def test_what_binds_the_name_in_the_module(text: str, answer: list[str]) -> None:
    check_bindings(text, *answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('_("a")', "module"),
        ('_ = 1; _("a")', "module"),
        ('def f(): _("a")', "module"),
        ('def f(_): _("a")', "parameter"),
        ('def f(*_): _("a")', "parameter"),
        ('lambda _: _("a")', "parameter"),
        ('def f(_=_("a")): pass', "module"),
        ('@_("a")\ndef f(_): pass', "module"),
        ('def f(_):\n  def g(): _("a")', "parameter"),
        ('def f():\n  _("a")\n  for _ in x: pass', "loop"),
        ('def f():\n  _("a")\n  _ = 1\n  with x as _: pass', "assignment with"),
        ('def f():\n  from hpman.m import _\n  _("a")', "import"),
        ('def f():\n  global _\n  _ = 1\n  _("a")', "module"),
        ('def f(_):\n  def g():\n    nonlocal _\n    _ = 1\n    _("a")', "parameter assignment"),
        ('class A:\n  _ = 1\n  x = _("a")', "assignment"),
        ('class A:\n  _ = 1\n  def f(self): _("a")', "module"),
        ('[_("a") for _ in x]', "loop"),
        ('[1 for _ in _("a")]', "module"),
        ('{y: _("a") for _ in x for y in z}', "loop"),
        ('for _ in x: _("a")', "module"),
        ('def f():\n  try: pass\n  except E as _: _("a")', "except"),
        ('def f():\n  def _(): pass\n  _("a")', "definition"),
    ],
)
def test_what_hides_the_module_s_name_from_a_call(text: str, answer: str) -> None:
    check_scopes(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("import a, b.c as d", [Import("a", ()), Import("b.c", ())]),
        ("from a.b import c as d, e", [Import("a.b", ("c", "e"))]),
        (
            "from . import x\nfrom ..a import (\n  b,  # c\n  d,\n)",
            [Import(".", ("x",)), Import("..a", ("b", "d"))],
        ),
        ("from a import (\n  b,  # (or c)\n  d)", [Import("a", ("b", "d"))]),
        ("from a import *", [Import("a", ("*",))]),
        ("if x:\n\timport a\n", [Import("a", (), sure=False)]),
        ("if x:\r\timport a\r", [Import("a", (), sure=False)]),
        (" x\rimport a\r", [Import("a", ())]),
        ("x = 1; import a; from b import c", [Import("a", ()), Import("b", ("c",))]),
        ("def f(): import a", [Import("a", (), sure=False)]),
        ("important = from_x", []),
        ("import a\r\nimport b\rimport c", [Import("a", ()), Import("b", ()), Import("c", ())]),
        ("from a import b, \\\n  c", [Import("a", ("b", "c"))]),
        ("import a, \\\n  b", [Import("a", ()), Import("b", ())]),
    ],
)
def test_imports_are_read_also_where_nothing_is_parsed(text: str, answer: list[Import]) -> None:
    assert list(facts_of(text).imports) == answer
    assert list(facts_of(text + "\n_('a')\n").imports) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("_(x)", ["name-not-literal: x"]),
        ("_(f'{x}')", ["name-not-literal: f'{x}'"]),
        ("_('a', 1, 2)", ["wrong-arguments: _('a', 1, 2)"]),
        ("_()", ["wrong-arguments: _()"]),
        ("_(hp_value=1)", ["wrong-arguments: _(hp_value=1)"]),
        ("_('a', hp_name='b')", ["wrong-arguments: _('a', hp_name='b')"]),
        ("_(*x)", ["wrong-arguments: _(*x)", "name-not-literal: *x"]),
        ("_('a', h=f())", ["hint-not-literal: f()"]),
        ("_('a', **x)", ["hint-not-literal: x"]),
        ("_('a', {[]: 1})", ["bad-literal: {[]: 1}"]),
        ("x = 1\n_('a' 1)\ny = _('b')", ["syntax-error: '"]),
        ("_('a'", ["syntax-error: ("]),
        ("y = = 1\n_('a')", []),
        ("_('a', f())", []),
        ("_('a')", []),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, answer: list[str]) -> None:
    check_problems(text, *answer)


@pytest.mark.parametrize("signs", ["-", "~", "not ", "(", "[", "{1:", "lambda: ", "x if y else "])
def test_nesting_that_is_too_deep_for_python_is_no_error(signs: str) -> None:
    facts = facts_of(f'_("a", {signs * 20_000}1)\n_("b", 1)\n')
    assert [one.name.value for one in facts.occurrences if one.name is not None][-1] == "b"


def test_a_long_sum_is_read() -> None:
    facts = facts_of('_("a", ' + "1+" * 20_000 + "1)\n_('b')")
    assert [one.name.value for one in facts.occurrences if one.name is not None][-1] == "b"
