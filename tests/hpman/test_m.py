"""`hpman.m`, and what importing hpman gives and costs."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable

import pytest

import hpman
import hpman.m
from hpman import HyperParameterManager
from hpman.m import hp
from hpman.m import zzz as t

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    "name", ["_", "__", "___", "hp", "m", "os", "annotations", "ä", "_x", "x_", "list", "self"]
)
def test_any_name_is_a_manager_of_that_name(name: str) -> None:
    manager = getattr(hpman.m, name)
    assert isinstance(manager, HyperParameterManager)
    assert manager.placeholder == name
    assert getattr(hpman.m, name) is manager


def test_an_import_under_another_name_keeps_the_placeholder() -> None:
    assert t.placeholder == "zzz"
    assert t is not hp
    t("a", 1)
    assert not hp.exists("a")


PROBED = [
    "__wrapped__", "__test__", "__path__", "__signature__", "__no_such__", "pytest_plugins", "pytestmark",
    "pytest_collect_file", "_pytestfixturefunction", "_ipython_display_", "_ipython_canary_method_should_not_exist_",
    "_repr_html_", "_repr_mimebundle_", "load_tests", "setup_module", "no-identifier", "",
]  # fmt: skip


@pytest.mark.parametrize("name", PROBED)
def test_what_tools_look_for_is_not_a_manager(name: str) -> None:
    with pytest.raises(AttributeError, match=r"hpman\.m"):
        getattr(hpman.m, name)


def test_tools_that_walk_modules_find_nothing_odd(run: Run) -> None:
    program = """
import doctest, importlib.util, inspect, pydoc, sys
import hpman.m
assert doctest.testmod(hpman.m).failed == 0
assert inspect.unwrap(hpman.m) is hpman.m
assert importlib.util.find_spec("hpman.m").name == "hpman.m"
try:
    importlib.util.find_spec("hpman.m.sub")
except ModuleNotFoundError as error:
    assert "__path__" in str(error)
assert "any identifier will do" in pydoc.render_doc(hpman.m).lower()
namespace = {}
exec("from hpman.m import *", namespace)
print(sorted(set(namespace) - {"__builtins__"}), [name for name in vars(hpman.m) if not name.startswith("__")])
"""
    done = run("-c", program)
    assert (done.stdout, done.stderr) == ("[] []\n", "")


def test_everything_public_can_be_imported_and_is_named_once() -> None:
    namespace: dict[str, object] = {}
    exec("from hpman import *", namespace)
    assert len(set(hpman.__all__)) == len(hpman.__all__)
    assert set(hpman.__all__) <= set(namespace) & set(dir(hpman))
    with pytest.raises(AttributeError, match="module 'hpman' has no attribute 'nothing'"):
        hpman.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("hpman", ("HyperParameterManager HyperParameterDB HyperParameterOccurrence HyperParamNode HyperParamTree L P "
                  "SourceHelper EmptyValue NotLiteralEvaluable NotLiteralNameException DoubleAssignmentException "
                  "ImpossibleTree HyperParameterDBLambdas HyperParameterPriority m __version__")),
        ("hpman.hpm", "HyperParameterManager"),
        ("hpman.hpm_db", ("HyperParameterDB HyperParameterDBLambdas HyperParameterOccurrence HyperParameterPriority "
                         "HyperParamNode HyperParamTree L P")),
        ("hpman.primitives", "EmptyValue NotLiteralEvaluable NotLiteralNameException DoubleAssignmentException ImpossibleTree"),
        ("hpman.source_helper", "SourceHelper"),
    ],
)  # fmt: skip
def test_the_places_that_users_import_from_stay(module: str, names: str) -> None:
    found = importlib.import_module(module)
    for name in names.split():
        assert getattr(found, name) is getattr(hpman, name)


def test_importing_and_defining_costs_no_module_that_only_parsing_needs(run: Run) -> None:
    program = "import sys; before = set(sys.modules); from hpman.m import _; _('a', 1); _('a'); _.set_value('a', 2);"
    names = run(
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {ROOT!r}); {program} print(*set(sys.modules) - before)",
    )
    costly = {
        "ast",
        "enum",
        "re",
        "typing",
        "collections",
        "functools",
        "logging",
        "glob",
        "dataclasses",
        "threading",
    }
    assert costly & set(names.stdout.split()) == set(), names.stderr
    assert "hpman.hpm" in names.stdout


ROOT = str(importlib.util.find_spec("hpman").submodule_search_locations[0])[: -len("/hpman")]  # type: ignore[union-attr,index]


def test_the_version_is_that_of_the_distribution() -> None:
    assert hpman.__version__.startswith("1.")


@pytest.mark.parametrize("placeholder", ["", "a-b", "a.b", None, 1])
def test_a_placeholder_is_an_identifier(placeholder: str) -> None:
    with pytest.raises(TypeError, match="a placeholder is an identifier"):
        HyperParameterManager(placeholder)


def test_a_typo_in_an_attribute_is_an_error(manager: HyperParameterManager) -> None:
    with pytest.raises(AttributeError):
        manager.stirct = True  # type: ignore[attr-defined]
    assert sys.getsizeof(manager) < 200
