"""The tree as a view, and trees and nodes that are made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from hpman import (
    DoubleAssignmentException,
    EmptyValue,
    HyperParameterManager,
    HyperParameterOccurrence,
    HyperParamNode,
    HyperParamTree,
    ImpossibleTree,
    InvalidArgumentError,
    SourceHelper,
)
from hpman.hpm_db import P

PARSED, CALLED, SET = P


def row(name: str, value: Any = EmptyValue(), priority: P = PARSED) -> HyperParameterOccurrence:  # noqa: B008
    return HyperParameterOccurrence(name=name, value=value, priority=priority, filename="<unknown>", lineno=1)


def test_a_tree_shows_its_parts_in_the_order_in_which_they_came() -> None:
    tree = HyperParamTree()
    for name in ("b.y", "a", "b.x.z", "c"):
        tree[name] = name
    assert list(tree.children) == ["b", "a", "c"]
    assert [node.name for node in tree.flatten()] == ["b.y", "b.x.z", "a", "c"]
    assert tree.tree_values() == {"b": {"y": "b.y", "x": {"z": "b.x.z"}}, "a": "a", "c": "c"}
    assert tree.count() == 4


def test_a_subtree_knows_its_name_its_kind_and_its_parts() -> None:
    tree = HyperParamTree()
    tree["a.b"] = 1
    branch, leaf = tree.get("a"), tree.get("a.b")
    assert branch is not None
    assert leaf is not None
    assert (branch.name, branch.is_leaf(), branch.is_branch(), branch.node, branch.count()) == (
        "a",
        False,
        True,
        None,
        1,
    )
    assert (leaf.name, leaf.is_leaf(), leaf.is_branch(), leaf.empty) == ("b", True, False, False)
    assert leaf.node is not None
    assert (leaf.node.name, leaf.node.value) == ("a.b", 1)
    assert tree.get("") is tree
    assert [tree.get(name) for name in ("b", "a.c", "a.b.c", "a.")] == [None] * 4


def test_trees_and_nodes_show_what_they_are(manager: HyperParameterManager) -> None:
    manager.parse_source("_('a.b', [1]); _('a.c')")
    assert repr(manager.tree) == "<hyperparameter tree: 1 values>"
    assert repr(manager.tree.get("a")) == "<hyperparameter tree `a`: 1 values>"
    assert repr(manager.get_nodes()) == "[<hyperparameter node `a.b`: [1]>]"


def test_what_is_set_or_pushed_in_a_subtree_is_named_from_it() -> None:
    tree = HyperParamTree()
    tree["a.b"] = 1
    branch = tree.get("a")
    assert branch is not None
    branch["c"] = 2
    branch.push_occurrence(row("d.e", 3))
    assert tree.tree_values() == {"a": {"b": 1, "c": 2, "d": {"e": 3}}}


def test_an_empty_tree_has_nothing_not_even_a_use() -> None:
    tree = HyperParamTree()
    assert (tree.empty, tree.count(), tree.tree_values(), dict(tree.children), tree.node) == (
        True,
        0,
        {},
        {},
        None,
    )
    assert tree.validate()
    tree.push_occurrence(row("a"))
    assert (tree.empty, tree.count(), tree.tree_values()) == (False, 0, {})


def test_a_tree_refuses_a_second_default_and_shows_both_places() -> None:
    tree = HyperParamTree()
    tree.push_occurrence(row("hp2", 1), source_helper=SourceHelper("_('hp2', 1)"))
    with pytest.raises(DoubleAssignmentException) as caught:
        tree.push_occurrence(row("hp2", 2), source_helper=SourceHelper("_('hp2', 2)"))
    assert (
        "Duplicated default values:\nFirst occurrence:\n<unknown>:1\n==> 1: _('hp2', 1)\n"
        "Second occurrence:\n<unknown>:1\n==> 1: _('hp2', 2)\n"
    ) in str(caught.value)
    assert tree.tree_values() == {"hp2": 1}


def test_a_tree_refuses_a_value_that_is_a_branch() -> None:
    tree = HyperParamTree()
    tree.push_occurrence(row("a.b", 1))
    with pytest.raises(ImpossibleTree):
        tree.push_occurrence(row("a", 2))
    assert tree.tree_values() == {"a": {"b": 1}}


def test_strictly_a_tree_is_not_valid_where_parts_override_a_default(manager: HyperParameterManager) -> None:
    overridden = manager.parse_source("_('c', {'d': 1})").set_value("c.d", 2).tree
    branch = overridden.get("c")
    assert branch is not None
    assert (branch.is_valid(), branch.is_valid(strict=True)) == (True, False)
    with pytest.raises(ImpossibleTree, match="`c` is both a value and a branch"):
        overridden.validate()


def test_the_managers_tree_reaches_the_manager_and_is_always_up_to_date(
    manager: HyperParameterManager,
) -> None:
    tree = manager.tree
    tree["a.b"] = 1
    tree.push_occurrence(row("c", 2))
    assert manager.get_values() == {"a.b": 1, "c": 2}
    assert len(manager.db) == 2
    manager.set_value("a.d", 3)
    assert tree.tree_values() == {"a": {"b": 1, "d": 3}, "c": 2}


def test_children_and_node_cannot_be_replaced(manager: HyperParameterManager) -> None:
    tree: Any = manager.set_value("a", 1).tree
    with pytest.raises(TypeError):
        tree.children["b"] = HyperParamTree()
    with pytest.raises(AttributeError):
        tree.node = HyperParamNode("a")


def test_a_node_has_one_called_and_one_set_occurrence_and_all_parsed_ones() -> None:
    node = HyperParamNode("a")
    for value, priority in [
        (EmptyValue(), PARSED),
        (1, SET),
        (2, CALLED),
        (3, PARSED),
        (4, SET),
        (5, CALLED),
    ]:
        node.push(row("a", value, priority))
    node.push(row("a"))
    assert [(one.priority, one.value) for one in node.db] == [
        (SET, 4),
        (CALLED, 5),
        (PARSED, 3),
        (PARSED, EmptyValue()),
        (PARSED, EmptyValue()),
    ]
    assert (node.value, node.empty, len(node)) == (4, False, 5)
    assert node.get() is node.db[0]


def test_a_node_keeps_an_occurrence_with_a_value_beside_one_without() -> None:
    node = HyperParamNode()
    for value in (EmptyValue(), 1, EmptyValue(), 2):
        node.push(row("a", value, CALLED))
    assert [one.value for one in node.db] == [2, EmptyValue()]


def test_an_empty_node() -> None:
    node = HyperParamNode("a")
    assert (node.get(), node.value, node.empty, len(node), node.db) == (None, EmptyValue(), True, 0, [])


def test_a_node_of_ones_own_takes_whatever_comes_first() -> None:
    node = HyperParamNode("a title")
    node.push(row("a", 1))
    assert (node.name, node.value) == ("a title", 1)


def test_a_node_refuses_an_occurrence_of_another_name() -> None:
    node = HyperParamNode()
    node.push(row("a", 1))
    with pytest.raises(InvalidArgumentError, match="this node holds `a`, not `b`"):
        node.push(row("b", 1))
    assert len(node) == 1


def test_a_node_checks_for_a_second_default() -> None:
    node = HyperParamNode("a")
    node.push(row("a", 1, SET))
    node._check_source_code_double_assigment(row("a", 2))
    node.push(row("a", 1))
    node._check_source_code_double_assigment(row("a"))
    with pytest.raises(DoubleAssignmentException, match="Duplicated default values"):
        node._check_source_code_double_assigment(row("a", 2))


def test_what_is_pushed_to_a_managers_node_reaches_the_manager(manager: HyperParameterManager) -> None:
    node = manager.parse_source("_('a', 1)").get_nodes()[0]
    node.push(row("a", 5, SET))
    assert manager("a") == node.value == 5
    node.db.clear()  # a table of its own
    assert len(node) == len(manager.db) == 2


@pytest.mark.parametrize("pushed", [None, {"name": "a"}, "a"])
def test_only_occurrences_are_pushed(manager: HyperParameterManager, pushed: Any) -> None:
    node = manager.set_value("a", 1).get_nodes()[0]
    for push in (
        manager.tree.push_occurrence,
        manager.db.push_occurrence,
        node.push,
        HyperParamNode("a").push,
    ):
        with pytest.raises(TypeError, match="a row is a HyperParameterOccurrence"):
            push(pushed)


def test_an_occurrence_without_a_priority_is_refused(manager: HyperParameterManager) -> None:
    with pytest.raises(TypeError, match="the row of `a` has no priority"):
        manager.db.push_occurrence(HyperParameterOccurrence(name="a", value=1))
