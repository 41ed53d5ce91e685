"""Replaces files all or nothing: nobody ever sees half of a file, and a failure leaves what there was."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def replace_files(contents: Mapping[str, bytes]) -> None:
    """Write files anew, or make them.

    contents: by path; a link stays one, and what it leads to is replaced. Permissions stay.

    Raises OSError, with the path in it; then every file is as it was.
    """
    written: dict[str, str] = {}  # the file to replace, and the new one beside it
    try:
        for path, data in contents.items():
            target = os.path.realpath(path)
            written[target] = _beside(target)
            with _named(target):
                _write(written[target], data, target)
        _swap(written)
    finally:
        for beside in written.values():
            _remove(beside)


def _swap(written: Mapping[str, str]) -> None:
    """Put new files in the place of old ones, which are kept until all are in place."""
    kept: dict[str, str | None] = {}
    try:
        for target, beside in written.items():
            with _named(target):
                kept[target] = _kept(target)
                os.replace(beside, target)
    except OSError:
        for target, old in kept.items():
            if old is not None:
                os.replace(old, target)
            elif not os.path.exists(written[target]):
                _remove(target)
        raise
    finally:
        for old in kept.values():
            if old is not None:
                _remove(old)


@contextmanager
def _named(target: str) -> Iterator[None]:
    """Errors tell of the file that is meant, not of the one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = target, None
        raise


def _kept(target: str) -> str | None:
    """Give a second name of a file, by which it can be had back; None where there is no file yet."""
    if not os.path.exists(target):
        return None
    second = _beside(target)
    try:
        os.link(target, second)
    except OSError:  # a file system without links
        with open(target, "rb") as file:
            _write(second, file.read(), target)
    return second


def _write(path: str, data: bytes, like: str) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if os.path.exists(like):
        os.chmod(path, os.stat(like).st_mode & 0o7777)


def _beside(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.getpid()}.{os.urandom(4).hex()}")


def _remove(path: str) -> None:
    with suppress(OSError):  # it has been moved to its place
        os.remove(path)
