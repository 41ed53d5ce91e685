"""The exceptions: one tree, drawn truly, with the classes that users already catch."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

import hpman
from hpman import (
    EmptyValue,
    HpmanError,
    HyperParameterManager,
    NotLiteralEvaluable,
    SourceProblem,
    primitives,
)

CLASSES = [
    one
    for one in vars(primitives).values()
    if inspect.isclass(one) and issubclass(one, HpmanError) and one is not HpmanError
]


@pytest.mark.parametrize("kind", CLASSES)
def test_the_tree_that_is_drawn_is_the_tree_that_is(kind: type[HpmanError]) -> None:
    drawn = re.search(rf"\+-- {kind.__name__}  *(?:(\w+Error): )?.*", primitives.__doc__ or "")
    assert drawn is not None
    builtin = [base.__name__ for base in kind.__bases__ if base is not HpmanError]
    assert builtin == [drawn[1]] * bool(drawn[1])
    for attribute in re.findall(r" \.(\w+)", drawn[0]):
        assert hasattr(kind("text"), attribute)
    assert kind.__name__ in hpman.__all__


@pytest.mark.parametrize("kind", [HpmanError, *CLASSES])
def test_an_error_survives_pickling_with_all_that_it_says(kind: type[HpmanError]) -> None:
    data = {key: "x" for key in ("name", "filename") if hasattr(kind, key)}
    problems = (SourceProblem("syntax-error", "message", "a.py", 1, 1),)
    error = kind("what is wrong", problems=problems, **data)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert str(again) == str(error) == "what is wrong"
    assert again.problems == problems
    assert {key: getattr(again, key) for key in data} == data


def test_a_real_error_survives_pickling(manager: HyperParameterManager) -> None:
    with pytest.raises(HpmanError) as caught:
        manager.parse_source("_('a', 1)\n_('a', 2)\n_(x", "lib.py")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert [str(one) for one in again.problems] == [str(one) for one in caught.value.problems]


def test_the_sentinel_of_a_missing_value_is_one() -> None:
    assert EmptyValue() is EmptyValue()
    assert pickle.loads(pickle.dumps(EmptyValue())) is EmptyValue()
    assert repr(EmptyValue()) == "<EmptyValue>"


def test_the_sentinel_of_a_value_that_is_no_literal_can_be_made_without_one() -> None:
    assert isinstance(NotLiteralEvaluable(), Exception)
    assert str(NotLiteralEvaluable()) == ""
