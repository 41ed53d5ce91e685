"""What is read from `initialize`, and from settings."""

from __future__ import annotations

import os

import pytest

from hpman_lsp.server.handshake.settings import settings_of
from hpman_lsp.server.handshake.start import start_of
from hpman_lsp.workspace.configuration.settings import Settings

posix = pytest.mark.skipif(os.name == "nt", reason="sys.platform: paths of POSIX")


@posix
@pytest.mark.parametrize(
    ("params", "roots"),
    [
        (
            {"workspaceFolders": [{"uri": "file:///a", "name": "a"}, {"uri": "file:///b", "name": "b"}]},
            ("/a", "/b"),
        ),
        (
            {"workspaceFolders": [{"uri": "file:///a"}, {"uri": "file:///a/"}], "rootUri": "file:///c"},
            ("/a",),
        ),
        ({"workspaceFolders": None, "rootUri": "file:///c%20d"}, ("/c d",)),
        ({"rootUri": None, "rootPath": "/c%20d"}, ("/c%20d",)),
        ({"workspaceFolders": [], "rootUri": None, "rootPath": None}, ()),
        ({"workspaceFolders": [{"uri": "vscode-vfs://github/x"}, 7, {"uri": 1}]}, ()),
        ({"rootPath": "relative"}, ()),
        (None, ()),
    ],
)
def test_roots_come_from_folders_else_from_the_older_fields(params: object, roots: tuple[str, ...]) -> None:
    assert start_of(params).roots == roots


@pytest.mark.parametrize(("sent", "process"), [(7, 7), (None, None), ("7", None), (-1, None), (0, None)])
def test_only_a_process_number_is_watched(sent: object, process: int | None) -> None:
    assert start_of({"processId": sent}).process == process


@pytest.mark.parametrize(
    ("sent", "settings"),
    [
        (None, Settings()),
        ({}, Settings()),
        ({"exclude": ["a/"]}, Settings(exclude=("a/",))),
        ({"hpman": {"exclude": ["a/", "b"]}}, Settings(exclude=("a/", "b"))),
        ({"hpman": None}, Settings()),
        ({"diagnostics": {"missing-default": "off"}}, Settings(severities=(("missing-default", "off"),))),
    ],
)
def test_settings_are_taken_with_and_without_their_section(sent: object, settings: Settings) -> None:
    assert settings_of(sent) == (settings, ())


@pytest.mark.parametrize(
    "sent",
    [
        7,
        {"exclude": "a"},
        {"hpman": [1]},
        {"hpman": {"exclude": [1]}},
        {"diagnostics": "off"},
        {"diagnostics": {"no-such": "off"}},
        {"diagnostics": {"missing-default": "loud"}},
        {"diagnostics": {"missing-default": ["off"]}},
    ],
)
def test_wrong_settings_are_a_line_for_the_log_and_the_defaults(sent: object) -> None:
    settings, problems = settings_of(sent)
    assert settings == Settings()
    assert len(problems) == 1
    assert "`hpman" in problems[0]
