from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest

from hpman_lsp.workspace import faults

_REPORTED = faults.words


@pytest.fixture(scope="session", autouse=True)
def _errors_are_raised() -> Iterator[None]:
    """Raise an error of ours, which a user would find reported for its file, so that no test passes by it."""
    faults.words = _raised
    yield
    faults.words = _REPORTED


@pytest.fixture
def _errors_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Report an error of ours as a user finds it."""
    monkeypatch.setattr(faults, "words", _REPORTED)


def _raised(error: Exception) -> NoReturn:
    raise error
