"""The one port to the disk, and how bytes become the text that Python would read."""

from __future__ import annotations

import io
import os
import stat
import tokenize
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

_LARGEST = 32 * 1024 * 1024  # bytes; no person writes such a file, and one of them would fill the memory


class Stamp(NamedTuple):
    """What changes when a file does."""

    mtime_ns: int
    size: int


class Entry(NamedTuple):
    """A regular file or a folder in a folder.

    stamp: of a file; None of a folder.
    target: where a symbolic link leads to in the end; None where it is none.
    """

    name: str
    stamp: Stamp | None
    target: str | None


class Disk(Protocol):
    """Where files come from; a dict of texts in tests."""

    def entries(self, folder: str) -> Iterator[Entry]:
        """List a folder; raises OSError where it cannot be listed."""

    def entry(self, path: str) -> Entry | None:
        """Describe one file or folder; None where there is none."""

    def read(self, path: str) -> bytes:
        """Read a file; raises OSError where it cannot be read."""


class RealDisk:
    """The operating system's files."""

    def entries(self, folder: str) -> Iterator[Entry]:
        """List a folder; what is neither a regular file nor a folder is left out, as are broken links."""
        with os.scandir(folder) as found:
            for item in found:
                try:
                    entry = _described(item.name, item.stat(), item.path if item.is_symlink() else None)
                except OSError:
                    continue
                if entry is not None:
                    yield entry

    def entry(self, path: str) -> Entry | None:
        """Describe one file or folder; None where there is none."""
        try:
            return _described(os.path.basename(path), os.stat(path), path if os.path.islink(path) else None)
        except (OSError, ValueError):
            return None

    def read(self, path: str) -> bytes:
        """Read a regular file; never waits for a pipe."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError("not a regular file")
            if status.st_size > _LARGEST:
                raise OSError(f"larger than {_LARGEST >> 20} MB")
            return file.readall()


REAL_DISK: Final[Disk] = RealDisk()


class Unreadable(NamedTuple):
    """Why a file has no text, in words for the log."""

    reason: str


def read_bytes(disk: Disk, path: str) -> bytes | Unreadable:
    """Read a file; what is in the way is a value, not an exception."""
    try:
        return disk.read(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return Unreadable(f"cannot be read: {reason or error}")


def decode(data: bytes) -> str | Unreadable:
    """Decode a source file as Python does (PEP 263; a byte order mark is dropped), line ends untouched."""
    if b"\0" in data:
        return Unreadable("holds a NUL byte, which Python refuses")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Unreadable(f"line {line} is not {error.encoding}: {error.reason}")
    except (SyntaxError, LookupError, ValueError) as error:
        return Unreadable(f"its encoding is not known to Python: {error}")


def _described(name: str, status: os.stat_result, link: str | None) -> Entry | None:
    target = None if link is None else os.path.realpath(link)
    if stat.S_ISDIR(status.st_mode):
        return Entry(name, None, target)
    if stat.S_ISREG(status.st_mode):
        return Entry(name, Stamp(status.st_mtime_ns, status.st_size), target)
    return None
