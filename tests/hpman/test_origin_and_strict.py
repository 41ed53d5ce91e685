"""Where a value comes from, and how a typo in a name is found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from hpman import HyperParameterManager, Origin, UnknownNameError


def here() -> int:
    return sys._getframe(1).f_lineno


def test_the_origin_is_the_value_and_its_reason(manager: HyperParameterManager) -> None:
    manager.parse_source('\n_("a", 1)\n_("b.c", [2])', "train.py")
    assert manager.get_origin("a") == Origin(1, "parsed", "train.py", 2)
    line = here() + 1
    manager("a", 5)
    assert manager.get_origin("a") == Origin(5, "called", __file__, line)
    manager.set_value("a", 7)
    assert manager.get_origin("a") == Origin(7, "set", "<unknown>", None)
    assert manager.get_origin("b") == Origin({"c": [2]}, "nested", "<unknown>", None)
    assert manager.get_origin("b.c").value is not manager.get_origin("b.c").value
    assert [str(manager.get_origin(name)) for name in ("a", "b.c")] == [
        "7 (set)",
        "[2] (parsed at train.py:3)",
    ]


def test_an_overridden_default_comes_from_its_parts(manager: HyperParameterManager) -> None:
    manager.parse_source('_("c", {"d": 1, "e": 2})').set_value("c.d", 3)
    assert manager.get_origin("c") == Origin({"d": 3, "e": 2}, "nested", "<unknown>", None)
    assert manager.get_origin("c.d").kind == "set"


def test_what_has_no_value_has_no_origin(manager: HyperParameterManager) -> None:
    manager.parse_source('_("gpu")')
    for name in ("gpu", "zz"):
        with pytest.raises(UnknownNameError):
            manager.get_origin(name)


SOURCE = (
    '_("lr", 1)\n_("gpu")\n_("model.depth", 4)\n_("cfg", {"d": {"x": 1}})\n_("opt", None)\n_("sched", make())'
)


@pytest.fixture
def strict(manager: HyperParameterManager) -> HyperParameterManager:
    manager.parse_source(SOURCE).strict = True
    return manager


@pytest.mark.parametrize(
    "values",
    [
        {"lr": 2, "gpu": True},
        {"model.depth": 5},
        {"cfg.d": 1},
        {"cfg.d.x": 2},
        {"opt.type": 1},
        {"sched.x.y": 1},
        {"cfg": 1},
    ],
)
def test_a_strict_manager_sets_what_the_source_uses(
    strict: HyperParameterManager, values: dict[str, Any]
) -> None:
    strict.set_values(values)
    assert {name: strict(name) for name in values} == values


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lrr", "`lrr`: nothing that was parsed or has run uses this name; did you mean `lr`?"),
        ("model.dept", "did you mean `model.depth`"),
        ("modle", "did you mean `model`?"),
        ("zzzz", "uses this name"),
        ("cfg.typo", "uses this name"),
        ("cfg.d.typo", "uses this name"),
    ],
)
def test_a_strict_manager_refuses_a_name_that_no_source_uses(
    strict: HyperParameterManager, name: str, said: str
) -> None:
    changes: list[Callable[[], object]] = [
        lambda: strict.set_value(name, 1),
        lambda: strict.set_values({"lr": 9, name: 1}),
        lambda: strict.set_tree({"lr": 9, name: 1}),
    ]
    for change in changes:
        with pytest.raises(KeyError) as caught:
            change()
        assert isinstance(caught.value, UnknownNameError)
        assert said in str(caught.value)
        assert caught.value.name == name
        assert strict("lr") == 1


def test_a_name_that_was_only_set_does_not_make_itself_known(manager: HyperParameterManager) -> None:
    manager.set_value("typo", 1).strict = True
    with pytest.raises(UnknownNameError):
        manager.set_value("typo", 2)
    manager("typo", 0)
    assert manager.set_value("typo", 2)("typo") == 2


def test_a_manager_is_not_strict_unless_it_is_told(manager: HyperParameterManager) -> None:
    assert not manager.strict
    assert manager.set_value("anything", 1)("anything") == 1
