"""What all tests share: property tests without a stopwatch, goldens, and no silent skips under CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", UNTIMED)
settings.register_profile("ci", UNTIMED, derandomize=True)  # a red run is red again when it is repeated
settings.load_profile("ci" if os.environ.get("CI") else "default")

GOLDENS = Path(__file__).parent / "goldens"

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the files of expected output anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("name.txt", text)`: the text is that of the file `tests/goldens/name.txt`."""

    def check(name: str, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            GOLDENS.mkdir(exist_ok=True)
            (GOLDENS / name).write_text(text, encoding="utf-8")
        assert text == (GOLDENS / name).read_text(encoding="utf-8")

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _skipped_is_failed((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _skipped_is_failed((yield))


def _skipped_is_failed(report: Report) -> Report:
    """Under CI everything is installed, so that a skip hides something, but for what is of another system or Python.

    Those reasons begin with `sys.platform` and `sys.version_info`; the library's tests run on each Python (`make interpreters`).
    """
    if os.environ.get("CI") and isinstance(report.longrepr, tuple) and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not reason.startswith(("sys.platform", "sys.version_info")):
            report.outcome = "failed"
            report.longrepr = f"skipped, which is a failure under CI: {reason}"
    return report
