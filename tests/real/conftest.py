"""A server for a test, as in the tests of the server."""

from tests.lsp.server.conftest import client

__all__ = ["client"]
