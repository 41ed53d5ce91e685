from __future__ import annotations

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.workspace.configuration.settings import Settings
from tests.lsp.workspace.fixtures import fixture

SOURCE = """
#- one/pyproject.toml
[tool.hpman.diagnostics]
missing-default = "{0}"
#- one/a.py
from hpman.m import _
_("lr")
#- two/pyproject.toml
[tool.hpman]
#- two/a.py
from hpman.m import _
_("lr")
"""


def severities(project: str, *settings: tuple[str, str]) -> list[str]:
    """Give the severity of what is said of a file in a project that sets it, and in one that does not."""
    snapshot = fixture(SOURCE.format(project)).snapshot.with_settings(Settings(severities=settings))
    return [
        ",".join(one.severity for one in diagnostics(snapshot, f"/w/{name}/a.py")) for name in ("one", "two")
    ]


def test_a_severity_is_the_projects_else_the_users_else_the_rules() -> None:
    assert severities("error") == ["error", "warning"]
    assert severities("error", ("missing-default", "hint")) == ["error", "hint"]
    assert severities("off", ("missing-default", "information")) == ["", "information"]
    assert severities("warning", ("missing-default", "off")) == ["warning", ""]


def test_a_severity_that_is_none_counts_for_nothing() -> None:
    assert severities("loud", ("missing-default", "quiet")) == ["warning", "warning"]


def test_other_severities_affect_all_files() -> None:
    snapshot = fixture(SOURCE.format("error")).snapshot
    after = snapshot.with_settings(Settings(severities=(("missing-default", "off"),)))
    assert affected(snapshot, after) >= {"/w/one/a.py", "/w/two/a.py", "/w/one/pyproject.toml"}
