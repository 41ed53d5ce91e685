"""Every program of the documentation, as it is printed there, does what it says there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hpman import HyperParameterManager, SourceSyntaxError

PROGRAMS = Path(__file__).parent / "documentation"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def program(tmp_path: Path, run: Run) -> Callable[..., tuple[int, str]]:
    """Run a program: its exit code, and all that it prints."""

    def output(name: str, *arguments: str) -> tuple[int, str]:
        for path in PROGRAMS.glob("*.txt"):
            if path.stem in (name, "lib"):
                shutil.copy(path, tmp_path / f"{path.stem}.py")
        done = run(f"{name}.py", *arguments)
        return done.returncode, done.stdout + done.stderr

    return output


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ("", "a = 0\nb = 0\nlib.add() = 0\nlib.mult() = 0\n"),
        ("-a 2 -b 3", "a = 2\nb = 3\nlib.add() = 5\nlib.mult() = 6\n"),
    ],
)
def test_the_first_example_prints_what_it_says(
    program: Callable[..., tuple[int, str]], arguments: str, printed: str
) -> None:
    assert program("main", *arguments.split()) == (0, printed)


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        ("", 0, "optimizer: adam\n"),
        ("--optimizer sgd", 0, "optimizer: sgd\n"),
        ("-h", 0, "--optimizer {adam,sgd}"),
        ("--optimizer rmsprop", 2, "error: argument --optimizer: invalid choice: 'rmsprop'"),
    ],
)
def test_the_hints_example_offers_the_choices_of_the_hint(
    program: Callable[..., tuple[int, str]], arguments: str, code: int, part: str
) -> None:
    returned, output = program("hints_example", *arguments.split())
    assert returned == code
    assert part in output


def test_a_name_that_hides_the_manager_is_parsed_all_the_same(
    program: Callable[..., tuple[int, str]],
) -> None:
    assert program("shadowed") == (0, "{'a': 1}\n")


def test_managers_of_any_name_work_independently(program: Callable[..., tuple[int, str]], run: Run) -> None:
    assert program("arbitrary_imports") == (0, "")
    imported = "from arbitrary_imports import *; print([m.get_values() for m in (ddd, abc, _, hp)])"
    shown = run("-c", f"from arbitrary_imports import _; {imported}").stdout
    assert shown == "[{'a': 1}, {'a': 2}, {'hello': 3}, {}]\n"


def test_an_alias_works_at_run_time_and_is_not_found_by_parsing(
    program: Callable[..., tuple[int, str]], run: Run
) -> None:
    assert program("alias") == (0, "")
    shown = run("-c", "from alias import _; print(_('a'), _.db.count(lambda row: row.priority == 1))").stdout
    assert shown == "1 0\n"
    manager = HyperParameterManager("_").parse_file(PROGRAMS / "alias.txt")
    assert manager.get_values() == {}


def test_the_loop_without_a_body_is_refused_where_it_is_and_parsed_once_mended() -> None:
    printed = (PROGRAMS / "training_loop.txt").read_text(encoding="utf-8")
    with pytest.raises(SourceSyntaxError, match=r"loop.py:13:5: expected an indented block") as caught:
        HyperParameterManager("_").parse_source(printed, "loop.py")
    assert caught.value.lineno == 13
    mended = printed.replace("True):\n", "True):\n        pass\n")
    manager = HyperParameterManager("_").parse_source(mended, "loop.py")
    assert manager.get_values() == {"batch_size": 128, "num_layers": 50, "use_resnet": True}
    assert len(manager.db.group_by("name")["num_layers"]) == 2


def test_the_four_forms_of_parse_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "library_dir").mkdir()
    (tmp_path / "main.py").write_text("_('a', 1)")
    (tmp_path / "library_dir" / "model.py").write_text("_('b', 2)")
    monkeypatch.chdir(tmp_path)
    for path, values in [
        (str(tmp_path / "main.py"), {"a": 1}),
        ("main.py", {"a": 1}),
        ("library_dir", {"b": 2}),
        (["main.py", "library_dir"], {"a": 1, "b": 2}),
    ]:
        assert HyperParameterManager("_").parse_file(path).get_values() == values
    assert HyperParameterManager("_").parse_source('_("a", 1)').get_values() == {"a": 1}
