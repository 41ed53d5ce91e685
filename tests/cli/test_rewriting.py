"""Files are edited all or none, and only as they were read: to the byte what they were elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hpman.static.facts import Span
from hpman_lsp.cli.errors import CommandError
from hpman_lsp.cli.rewriting import rewrite
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.snapshot import Snapshot

CODE = "from hpman.m import _\n_('lr', 1)\n"
PROJECT = '[tool.hpman]\nvalue-files = ["*.yaml"]\n'


def opened(folder: Path, **files: str | bytes) -> Snapshot:
    """Write files, `a` as a.py and `a_yaml` as a.yaml, and read the workspace."""
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    for name, content in files.items():
        path = folder / (f"{name[:-5]}.yaml" if name.endswith("_yaml") else f"{name}.py")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    roots, settings = (str(folder),), Settings(())
    snapshot = Snapshot.empty(roots, settings)
    for batch in load(roots, settings):
        snapshot = snapshot.with_batch(batch)
    return snapshot.with_complete()


def rate(snapshot: Snapshot, path: Path, new: str = "rate") -> tuple[Edit, ...]:
    """Edit the first `lr` of a file as it was read."""
    lines = snapshot.lines(str(path))
    assert lines is not None
    at = lines.text.index("lr")
    return (Edit(Span(at, at + 2), new),)


@pytest.mark.parametrize(
    "change",
    [
        CODE.replace("1", "2"),
        CODE + "\n",
        CODE.replace("\n", "\r\n"),
        "",
        "# lr\n" + CODE,
    ],
)
def test_a_file_that_changed_since_it_was_read_stays_as_it_is(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.py"
    snapshot = opened(tmp_path, a=CODE)
    path.write_bytes(change.encode())
    with pytest.raises(CommandError) as told:
        rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert "a.py has changed meanwhile; try again" in str(told.value)
    assert str(told.value).startswith("nothing was changed: ")
    assert path.read_bytes() == change.encode()


def test_a_value_file_that_changed_since_it_was_read_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    snapshot = opened(tmp_path, m=CODE, a_yaml="lr: 1\n")
    path.write_text("lr: 2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="changed meanwhile"):
        rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert path.read_text(encoding="utf-8") == "lr: 2\n"


@pytest.mark.parametrize("changed", ["a", "b"])
def test_no_file_is_edited_where_one_of_them_changed(tmp_path: Path, changed: str) -> None:
    snapshot = opened(tmp_path, a=CODE, b=CODE)
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    (tmp_path / f"{changed}.py").write_text(CODE + "# now\n", encoding="utf-8")
    before = [path.read_bytes() for path in paths]
    with pytest.raises(CommandError, match="changed meanwhile"):
        rewrite(snapshot, {str(path): rate(snapshot, path) for path in paths})
    assert [path.read_bytes() for path in paths] == before


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    snapshot = opened(tmp_path, a=CODE)
    path.unlink()
    with pytest.raises(CommandError) as told:
        rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert str(told.value).startswith("nothing was changed: cannot read ")
    assert str(told.value).endswith("a.py: No such file or directory")
    assert os.listdir(tmp_path) == ["pyproject.toml"]


def test_a_file_that_cannot_be_read_any_more_is_told_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    snapshot = opened(tmp_path, a=CODE)
    path.unlink()
    path.mkdir()
    with pytest.raises(CommandError, match=r"cannot read .*a\.py: Is a directory"):
        rewrite(snapshot, {str(path): rate(snapshot, path)})


@pytest.mark.parametrize(
    "content",
    [
        CODE.encode(),
        b"\xef\xbb\xbf" + CODE.encode(),
        CODE.replace("\n", "\r\n").encode(),
        ("# coding: latin-1\n# \xe9\n" + CODE).encode("latin-1"),
        ("# \xe9\n" + CODE).encode(),
    ],
)
def test_all_but_the_name_keeps_its_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.py"
    snapshot = opened(tmp_path, a=content)
    rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert path.read_bytes() == content.replace(b"lr", b"rate")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_value_file_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.yaml"
    snapshot = opened(tmp_path, m=CODE, a_yaml="# \xe9\nlr: 1\n".encode(encoding))
    rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert path.read_bytes() == "# \xe9\nrate: 1\n".encode(encoding)


def test_a_character_that_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    content = ("# coding: ascii\n" + CODE).encode()
    snapshot = opened(tmp_path, a=content)
    with pytest.raises(CommandError, match="is ascii, which lacks a character of the name"):
        rewrite(snapshot, {str(path): rate(snapshot, path, "\xe9")})
    assert path.read_bytes() == content


@pytest.mark.parametrize("comment", [b"+AGE-", b"~"])
def test_bytes_that_would_not_come_back_are_refused(tmp_path: Path, comment: bytes) -> None:
    path = tmp_path / "a.py"
    content = b"# coding: utf-7\n# " + comment + b"\n" + CODE.encode()
    snapshot = opened(tmp_path, a=content)
    with pytest.raises(CommandError, match="could not be written back as it is in utf-7"):
        rewrite(snapshot, {str(path): rate(snapshot, path)})
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_written_is_told_with_its_reason_and_the_others_stay(tmp_path: Path) -> None:
    long = "b" * 250  # what is written beside it would have a name that is too long
    snapshot = opened(tmp_path, a=CODE, **{long: CODE})
    paths = [tmp_path / "a.py", tmp_path / f"{long}.py"]
    with pytest.raises(CommandError, match=r"nothing was changed: cannot write .*b\.py: File name too long"):
        rewrite(snapshot, {str(path): rate(snapshot, path) for path in paths})
    assert [path.read_text(encoding="utf-8") for path in paths] == [CODE, CODE]


def test_a_file_without_edits_is_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    snapshot = opened(tmp_path, a=CODE)
    path.unlink()
    rewrite(snapshot, {str(path): ()})
