"""Copies and pickles of a manager: the process's own stays the one, and keeps what is newer."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from hpman import ExportError, HyperParameterManager
from hpman.m import shared_here as shared


class Model:
    """What holds the manager, beside other things."""

    def __init__(self) -> None:
        self.hp = shared
        self.weights = [1, 2]


COPIES = [copy.copy, copy.deepcopy]


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_of_the_process_s_manager_is_the_manager(copied: Callable[[Any], Any]) -> None:
    held = object()
    shared.set_value("copy.held", held)
    assert copied(shared) is shared
    assert copied({"hp": shared})["hp"] is shared
    assert shared("copy.held") is held


def test_a_deep_copy_of_a_model_has_the_manager_and_touches_nothing() -> None:
    held = object()
    shared.set_value("deep.held", held)
    model = Model()
    made: list[Any] = copy.deepcopy([model, shared])
    assert made[0] is not model
    assert made[0].weights is not model.weights
    assert made[0].hp is shared
    assert shared("deep.held") is held


@pytest.mark.parametrize("copied", COPIES)
def test_a_manager_of_ones_own_is_copied_whole(copied: Callable[[Any], Any]) -> None:
    own = HyperParameterManager("_", "/").parse_source("_('a', 1, help='x')\n_('a')\n_('d', f())", "f.py")
    own("b/c", [1])
    own.set_values({"e": 2, "a": 5})
    own.strict = True
    made = copied(own)
    assert made is not own
    assert (made.placeholder, made.separator, made.strict) == ("_", "/", True)
    assert list(made.db) == list(own.db)
    assert made.get_values().keys() == own.get_values().keys()
    assert made.get_tree("b") == {"c": [1]}
    made.set_value("a", 6)
    assert (own("a"), made("a")) == (5, 6)
    made.parse_source("_('a', 7)", "f.py")
    assert (len(own.db), len(made.db)) == (6, 4)


def test_a_copy_shares_objects_and_a_deep_copy_has_its_own() -> None:
    held = Model()
    own = HyperParameterManager("own").set_values({"a": held, "b": [held]})
    assert copy.copy(own)("a") is held
    made, outside = copy.deepcopy((own, held))
    assert made("a") is outside is not held
    assert made("b")[0] is outside


def test_a_manager_of_ones_own_is_unpickled_as_another_with_its_values() -> None:
    own = HyperParameterManager("shared_here", "/").set_value("x/y", 1).parse_source("shared_here('z', 2)")
    own("w", 3)
    own.strict = True
    again = pickle.loads(pickle.dumps(own))
    assert again is not own
    assert (again.placeholder, again.separator, again.strict) == ("shared_here", "/", True)
    assert again.get_values() == {"x/y": 1, "z": 2, "w": 3}
    kinds = {name: again.get_origin(name).kind for name in ("x/y", "z", "w")}
    assert kinds == {"x/y": "set", "z": "parsed", "w": "called"}


def test_an_old_pickle_gives_the_manager_and_puts_nothing_over_newer_values() -> None:
    shared("old.opt", {"lr": 1, "type": "sgd"})
    shared.set_values({"old.a": 1, "old.gone": 2, "old.opt.lr": 2})
    data = pickle.dumps({"model": Model(), "hp": shared})
    shared.set_values({"old.a": 11, "old.b": 3}).set_value("old.opt.lr", 9)
    assert pickle.loads(data)["hp"] is shared
    assert shared.get_tree("old") == {"a": 11, "gone": 2, "b": 3, "opt": {"lr": 9, "type": "sgd"}}


def test_a_pickle_restores_in_another_program_what_is_not_set_there(run: Any, write: Any) -> None:
    program = """
        import pickle, sys
        from hpman.m import _
        if sys.argv[1] == "save":
            _.parse_source("_('parsed', 1)")("called", 2)
            _.set_values({"lr": 0.5, "depth": 4})
            pickle.dump({"hp": _}, open("checkpoint", "wb"))
        else:
            _.set_value("lr", 0.1)
            assert pickle.load(open("checkpoint", "rb"))["hp"] is _
            print(_("lr"), _("depth", 3), _("called"), _("parsed"), _("called", 7), _.parse_source("_('parsed', 8)")("parsed"))
    """
    write({"program.py": program.replace("\n        ", "\n")})
    assert run("program.py", "save").returncode == 0
    done = run("program.py", "load")
    assert done.stdout == "0.1 4 2 1 7 8\n", done.stderr


def test_a_set_value_that_cannot_be_pickled_is_named() -> None:
    own = HyperParameterManager("own").set_values({"fine": 1, "model.fn": lambda: 0})
    with pytest.raises(ExportError, match=r"the set value of `model\.fn` cannot be pickled") as caught:
        pickle.dumps(own)
    assert caught.value.name == "model.fn"


def test_a_default_that_cannot_be_pickled_is_left_out() -> None:
    own = HyperParameterManager("own")
    own("fn", lambda: 0)
    own("a", 1)
    assert pickle.loads(pickle.dumps(own)).get_values() == {"a": 1}


def test_a_value_that_holds_the_manager_is_pickled() -> None:
    own = HyperParameterManager("own")
    own.set_value("model", [own])
    again = pickle.loads(pickle.dumps(own))
    assert again("model")[0] is again
