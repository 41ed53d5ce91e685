from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hpman_lsp.workspace.disk.port import RealDisk, Unreadable, decode, read_bytes


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("x = 'ä😀'\r\n\f\r".encode(), "x = 'ä😀'\r\n\f\r"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe4'", "# -*- coding: latin-1 -*-\nx = 'ä'"),
        (
            b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'",
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'€'",
        ),
    ],
)
def test_text_is_what_python_reads(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\nb = '\xe4'\n", "line 2 is not utf-8: invalid continuation byte"),
        (b"x = 1\n" * 9 + b"\xff", "line 10 is not utf-8: invalid start byte"),
        (b"a\0b", "holds a NUL byte, which Python refuses"),
        (
            b"# coding: no-such-codec\n",
            "its encoding is not known to Python: unknown encoding: no-such-codec",
        ),
        (
            b"# coding: rot13\n",
            "its encoding is not known to Python: 'rot13' is not a text encoding; use codecs.decode() to handle arbitrary codecs",
        ),
    ],
)
def test_what_python_refuses_has_a_reason(data: bytes, reason: str) -> None:
    assert decode(data) == Unreadable(reason)


def test_what_cannot_be_read_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    disk = RealDisk()
    assert read_bytes(disk, str(tmp_path / "gone.py")) == Unreadable(
        "cannot be read: No such file or directory"
    )
    assert isinstance(read_bytes(disk, str(tmp_path / "folder.py")), Unreadable)
    assert isinstance(read_bytes(disk, str(tmp_path / "nul\0.py")), Unreadable)


@pytest.mark.skipif(sys.platform == "win32", reason="sys.platform: pipes in folders are POSIX")
def test_a_pipe_is_neither_listed_nor_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    disk = RealDisk()
    assert list(disk.entries(str(tmp_path))) == []
    assert read_bytes(disk, str(tmp_path / "pipe.py")) == Unreadable("cannot be read: not a regular file")


def test_entries_tell_files_from_folders_and_where_links_lead(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    (tmp_path / "b").mkdir()
    (tmp_path / "link.py").symlink_to("a.py")
    (tmp_path / "broken.py").symlink_to("nowhere.py")
    found = {
        one.name: (one.stamp and one.stamp.size, one.target) for one in RealDisk().entries(str(tmp_path))
    }
    assert found == {
        "a.py": (1, None),
        "b": (None, None),
        "link.py": (1, os.path.realpath(tmp_path / "a.py")),
    }
