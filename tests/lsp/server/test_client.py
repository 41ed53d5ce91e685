"""What is understood of a client's capabilities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman_lsp.server.handshake.capabilities import capabilities, registrations
from hpman_lsp.server.handshake.client import Client, client_of

PROFILES = sorted((Path(__file__).parents[2] / "fixtures/clients").glob("*.json"))

ENCODINGS = {
    "codemirror-lsp-client-6.3.0": "utf-16",
    "eglot-1.17-emacs30.1": "utf-32",
    "helix-25.01.1": "utf-8",
    "neovim-0.11.4": "utf-8",
    "neovim-0.10.4": "utf-16",
    "vscode-languageclient-9.0.1": "utf-16",
}


def profile(name: str) -> Client:
    path = next(path for path in PROFILES if path.stem == name)
    return client_of(json.loads(path.read_text())["capabilities"])


@pytest.mark.parametrize(("name", "encoding"), ENCODINGS.items())
def test_the_encoding_is_the_clients_first_choice(name: str, encoding: str) -> None:
    assert profile(name).encoding == encoding


def test_an_unknown_encoding_is_passed_over() -> None:
    assert client_of({"general": {"positionEncodings": ["utf-7", 8, "utf-32"]}}).encoding == "utf-32"


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_client_that_can_be_pushed_to_is_never_offered_pull_diagnostics(path: Path) -> None:
    client = client_of(json.loads(path.read_text())["capabilities"])
    assert not client.pull_diagnostics
    assert capabilities(client).diagnostic_provider is None


def test_a_client_that_can_only_pull_is_offered_that() -> None:
    client = client_of({"textDocument": {"diagnostic": {}}})
    assert capabilities(client).diagnostic_provider is not None


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("neovim-0.11.4", []),
        ("eglot-1.17-emacs30.1", ["workspace/didChangeWatchedFiles"]),
        (
            "vscode-languageclient-9.0.1",
            ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"],
        ),
    ],
)
def test_only_what_is_advertised_is_registered(name: str, methods: list[str]) -> None:
    assert [registration.method for registration in registrations(profile(name))] == methods


@pytest.mark.parametrize(
    ("name", "shows"),
    [("vscode-languageclient-9.0.1", True), ("neovim-0.11.4", False), ("helix-25.01.1", False)],
)
def test_links_in_a_hover_are_for_clients_that_render_markdown(name: str, shows: bool) -> None:
    assert profile(name).markdown_links is shows


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["general", "textDocument", "workspace", "window", "hover", "contentFormat"]),
                inner,
            )
        ),
    )
)
def test_odd_capabilities_never_cost_the_client_its_server(sent: object) -> None:
    assert capabilities(client_of(sent)).hover_provider
