"""The plugin in other people's test suites."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = "hpman_lsp.pytest_plugin"
GOOD = "from hpman.m import _\n_('lr', 1)\n"
BAD = "from hpman.m import _\n_('lr')\n"
MESSAGE = "train.py:2:3: warning missing-default: `lr` has no default"


@pytest.fixture(autouse=True)
def own_root(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # it may be installed, or not yet
    pytester.makeini("[pytest]\n")
    pytester.makepyfile(setup="")


@pytest.mark.parametrize(("source", "outcome"), [(GOOD, {"passed": 1}), (BAD, {"failed": 1})])
def test_the_option_adds_a_test_that_there_are_no_problems(
    source: str, outcome: dict[str, int], pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(train=source)
    result = pytester.runpytest_subprocess("-p", PLUGIN, "--hpman")
    result.assert_outcomes(**outcome)
    assert (MESSAGE in result.stdout.str()) == (source == BAD)


def test_without_the_option_nothing_is_added(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(train=BAD, test_it="def test_it(): pass\n")
    pytester.runpytest_subprocess("-p", PLUGIN).assert_outcomes(passed=1)


def test_the_fixture_has_each_problem_as_a_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        train=BAD,
        test_it=f"def test_it(hpman_problems):\n    (one,) = hpman_problems\n    assert one.startswith({MESSAGE!r})\n",
    )
    pytester.runpytest_subprocess("-p", PLUGIN).assert_outcomes(passed=1)


def test_the_plugin_imports_nothing_of_ours_before_it_is_used() -> None:
    program = f"import sys, {PLUGIN}; print(*(name for name in sys.modules if name.startswith('hpman')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"hpman_lsp", PLUGIN}


def test_an_installed_hpman_brings_the_plugin() -> None:
    configuration = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'[project.entry-points.pytest11]\nhpman = "{PLUGIN}"\n' in configuration
