"""Nothing is said of code whose `_` is gettext's; `benchmarks/false_alarms.py` reads more of it."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from benchmarks.false_alarms import count, wheel


@pytest.fixture(scope="module")
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of downloaded packages: in pytest's cache, if there is one."""
    kept: pytest.Cache | None = getattr(request.config, "cache", None)
    return tmp_path_factory.mktemp("kept") if kept is None else kept.mkdir("false-alarms")


@pytest.mark.network
@pytest.mark.parametrize(("package", "calls"), [("django", 500), ("hpargparse", 0)])
def test_nothing_is_said_of_a_package(cache: Path, package: str, calls: int) -> None:
    folder = wheel(package, cache)
    if folder is None:
        pytest.skip(f"pip cannot download {package}")
    found = count(package, folder)
    assert found.calls >= calls
    assert found.said == ()


def test_nothing_is_said_of_the_standard_library() -> None:
    found = count("the standard library", Path(sysconfig.get_path("stdlib")))
    assert found.files > 1000
    assert found.said == ()
