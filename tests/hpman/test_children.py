"""Set values reach child processes: pickled with the manager, or through the environment."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hpman import ExportError, HyperParameterManager
from hpman._exchange.environment import LIMIT, VARIABLE, ranked

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[[dict[str, str]], Path]

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sys.platform: fork is POSIX")
METHODS = ["spawn", pytest.param("forkserver", marks=POSIX), pytest.param("fork", marks=POSIX)]

WORKER = """
    import multiprocessing, subprocess, sys
    from hpman.m import _, hp

    def work(number, manager=None):
        return _("lr", 1e-3), _("model.depth", 4), hp("lr", 0), number

    if __name__ == "__main__":
        _.set_values({"lr": 0.5, "model.depth": (8, None)})
        hp.set_value("lr", "other")
"""

EXPORTED = (
    WORKER
    + """
        _.export_values()
        hp.export_values()
        with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
            print(pool.map(work, range(2)))
"""
)

PICKLED = (
    WORKER
    + """
        with multiprocessing.get_context(sys.argv[1]).Pool(1) as pool:
            print(pool.apply(_, ("lr",)), pool.apply(work, (0, [hp, _])))
"""
)

SUBPROCESS = (
    WORKER
    + """
        if len(sys.argv) == 1:
            _.export_values()
            child = [sys.executable, "-c", "from program import work; print(work(0))"]
            print(subprocess.run(child, capture_output=True, text=True, check=True).stdout, end="")
"""
)


@pytest.mark.parametrize("method", METHODS)
def test_exported_values_reach_workers_of_every_start_method(run: Run, write: Write, method: str) -> None:
    write({"program.py": textwrap.dedent(EXPORTED)})
    done = run("program.py", method)
    assert done.stdout == "[(0.5, (8, None), 'other', 0), (0.5, (8, None), 'other', 1)]\n", done.stderr


@pytest.mark.parametrize("method", METHODS)
def test_a_pickled_manager_carries_its_set_values(run: Run, write: Write, method: str) -> None:
    write({"program.py": textwrap.dedent(PICKLED)})
    done = run("program.py", method)
    assert done.stdout == "0.5 (0.5, (8, None), 'other', 0)\n", done.stderr


def test_exported_values_reach_a_subprocess(run: Run, write: Write) -> None:
    write({"program.py": textwrap.dedent(SUBPROCESS)})
    assert run("program.py").stdout == "(0.5, (8, None), 0, 0)\n"


def test_an_inherited_value_is_a_set_value_that_says_so(run: Run) -> None:
    environ: dict[str, str] = {}
    HyperParameterManager("_").set_value("lr", 0.5).export_values(environ)
    program = "from hpman.m import _; print(_('lr', 1), _.get_origin('lr'), _.set_value('lr', 2)('lr', 1))"
    assert run("-c", program, **environ).stdout == "0.5 0.5 (set at <HPMAN_VALUES>) 2\n"


def kind(value: object) -> str:
    """A test's name that is the same in all workers of pytest-xdist, whatever the order of a set."""
    return type(value).__name__


LITERALS: list[Any] = [
    0, -1, 10**30, True, None, 0.1, 1e-300, float("inf"), -float("inf"), -0.0, 2 - 3j, "ä'\"\n\\", b"\x00\xff", (), (1,), [],
    {}, set(), {1, "a"}, {"a": [1, (2, {3: {4}})], (1, 2): {"b": None}},
]  # fmt: skip


@pytest.mark.parametrize("value", LITERALS, ids=kind)
def test_literals_arrive_as_they_were_set(manager: HyperParameterManager, value: Any) -> None:
    environ: dict[str, str] = {}
    manager.set_values({"a.b": value, "c": 1}).export_values(environ)
    assert repr(ranked("_", environ)["set"]) == repr({"a.b": value, "c": 1})
    assert ranked("other", environ)["set"] == {}


class Number(int):
    """Not exactly an int: a child would get another type."""


