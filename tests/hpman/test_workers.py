"""What a worker sees of its parent's values: start method by when they were set, by how they were handed on.

The table is that of docs/workers.md: each of its cells is a test here.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[[dict[str, str]], Path]

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sys.platform: fork is POSIX")
INTERPRETERS = pytest.mark.skipif(
    sys.version_info < (3, 14), reason="sys.version_info: InterpreterPoolExecutor is of 3.14"
)
COPYING = [pytest.param("forkserver", marks=POSIX), "spawn"]
METHODS = [*COPYING, pytest.param("fork", marks=POSIX)]

LIBRARY = """
from hpman.m import _, hp

def build():
    return _("width", 64)

def read(number=0):
    return _("lr", 1), _("width"), _("model.depth"), hp("lr", 0)

def lr(number=0):
    return _("lr", 1)

def given(manager):
    return manager("lr"), _("lr", 1), _("width")

def held(manager):
    import gc
    gc.collect()
    print(lr(), manager("lr"), manager.set_value("lr", 10)("lr"), flush=True)

def parsed(number):
    before = _.get_origin("width")
    _.parse_file("one.py")
    after = _.get_origin("width")
    return (before.kind, before.filename, before.value, after.kind, after.filename, after.value, lr())

def without_default(number=0):
    try:
        return _("width")
    except KeyError as error:
        return str(error)
"""

PROGRAM = """
import multiprocessing, sys, warnings
from concurrent.futures import ProcessPoolExecutor
import library
from hpman.m import _, hp

METHOD = sys.argv[1]
context = multiprocessing.get_context(METHOD) if METHOD != "interpreters" else None

def pool(works, *arguments):
    "What a new pool gives, made as the program's second argument says."
    if METHOD == "interpreters":
        from concurrent.futures import InterpreterPoolExecutor
        with InterpreterPoolExecutor(1) as executor:
            return list(executor.map(works, *arguments))
    if sys.argv[2] == "Pool":
        with context.Pool(2) as workers:
            return workers.map(works, *arguments)
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        return list(executor.map(works, *arguments))

def main():
BODY

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def outcome(run: Run, write: Write) -> Callable[..., list[str]]:
    """Run a program's body, and return the lines that it prints."""

    def lines(body: str, method: str, kind: str = "Pool", **environ: str) -> list[str]:
        indented = textwrap.indent(textwrap.dedent(body), "    ")
        write(
            {
                "one.py": "_('width', 64)",
                "library.py": LIBRARY,
                "program.py": PROGRAM.replace("BODY", indented),
            }
        )
        done = run("program.py", method, kind, **environ)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return lines


Outcome = Callable[..., list[str]]

TWICE = """
    _.parse_source('_("model.depth", 4)')
    library.build()
    for lr in (9, 11, 13):
        _.set_value("lr", lr)
        hp.set_value("lr", -lr)
        _.export_values()
        hp.export_values()
        print(set(pool(library.read, range(4))))
"""


@pytest.mark.parametrize("kind", ["Pool", "ProcessPoolExecutor"])
@pytest.mark.parametrize("method", METHODS)
def test_each_export_reaches_the_workers_that_start_after_it(
    outcome: Outcome, method: str, kind: str
) -> None:
    expected = [f"{{({lr}, 64, 4, {-lr})}}" for lr in (9, 11, 13)]
    assert outcome(TWICE, method, kind) == expected


@INTERPRETERS
def test_each_export_reaches_the_interpreters_that_start_after_it(outcome: Outcome) -> None:
    assert outcome(TWICE, "interpreters") == [f"{{({lr}, 64, 4, {-lr})}}" for lr in (9, 11, 13)]


def test_each_export_reaches_the_programs_that_start_after_it(outcome: Outcome) -> None:
    body = """
        import subprocess
        _.parse_source('_("model.depth", 4)')
        library.build()
        for lr in (9, 11):
            _.set_value("lr", lr)
            _.export_values()
            print(subprocess.run([sys.executable, "-c", "import library; print(library.read())"],
                                 capture_output=True, text=True, check=True).stdout.strip())
    """
    assert outcome(body, "spawn") == ["(9, 64, 4, 0)", "(11, 64, 4, 0)"]


AFTER = """
    _.set_value("lr", 9)
    _.export_values()
    _.set_value("lr", 11)
    print(pool(library.lr, range(1)))
"""


@pytest.mark.parametrize("method", [*COPYING, pytest.param("interpreters", marks=INTERPRETERS)])
def test_a_value_set_after_the_export_stays_at_home(outcome: Outcome, method: str) -> None:
    assert outcome(AFTER, method) == ["[9]"]


@POSIX
def test_a_value_set_after_the_export_is_in_forked_workers(outcome: Outcome) -> None:
    assert outcome(AFTER, "fork") == ["[11]"]


@INTERPRETERS
def test_a_manager_given_to_an_interpreter_is_in_force_for_this_task_alone(outcome: Outcome) -> None:
    body = """
        from concurrent.futures import InterpreterPoolExecutor
        library.build()
        _.set_value("lr", 9)
        with InterpreterPoolExecutor(1) as executor:
            print(list(executor.map(library.lr, [0])))
            print(list(executor.map(library.given, [_])), list(executor.map(library.lr, [0])))
    """
    assert outcome(body, "interpreters") == ["[1]", "[(9, 9, 64)] [1]"]


