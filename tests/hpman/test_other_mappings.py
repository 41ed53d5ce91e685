"""Trees of values in mappings that are no dicts."""

from __future__ import annotations

from collections import ChainMap, UserDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from hpman import HyperParameterManager, ImpossibleTree


@pytest.mark.parametrize(
    "tree",
    [
        MappingProxyType({"a": MappingProxyType({"b": 1, "c": [2]}), "d": {"e": 3}}),
        UserDict({"a": UserDict({"b": 1, "c": [2]}), "d": {"e": 3}}),
        ChainMap[str, Any]({"a": {"b": 1}}, {"a": {"b": 5}, "d": UserDict({"e": 3})}, {"a.c": [2]}),
        {"a": MappingProxyType({"b": 1, "c": [2]}), "d": UserDict({"e": 3})},
    ],
    ids=lambda tree: type(tree).__name__,
)
def test_a_tree_may_be_of_any_mappings(tree: Mapping[str, Any]) -> None:
    manager = HyperParameterManager("_").set_tree(tree)
    assert manager.get_values() == {"a.b": 1, "a.c": [2], "d.e": 3}
    assert manager.get_tree() == {"a": {"b": 1, "c": [2]}, "d": {"e": 3}}


def test_a_mapping_that_is_marked_is_one_value_and_a_dict() -> None:
    marked = UserDict({"__is_dict__": True, "x": 1})
    manager = HyperParameterManager("_").set_tree(MappingProxyType({"a": marked}))
    assert manager.get_values() == {"a": {"x": 1}}
    assert type(manager("a")) is dict
    assert marked == {"__is_dict__": True, "x": 1}, "the caller's mapping is as it was"


def test_keys_of_any_mapping_are_names() -> None:
    manager = HyperParameterManager("_")
    with pytest.raises(ImpossibleTree, match="the keys of a tree are strings, but one in `a` is 1, a int"):
        manager.set_tree({"b": 1, "a": MappingProxyType({1: 2})})
    assert manager.db.empty()