@pytest.mark.parametrize(
    "value", [object(), float("nan"), Number(1), [Number(1)], {"a": len}, frozenset()], ids=kind
)
def test_what_is_no_literal_is_refused_and_the_environment_stays(
    manager: HyperParameterManager, value: Any
) -> None:
    environ = {VARIABLE: "{'_': {'a': 1}}"}
    with pytest.raises(
        ExportError, match=r"the value of `model\.fn` cannot be handed to child processes: .* is no literal"
    ) as caught:
        manager.set_values({"a": 2, "model.fn": value}).export_values(environ)
    assert caught.value.name == "model.fn"
    assert environ == {VARIABLE: "{'_': {'a': 1}}"}


def test_a_value_that_holds_itself_is_refused(manager: HyperParameterManager) -> None:
    ring: list[Any] = []
    ring.append(ring)
    with pytest.raises(ExportError, match="the value of `a`"):
        manager.set_value("a", ring).export_values({})


def test_more_than_an_environment_holds_is_refused(manager: HyperParameterManager) -> None:
    environ: dict[str, str] = {}
    with pytest.raises(ExportError, match=f"of at most {LIMIT} in the environment: write them to a file"):
        manager.set_value("a", "ä" * LIMIT).export_values(environ)
    assert environ == {}


def test_managers_export_beside_each_other_and_anew(manager: HyperParameterManager) -> None:
    environ: dict[str, str] = {}
    HyperParameterManager("hp").set_value("a", 1).export_values(environ)
    manager.set_value("a", 2).export_values(environ)
    manager.set_value("a", 3).set_value("b", 4).export_values(environ)
    assert eval(environ[VARIABLE]) == {"hp": {"a": 1}, "_": {"a": 3, "b": 4}}


def test_defaults_are_exported_beside_set_values(manager: HyperParameterManager) -> None:
    environ: dict[str, str] = {}
    manager.parse_source("_('a', 1); _('c', 2); _('d', f()); _('e')")("b", 2)
    manager("object", object())
    manager.set_value("c", 3).export_values(environ)
    assert eval(environ[VARIABLE]) == {"_": {"c": 3}, ("_", "called"): {"b": 2}, ("_", "parsed"): {"a": 1}}


def test_defaults_that_are_too_long_are_left_out_and_told(manager: HyperParameterManager) -> None:
    environ: dict[str, str] = {}
    manager("b", "x" * LIMIT)
    with pytest.warns(RuntimeWarning, match="the defaults of `_` are too long for the environment"):
        manager.set_value("a", 1).export_values(environ)
    assert environ[VARIABLE] == "{'_':{'a':1}}"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "__import__('os').system('echo no')",
        "[1]",
        "{'_': 1}",
        "{'_': {'': 1}}",
        "{'_': {1: 1}}",
        "{'_': {'a': 1, 'a.b': 1}}",
        "{1: {'a': 1}}",
        "{('_', 'other'): {'a': 1}}",
        "{('_', 'called'): {'': 1}}",
        "{('_', 'parsed'): {'a..b': 1}}",
        "{('_', 'called'): {1: 1}}",
    ],
)
def test_a_variable_that_holds_something_else_is_a_clear_error_and_is_never_run(run: Run, text: str) -> None:
    done = run("-c", "from hpman.m import _", HPMAN_VALUES=text)
    assert done.stdout == ""
    assert "hpman.primitives.ExportError: the environment variable HPMAN_VALUES" in done.stderr


@POSIX
def test_a_process_that_is_forked_while_others_define_can_read(run: Run) -> None:
    program = """
import os, threading
from hpman.m import _
_.set_value("a", [1])
stop = threading.Event()
def define():
    while not stop.is_set():
        _("b", [object()])
threads = [threading.Thread(target=define) for _unused in range(3)]
[thread.start() for thread in threads]
for number in range(30):
    child = os.fork()
    if not child:
        os._exit(0 if _("a") == [1] and _("c", [2]) == [2] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
stop.set()
print("done")
"""
    done = run("-W", "ignore::DeprecationWarning", "-c", program)
    assert done.stdout == "done\n", done.stderr


def test_the_environment_of_this_process_is_where_values_go_unless_told_otherwise(
    manager: HyperParameterManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "{}")
    assert manager.set_value("a", 1).export_values() is manager
    assert os.environ[VARIABLE] == "{'_':{'a':1}}"
