"""Methods that no manager has."""

from __future__ import annotations

import inspect

import pytest

from hpman import HyperParameterManager
from hpman.static.calls import METHODS
from tests.lsp.rules.checking import IMPORT, check, messages, silent

CODE = "unknown-method"


def test_the_methods_that_are_known_are_those_of_the_class() -> None:
    own = inspect.getmembers(HyperParameterManager, inspect.isfunction)
    assert {name for name, _ in own if not name.startswith("_")} <= METHODS
    assert all(callable(getattr(HyperParameterManager, name)) for name in METHODS)


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('_.set_vale("lr", 1)', "set_vale"),
        ("_.parse_files(__file__)", "parse_files"),
        ('_.parse_file(__file__).set_vals({"a": 1})', "set_vals"),
        ('x = f"{_.get_vaule(1)}"', "get_vaule"),
        ("_ . foo()", "foo"),
        ("def f():\n    return _.get()", "get"),
        ("m = _\nm.get_valeus()", "get_valeus"),
    ],
)
def test_a_method_that_there_is_not_is_reported(source: str, underlined: str) -> None:
    line = source.count("\n") + 2
    check(CODE, IMPORT + source, f"main.py:{line}: {underlined}")


def test_it_says_what_may_be_meant() -> None:
    (message,) = messages(CODE, IMPORT + '_.set_vale("lr", 1)')
    assert message.startswith(
        "a manager has no method `set_vale`: calling it raises AttributeError; did you mean `set_value` or"
    )


def test_a_manager_that_is_made_has_the_same_methods() -> None:
    made = 'import hpman\nhp = hpman.HyperParameterManager("hp")\n'
    check(CODE, made + "hp.parse_files(__file__)", "main.py:3: parse_files")


@pytest.mark.parametrize(
    "source",
    [
        '_.set_value("lr", 1).set_values({}).get_nodes()',
        "_.db.foo(), _.tree.bar()",
        "_.get_value",
        'if hasattr(_, "future"): _.future()',
        "try:\n    _.future()\nexcept AttributeError: pass",
        "_.hook = print\n_.hook()",
        "_.__init_subclass__()",
        "def f(_): _.foo()",
        "def f():\n    _ = make()\n    _.foo()",
        "def f():\n    for _ in range(3): _.bit_length()",
        "class C:\n    _ = 1\n    x = _.bit_length()",
        "class M(HyperParameterManager): pass\nhp = M('hp')\nhp.foo()",
        "x._.foo()",
    ],
)
def test_it_is_silent_where_there_may_be_one(source: str) -> None:
    silent(CODE, "from hpman import HyperParameterManager\n" + source)
