"""Syntax of newer Pythons than this one is read as it is meant, each thing at its place."""

from __future__ import annotations

import pytest

from hpman import HyperParameterManager
from hpman.static.parser import parse, parse_strictly
from tests.hpman.static.checking import facts_of

LAZY = [
    "lazy from hpman.m import _\n",
    "x = 1; lazy from hpman.m import _\n",
    "lazy  from  hpman . m import  _ , hp\n",
    "lazy from hpman.m import (\n    hp,  # lazy import\n    _,\n)\n",
    "lazy \\\n  from hpman.m import _\n",
    "if x:\n    lazy from hpman.m import _\n",
    "if x: lazy from hpman.m import _\n",
    "with x:\n\tlazy from hpman.m import _\n",
    "é = 'ä'; lazy import os; lazy from hpman.m import _; y = 2\n",
    "'''\nlazy import x\n'''\nlazy import os, sys\nlazy from hpman.m import _\n",
]


@pytest.mark.parametrize("text", LAZY)
def test_a_lazy_import_is_an_import(text: str) -> None:
    text += "lr = _('lr', 1e-3)\n"
    for facts in (parse(text, frozenset()), parse_strictly(text, frozenset())):
        (one,) = facts.occurrences
        assert one.name is not None
        assert (one.name.value, text[slice(*one.name.span)], facts.problems) == ("lr", "lr", ())
        bound = [binding for binding in facts.bindings if binding.name == "_"]
        assert [(binding.kind, binding.module) for binding in bound] == [("import", "hpman.m")]
        assert text[slice(*bound[0].span)].strip().endswith("_")


@pytest.mark.parametrize("text", LAZY)
def test_the_library_parses_a_lazy_import(manager: HyperParameterManager, text: str) -> None:
    row = manager.parse_source(f"{text}_('lr', 1e-3)").db[0]
    assert (row.name, row.value, row.lineno) == ("lr", 1e-3, text.count("\n") + 1)


@pytest.mark.parametrize(
    "text", ["lazy = _('a', 1)", "lazy.imports(_('a', 1))", "def lazy(): return _('a', 1)"]
)
def test_lazy_is_a_name_elsewhere(manager: HyperParameterManager, text: str) -> None:
    assert manager.parse_source(text).get_values() == {"a": 1}


def test_a_text_that_looks_lazy_stays_as_it_is(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", """\nlazy import x\n""")\nlazy import x\n# lazy import y\n')
    assert manager.get_value("a") == "\nlazy import x\n"


@pytest.mark.parametrize(
    "text",
    [
        "x = t'{_(\"w\", 5)}'",
        "x = rt'é{_(\"w\", 5)} \\d{{}}'",
        "x = Tr'''\n{y:>{_(\"w\", 5)}}'''",
        "x = f'''{t\"{_('w', 5)}\"}'''",
    ],
)
def test_a_call_in_a_template_string_is_a_call(manager: HyperParameterManager, text: str) -> None:
    (one,) = facts_of(text).occurrences
    assert one.name is not None
    assert (one.name.value, text[slice(*one.name.span)]) == ("w", "w")
    assert text[slice(*one.call)].startswith("_(")
    assert text[slice(*one.call)].endswith("5)")
    assert manager.parse_source(text).get_values() == {"w": 5}


def test_a_template_string_is_no_literal(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", t"{x}")')
    assert str(manager.get_value("a")) == 't"{x}"'
    assert manager.db[0].ast_node is not None


@pytest.mark.parametrize(
    "text",
    [
        "[*_('a', (1,)) for x in y]",
        "{*_('a', (1,)) for x in y}",
        "(*x for x in _('a', (1,)))",
        "f(*x for x in _('a', (1,)))",
        "{**x for x in _('a', (1,))}",
        "{**{'é': _('a', (1,))} for x in y}",
        "[*x for x in y], {**x for x in y}, [\n*_('a', (1,)) for x in y]",
    ],
)
def test_a_call_in_a_comprehension_that_unpacks_is_a_call(manager: HyperParameterManager, text: str) -> None:
    (one,) = facts_of(text).occurrences
    assert one.name is not None
    assert text[slice(*one.call)] == "_('a', (1,))"
    assert manager.parse_source(text).get_values() == {"a": (1,)}


@pytest.mark.parametrize("text", ["lazy lazy import x", "lazy def f(): pass", "t'{'", "[**x for x in y]"])
def test_what_no_python_takes_is_still_refused(manager: HyperParameterManager, text: str) -> None:
    with pytest.raises(SyntaxError):
        manager.parse_source(text)


@pytest.mark.parametrize(
    "text",
    [
        "def f[T](x: T, w=_('w', 5)):\n    return w",
        "def f[T: (int, float), *Ts, **P](x: T):\n    return _('w', 5)",
        "async def f[T: list[int]](x: T):\n    return _('w', 5)",
        "class Box[T]:\n    size: int = _('w', 5)\n    def get[U](self, x: U) -> U:\n        return x",
        "type X = int\nx = _('w', 5)",
        "type  Vec[T] = list[T]; x = _('w', 5)",
        "class A:\n    type Y = int\n    x = _('w', 5)",
        "é = 1; type X = int; x = _('w', 5)",
    ],
)
def test_type_parameters_and_aliases_are_read_on_each_python(
    text: str, manager: HyperParameterManager
) -> None:
    for facts in (parse(text, frozenset("_")), parse_strictly(text, frozenset("_"))):
        (one,) = facts.occurrences
        assert one.name is not None
        assert (text[slice(*one.call)], text[slice(*one.name.span)], facts.problems) == ("_('w', 5)", "w", ())
    assert manager.parse_source(text).get_values() == {"w": 5}


@pytest.mark.parametrize(
    "text", ["type = _('w', 5)", "type(x)\ny = _('w', 5)", "x = type\ny: type = _('w', 5)"]
)
def test_type_is_a_name_elsewhere(text: str, manager: HyperParameterManager) -> None:
    assert manager.parse_source(text).get_values() == {"w": 5}
