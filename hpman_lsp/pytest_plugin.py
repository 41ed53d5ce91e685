"""A pytest plugin: `pytest --hpman`, and the fixture `hpman_problems`, see that nothing is wrong with hyperparameters.

pytest imports it in every run, so it imports nothing before it is asked for something.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--hpman`."""
    parser.getgroup("hpman").addoption(
        "--hpman", action="store_true", help="add a test that fails if `hpman check --strict` finds something"
    )


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the test that `--hpman` asks for."""
    if config.getoption("--hpman"):
        items.append(HpmanItem.from_parent(session, name="hpman"))


@pytest.fixture(scope="session")
def hpman_problems(pytestconfig: pytest.Config) -> list[str]:
    """The errors and warnings that `hpman check` finds below pytest's root folder, each as one line."""
    return list(_problems(pytestconfig.rootpath))


class HpmanItem(pytest.Item):
    """The test that there are no problems."""

    def runtest(self) -> None:
        """Check the project."""
        if problems := list(_problems(self.config.rootpath)):
            pytest.fail("\n".join(problems), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Give what is shown as the test's name."""
        return self.config.rootpath, None, "hpman check --strict"


def _problems(folder: Path) -> Iterator[str]:
    from hpman_lsp.cli.errors import CommandError  # noqa: PLC0415
    from hpman_lsp.cli.findings import findings  # noqa: PLC0415
    from hpman_lsp.cli.project import open_project  # noqa: PLC0415

    try:
        opened = open_project(Namespace(paths=[str(folder)], root=None))
    except CommandError as error:
        raise pytest.UsageError(f"hpman: {error.message}") from None
    for one in findings(opened):
        if one.severity in ("error", "warning"):
            place = one.place
            yield f"{place.shown}:{place.line}:{place.column}: {one.severity} {one.code}: {one.message}"
