"""URIs of files, in every spelling that clients use."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman_lsp.server.documents.uris import document_path, is_cell, path_of, uri_of

posix = pytest.mark.skipif(os.name == "nt", reason="sys.platform: paths of POSIX")


@posix
@given(st.binary(min_size=1, max_size=20))
def test_any_file_name_survives_the_way_to_a_uri_and_back(name: bytes) -> None:
    path = os.path.normpath("/x/" + os.fsdecode(name.replace(b"\0", b"_")))
    if not os.path.isabs(path) or path == "//":
        return
    assert path_of(uri_of(path)) == path
    assert uri_of(path).isascii()


@posix
@pytest.mark.parametrize(
    "spellings",
    [
        ["file:///C:/x/a.py", "file:///c:/x/a.py", "file:///c%3A/x/a.py", "file:///C%3a/x/a.py"],
        ["file:///x/a%20b.py", "file:///x/a b.py", "file:///x/%61%20b.py"],
        ["file:///x/a.py", "file://localhost/x/a.py", "file:/x/a.py", "file:///x//y/../a.py"],
        ["file:///x/%C3%A9.py", "file:///x/é.py"],
        ["file:///x/a%23b%3Fc.py", "file:///x/a#b?c.py"],
    ],
)
def test_one_file_has_one_path_however_its_uri_is_written(spellings: list[str]) -> None:
    assert len({path_of(uri) for uri in spellings}) == 1
    assert path_of(spellings[0]) is not None


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "git:/x/a.py?%7B%22ref%22%3A%22%22%7D",
        "inmemory://model/1",
        "file:",
        "file:x/a.py",
        "file:///x/%00.py",
        "http://[x/a.py",
        "",
    ],
)
def test_what_is_no_file_has_no_path(uri: str) -> None:
    assert path_of(uri) is None


@posix
@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("untitled:Untitled-1", "/w/untitled:Untitled-1"),
        ("untitled:my%20notes.ipynb", "/w/untitled:my notes.ipynb"),
        ("vscode-notebook-cell:Untitled-1.ipynb#W0sdW50aXRsZWQ%3D", "/w/untitled:Untitled-1.ipynb"),
        ("untitled:/x/new.py", "/x/untitled:new.py"),
        ("file:///x/a.py", "/x/a.py"),
        ("untitled:", None),
        ("untitled:a/b", None),
        ("git:/x/a.py", None),
    ],
)
def test_what_was_never_saved_is_taken_for_a_file_of_a_folder(uri: str, path: str | None) -> None:
    assert document_path(uri, "/w") == path


@posix
def test_a_host_stays_in_the_path() -> None:
    assert path_of("file://server/share/a.py") == "//server/share/a.py"


@pytest.mark.parametrize(
    "uri",
    [
        "vscode-notebook-cell:/x/a%20b.ipynb#W0sZmlsZQ%3D%3D",
        "vscode-notebook-cell:///x/a b.ipynb#ch0000002",
        "vscode-notebook-cell://127.0.0.1:8080/x/a b.ipynb#W2sdnNjb2RlLXJlbW90ZQ%3D%3D",
    ],
)
def test_a_cell_has_the_path_of_its_notebook(uri: str) -> None:
    assert is_cell(uri)
    assert path_of(uri) == "/x/a b.ipynb"
