"""Which value is in force, and what a caller gets of it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from hpman import EmptyValue, HyperParameterManager, NotLiteralEvaluable, UnknownNameError

EMPTY = EmptyValue()


def test_a_set_value_wins_over_a_call_and_a_call_over_a_parsed_default(
    manager: HyperParameterManager,
) -> None:
    manager.parse_source('_("a", 1)')
    assert manager("a") == 1
    assert manager("a", 2) == 2
    assert manager("a") == manager.get_value("a") == 2
    manager.set_value("a", 3)
    assert manager("a", 4) == manager("a") == manager.get_value("a") == 3


def test_the_last_call_counts(manager: HyperParameterManager) -> None:
    assert [manager("a", 1), manager("a", 2), manager("a", 1), manager("a")] == [1, 2, 1, 1]


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), (0, False), (0.0, -0.0), ("a", b"a")])
def test_a_call_with_an_equal_value_of_another_type_gives_that_value(
    manager: HyperParameterManager, one: Any, other: Any
) -> None:
    assert repr([manager("a", one), manager("a", other), manager("a")]) == repr([one, other, other])


def test_a_default_may_be_given_by_keyword(manager: HyperParameterManager) -> None:
    assert manager("a", hp_value=3) == manager(hp_name="a") == 3
    assert HyperParameterManager("_").parse_source('_("a", hp_value=3); _(hp_name="b")').get_values() == {
        "a": 3
    }


@pytest.mark.parametrize("value", [None, False, 0, "", (), [], {}, float("nan")])
def test_any_value_but_the_empty_one_is_a_value(manager: HyperParameterManager, value: object) -> None:
    manager.set_value("a", value)
    assert manager.exists("a")
    assert repr(manager("a")) == repr(value)


def test_objects_are_handed_over_as_they_are(manager: HyperParameterManager) -> None:
    model, schedule = object(), lambda step: step
    assert manager("model", model) is model
    assert manager.set_value("schedule", schedule)("schedule") is schedule


def test_a_name_that_is_used_but_has_no_value_does_not_exist(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a")\n_("b", 1)')
    assert not manager.exists("a")
    assert manager.get_value("a", False) is EMPTY
    assert manager.get_value("zz", raise_exception=False) is EMPTY
    assert manager.get_values() == {"b": 1}
    assert isinstance(EMPTY, EmptyValue)


def test_setters_give_the_manager(manager: HyperParameterManager) -> None:
    chained = manager.set_value("a", 1).set_values({"b": 2}).set_tree({"c": {"d": 3}}).parse_source("")
    assert chained is manager
    assert manager.get_values() == {"a": 1, "b": 2, "c.d": 3}


CONTAINERS = [[1, [2]], {"a": {"b": [1]}}, {1, 2}, bytearray(b"a"), ([1], 2), [{"a": (1, {2})}], {"a": [[]]}]


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda value: type(value).__name__)
def test_no_two_readers_share_a_container(manager: HyperParameterManager, container: Any) -> None:
    manager.parse_source(f"_('parsed', {container!r})") if "bytearray" not in repr(container) else None
    manager("called", container)
    manager.set_value("set", container)
    for name in manager.get_values():
        readings = [
            manager(name),
            manager.get_value(name),
            manager.get_values()[name],
            manager.get_tree()[name],
        ]
        assert readings == [container] * 4
        assert len(
            {identity for one in [*readings, container] for identity in mutable_parts(one)}
        ) == 5 * len(list(mutable_parts(container)))


def mutable_parts(value: Any) -> list[int]:
    parts = (
        list(value.values())
        if isinstance(value, dict)
        else list(value)
        if isinstance(value, (list, tuple))
        else []
    )
    own = [] if isinstance(value, (int, str, tuple)) else [id(value)]
    return own + [identity for part in parts for identity in mutable_parts(part)]


def test_what_a_giver_does_to_a_container_later_changes_nothing(manager: HyperParameterManager) -> None:
    called, given = [1], {"a": [1]}
    manager("called", called)
    manager.set_values({"set": given})
    called.append(2)
    given["a"].append(2)
    assert manager.get_values() == {"called": [1], "set": {"a": [1]}}
    assert manager("called", called) == [1, 2]
    manager.set_value("called", 5)
    assert [manager.get_value("called"), manager("called")] == [5, 5]
    called.append(3)
    given_again: object = manager("called", called)
    assert given_again == 5
    assert manager.db[0].value == [1, 2, 3]


def test_a_value_that_holds_itself_is_copied(manager: HyperParameterManager) -> None:
    ring: list[Any] = [1]
    ring.append({"ring": ring})
    copy = manager.set_value("a", ring)("a")
    assert copy is not ring
    assert copy[1]["ring"] is copy


def test_a_default_that_is_no_literal_is_a_sentinel_that_shows_it(manager: HyperParameterManager) -> None:
    value = manager.parse_source('_("date", get_date())').get_value("date")
    assert type(value) is NotLiteralEvaluable
    assert str(value) == "get_date()"


def test_a_call_before_the_definition_ran_is_refused_and_names_its_place(
    manager: HyperParameterManager,
) -> None:
    manager.parse_source('\n_("m.fn", make_fn())\n_("m.n", 1)', "lib.py")
    assert type(manager.get_value("m.fn")) is NotLiteralEvaluable
    for name in ("m.fn", "m"):
        with pytest.raises(KeyError, match=r"`m\.fn` not found.*`make_fn\(\)` at lib\.py:2") as caught:
            manager(name)
        assert isinstance(caught.value, UnknownNameError)
        assert caught.value.name == "m.fn"
    assert manager("m.fn", len) is len
    assert manager("m") == {"fn": len, "n": 1}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zz", "`zz` not found"),
        ("batch_sise", "`batch_sise` not found; did you mean `batch_size`?"),
        ("gpu", "`gpu` not found: it has no default, and nothing has set it; it is used at <unknown>:2"),
        ("batch_size.x", "`batch_size.x` not found: `batch_size` is a value, not a branch"),
        ("", "`` not found"),
        ("a..b", "`a..b` not found"),
    ],
)
def test_the_error_of_an_unknown_name_says_what_to_do(
    manager: HyperParameterManager, name: str, said: str
) -> None:
    manager.parse_source('_("batch_size", 128)\n_("gpu")')
    for ask in (manager, manager.get_value, manager.get_origin):
        with pytest.raises(KeyError) as caught:
            ask(name)
        assert str(caught.value) == said


def test_the_error_of_a_name_tells_that_nothing_was_parsed(manager: HyperParameterManager) -> None:
    manager("depth", 4)
    with pytest.raises(KeyError) as caught:
        manager("dept")
    assert str(caught.value) == (
        "`dept` not found: nothing has been parsed, and no call that has run defines it; did you mean `depth`?"
    )


def test_threads_that_define_read_and_set_at_once_see_whole_values(manager: HyperParameterManager) -> None:
    manager.set_value("shared", [0, 0])
    torn: list[object] = []

    def work(number: int) -> None:
        for step in range(300):
            manager(f"own.{number}.{step % 7}", step)
            manager.set_value("shared", [step, step])
            first, second = manager("shared")
            if first != second or manager.get_value(f"own.{number}")[str(step % 7)] != step:
                torn.append((number, step))
            manager.parse_source(f"_('parsed{number}', {step})", f"file{number}.py")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert torn == []
    assert len(manager.get_values()) == 1 + 4 * 7 + 4
    assert sorted(row.index for row in manager.db) == sorted({row.index for row in manager.db})


def test_a_hint_may_have_any_name(manager: HyperParameterManager) -> None:
    assert manager("a", 1, self=2, name=3, value=4) == 1
    assert manager.db[0].hints == {"self": 2, "name": 3, "value": 4}
