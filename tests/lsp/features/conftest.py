"""Assertions in shared checks tell both sides, as those in tests do."""

import pytest

pytest.register_assert_rewrite("tests.lsp.features.checking")
