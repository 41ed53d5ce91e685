"""A server for a test, which is gone when the test is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lsp.server.client import Client


@pytest.fixture
def client() -> Iterator[Client]:
    """A server that knows nothing of its client yet."""
    with Client() as started:
        yield started
        see_that_it_is_quiet(started)


@pytest.fixture(scope="module")
def shared() -> Iterator[Client]:
    """One server for the tests of a module that open documents only; initialized, without a workspace."""
    with Client() as started:
        started.initialize()
        yield started
        assert started.end() == 0
        see_that_it_is_quiet(started)


def see_that_it_is_quiet(client: Client) -> None:
    assert not client.stray, "something but the protocol wrote to the protocol's stream"
    assert not client.notifications("window/showMessage"), "a window popped up"