def test_a_program_that_is_started_has_what_was_exported_and_nothing_else(outcome: Outcome) -> None:
    body = """
        import subprocess
        def started():
            child = [sys.executable, "-c", "import library; print(library.lr())"]
            print(subprocess.run(child, capture_output=True, text=True, check=True).stdout.strip())
        _.set_value("lr", 9)
        started()
        _.export_values()
        _.set_value("lr", 11)
        started()
    """
    assert outcome(body, "spawn") == ["1", "9"]


@POSIX
def test_a_forked_process_has_all_without_an_export(outcome: Outcome) -> None:
    body = """
        library.build()
        _.set_value("lr", 11)
        print(pool(library.lr, range(1)), pool(library.without_default, range(1)))
    """
    assert outcome(body, "fork") == ["[11] [64]"]


@pytest.mark.parametrize("method", COPYING)
def test_without_an_export_a_read_that_fails_says_why_and_what_to_do(outcome: Outcome, method: str) -> None:
    body = """
        library.build()
        print(pool(library.without_default, range(1))[0])
    """
    (line,) = outcome(body, method)
    assert line.startswith("`width` not found: nothing has been parsed, and no call that has run defines it.")
    assert f"This worker was started by {method}" in line
    assert "`export_values`" in line
    assert "`parse_file`" in line


@INTERPRETERS
def test_an_interpreter_says_so_too(outcome: Outcome) -> None:
    (line,) = outcome("print(pool(library.without_default, range(1))[0])", "interpreters")
    assert "This worker was started by an InterpreterPoolExecutor" in line


def test_a_program_of_its_own_says_nothing_of_workers(run: Run) -> None:
    done = run("-c", "import multiprocessing; from hpman.m import _; _('a')")
    assert "UnknownNameError: `a` not found" in done.stderr
    assert "worker" not in done.stderr


@pytest.mark.parametrize("kind", ["Pool", "ProcessPoolExecutor"])
@pytest.mark.parametrize("method", METHODS)
def test_a_manager_given_to_a_task_is_in_force_for_this_task_alone(
    outcome: Outcome, method: str, kind: str
) -> None:
    body = """
        library.build()
        _.set_value("lr", 9)
        _.export_values()
        def both(run):
            _.set_value("lr", 11)
            print(run(library.given, [_, _]))
            print(set(run(library.lr, range(20))))
        if sys.argv[2] == "Pool":
            with context.Pool(2) as workers:
                workers.map(library.lr, range(4))
                both(workers.map)
        else:
            with ProcessPoolExecutor(2, mp_context=context) as executor:
                list(executor.map(library.lr, range(4)))
                both(lambda *work: list(executor.map(*work)))
    """
    assert outcome(body, method, kind) == ["[(11, 11, 64), (11, 11, 64)]", "{9}"]


@pytest.mark.parametrize("method", METHODS)
def test_a_manager_given_without_an_export_leaves_nothing_behind(outcome: Outcome, method: str) -> None:
    body = """
        with context.Pool(2) as workers:
            workers.map(library.lr, range(4))
            library.build()
            _.set_value("lr", 9)
            print(workers.map(library.given, [_]), set(workers.map(library.lr, range(20))))
            print(workers.map(library.without_default, [0])[0][:17])
    """
    assert outcome(body, method) == ["[(9, 9, 64)] {1}", "`width` not found"]


@pytest.mark.parametrize("method", METHODS)
def test_a_manager_that_a_worker_holds_stays_in_force(outcome: Outcome, method: str) -> None:
    body = """
        _.set_value("lr", 8).export_values()
        _.set_value("lr", 9)
        process = context.Process(target=library.held, args=(_,))
        process.start()
        process.join()
    """
    assert outcome(body, method) == ["9 9 10"]


def test_processes_that_run_already_are_named_in_a_warning(outcome: Outcome) -> None:
    body = """
        _.set_value("lr", 9)
        with context.Pool(1) as workers:
            for lr in (9, 9, 11):
                _.set_value("lr", lr)
                with warnings.catch_warnings(record=True) as told:
                    warnings.simplefilter("always")
                    _.export_values()
                print([str(one.message)[:56] for one in told], told and told[0].filename.endswith("program.py"))
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            _.set_value("lr", 12).export_values()
        print(told)
    """
    said = "['export_values: processes that run already keep the value'] True"
    assert outcome(body, "spawn") == [said, "[] []", said, "[]"]


def test_a_value_that_cannot_be_taken_over_does_not_keep_a_process_from_starting(outcome: Outcome) -> None:
    body = """
        from multiprocessing import process
        _.set_value("lr", 9).export_values()
        process.current_process()._config["hpman"].text = "{'_': {'a': 1, 'a.b': 2}}"
        print(pool(library.lr, range(1)))
    """
    assert outcome(body, "spawn") == ["[9]"]


def test_where_a_name_of_multiprocessing_is_missing_the_environment_is_left(outcome: Outcome) -> None:
    body = """
        del multiprocessing.current_process()._config
        _.set_value("lr", 9).export_values()
        import os
        print(os.environ["HPMAN_VALUES"])
    """
    assert outcome(body, "spawn") == ["{'_':{'lr':9}}"]


def test_a_worker_parses_what_its_parent_has_parsed(outcome: Outcome) -> None:
    body = """
        _.parse_file("one.py")
        _.set_value("lr", 9).export_values()
        print(pool(library.parsed, range(1)))
    """
    assert outcome(body, "spawn") == ["[('parsed', '<HPMAN_VALUES>', 64, 'parsed', 'one.py', 64, 9)]"]
