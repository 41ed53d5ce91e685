"""Finds and reads source files: the library's only input."""

from __future__ import annotations

import os

from hpman.primitives import (
    InvalidArgumentError,
    SourceNotFoundError,
    SourceSyntaxError,
    SourceUnreadableError,
    UnsupportedSourceError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from typing import NoReturn, TypeAlias

    Path: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]
    # A file as it is shown to users, and the one path that all its names lead to.
    Found: TypeAlias = tuple[str, str]

# Folders that never hold a user's source. Those whose name begins with a dot are passed over anyway,
# and so is every environment, whatever its name.
PRUNED = frozenset({"__pycache__", "node_modules", "site-packages"})
ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
BUILD_FOLDERS = frozenset({"build", "dist"})
PROJECT_MARKS = frozenset({"setup.py", "pyproject.toml"})

COMPILED = (".pyc", ".pyd", ".so")  # what a module's `__file__` can be where its source is not installed

_STAND_IN = "\ue000"  # of private use


def find_sources(paths: Path | Iterable[Path]) -> list[Found]:
    """Give the source files that paths lead to, each file once, sorted by the name to be shown.

    paths: a path, or any iterable of paths. A file is taken whatever its name; in a folder, every `.py`
        file at any depth, except in folders that hold no user's source: hidden ones, `PRUNED`,
        environments, `*.egg-info`, and `build` and `dist` beside a `setup.py` or `pyproject.toml`. Links are followed;
        loops and broken links do no harm.

    Raises SourceNotFoundError, UnsupportedSourceError (a notebook, a compiled file) or InvalidArgumentError.
    """
    found: dict[str, str] = {}
    folders: set[tuple[int, int]] = set()
    for path in each_path(paths):
        if os.path.isdir(path):
            for shown, real in _walk(path, folders):
                found.setdefault(real, shown)
        else:
            _check_file(path)
            found.setdefault(os.path.realpath(path), path)
    return sorted((shown, real) for real, shown in found.items())


def each_path(paths: Path | Iterable[Path]) -> list[str]:
    """Return what `find_sources` takes as text, path by path; raises InvalidArgumentError for what is no path."""
    if isinstance(paths, (str, bytes, os.PathLike)):
        return [os.fsdecode(paths)]
    if not hasattr(paths, "__iter__"):
        raise InvalidArgumentError(
            f"parse_file takes a path or an iterable of paths, not {type(paths).__name__}: {paths!r}"
        )
    each = list(paths)
    for path in each:
        if not isinstance(path, (str, bytes, os.PathLike)):
            raise InvalidArgumentError(f"parse_file takes paths, not {type(path).__name__}: {path!r}")
    return [os.fsdecode(path) for path in each]


def reads(folder: str, path: str, names_in: Callable[[str], Container[str]]) -> bool:
    """Return whether `parse_file(folder)` reads a Python file below it; links are left out of account.

    folder, path: both absolute, or both relative, and normalised.
    names_in: gives the names in a folder; of those, the marks of projects and environments matter.
    """
    start = folder.rstrip(os.sep) + os.sep
    if not (path.startswith(start) and path.endswith(".py")):
        return False
    around = folder
    for name in path[len(start) :].split(os.sep):
        if is_passed_over(name, names_in(around)):
            return False
        around = os.path.join(around, name)
        if around != path and any(mark in names_in(around) for mark in ENVIRONMENT_MARKS):
            return False
    return True


def is_passed_over(name: str, beside: Container[str]) -> bool:
    """Return whether a folder or file is left out by `parse_file` where it reads the folder around.

    beside: the names in that folder.
    """
    if name.startswith(".") or name in PRUNED or name.endswith(".egg-info"):
        return True
    return name in BUILD_FOLDERS and any(mark in beside for mark in PROJECT_MARKS)


def read_bytes(path: str) -> bytes:
    """Read a file at once; raises SourceNotFoundError or SourceUnreadableError."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except FileNotFoundError:
        _refuse_missing(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a file as Python reads source; raises what `read_bytes` and `decode` raise."""
    name = os.fspath(path)
    return decode(read_bytes(name), name)


def decode(data: bytes, filename: str) -> str:
    """Decode source as Python does: byte order mark, encoding cookie (PEP 263), any line ends, else UTF-8.

    Raises SourceSyntaxError where Python refuses: an unknown encoding, bytes that are not of the
    encoding, a NUL.
    """
    try:
        text = _decoded(data)
    except (SyntaxError, ValueError, LookupError) as error:
        raise _undecodable(filename, error) from error
    nul = text.find("\0")
    if nul >= 0:
        _refuse_nul(text, nul, filename)
    return text


def _check_file(path: str) -> None:
    if not os.path.exists(path):
        _refuse_missing(path)
    if path.endswith(".ipynb"):
        raise UnsupportedSourceError(
            f"{path} is a notebook, which hpman cannot read yet: "
            "export it with `jupyter nbconvert --to script` and parse the script",
            filename=path,
        )
    if path.endswith(COMPILED):
        raise UnsupportedSourceError(
            f"{path} is compiled: give the source that it was made from", filename=path
        )


def _walk(root: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """Give the source files below a folder; `seen` holds the folders that were walked, for links may loop."""
    links: list[str] = []
    yield from _walk_real(root, os.path.realpath(root), seen, links)
    while links:  # last: what can be reached without a link is shown without one
        link = links.pop()
        real = os.path.realpath(link)
        if os.path.isdir(real):
            yield from _walk_real(link, real, seen, links, is_root=False)
        elif link.endswith(".py") and os.path.isfile(real):
            yield link, real


def _walk_real(
    folder: str, real: str, seen: set[tuple[int, int]], links: list[str], *, is_root: bool = True
) -> Iterator[Found]:
    """Give the source files below a folder; the links in it are left, in `links`, for later."""
    pending = [(folder, real)]
    while pending:
        shown, real = pending.pop()
        for entry in _entries(shown, real, seen, is_root=is_root and shown == folder):
            if entry.is_symlink():
                links.append(entry.path)
            elif entry.is_dir():
                pending.append((entry.path, os.path.join(real, entry.name)))
            elif entry.name.endswith(".py") and entry.is_file():
                yield entry.path, os.path.join(real, entry.name)


def _entries(shown: str, real: str, seen: set[tuple[int, int]], *, is_root: bool) -> list[os.DirEntry[str]]:
    """Give what is in a folder and may hold a user's source; nothing if that was given before."""
    try:
        status = os.stat(real)
        with os.scandir(shown) as scan:
            entries = list(scan)
    except OSError as error:
        if is_root:
            raise _unreadable(shown, error) from error
        return []  # it is gone, or not ours to read
    identity, names = (status.st_dev, status.st_ino), {entry.name for entry in entries}
    if identity in seen or not (is_root or ENVIRONMENT_MARKS.isdisjoint(names)):
        return []
    seen.add(identity)
    return [entry for entry in entries if not is_passed_over(entry.name, names)]


def _decoded(data: bytes) -> str:
    if b"\r" in data:  # before the cookie is looked for, as Python's own tokenizer does
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    marked = data.startswith(b"\xef\xbb\xbf")
    encoding = _cookie(data[3:] if marked else data)
    if marked and encoding != "utf-8":
        raise SyntaxError(f"encoding problem: {encoding} with a byte order mark")
    codec = "utf-8-sig" if marked else encoding
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        if not _has_faults_in_comments_only(data.decode(codec, "surrogateescape")):
            raise
        return data.decode(codec, "replace")


def _has_faults_in_comments_only(escaped: str) -> bool:
    """Tell whether bytes that are not of the encoding stand in comments only, where Python does not mind them.

    escaped: the source, such bytes being surrogates.
    """
    from io import StringIO  # noqa: PLC0415
    from tokenize import COMMENT, TokenError, generate_tokens  # noqa: PLC0415 - few files have such bytes

    # The tokenizer takes no surrogates: another character that the source does not have stands in.
    marked = escaped.translate(dict.fromkeys(range(0xDC80, 0xDD00), _STAND_IN))
    try:
        tokens = [one for one in generate_tokens(StringIO(marked).readline) if one.type != COMMENT]
    except (TokenError, SyntaxError):
        return False
    return _STAND_IN not in escaped and not any(_STAND_IN in one.string for one in tokens)


def _cookie(data: bytes) -> str:
    """Give the encoding that a comment on one of the first two lines names (PEP 263).

    Not `tokenize.detect_encoding`: unlike the tokenizer that runs programs, it refuses such a comment
    if there is more in it that is not UTF-8.
    """
    for line in data.split(b"\n", 2)[:2]:
        comment = line.lstrip(b" \t\f")
        if comment and not comment.startswith(b"#"):
            break
        if b"coding" in comment:
            import re  # noqa: PLC0415 - few files have a cookie

            match = re.search(rb"coding[:=][ \t]*([-\w.]+)", comment)
            if match is not None:
                name = match[1].decode()
                is_utf8 = re.match("utf-8(?:-|$)", name.lower().replace("_", "-")) is not None
                return "utf-8" if is_utf8 else name
    return "utf-8"


def _undecodable(filename: str, error: Exception) -> SourceSyntaxError:
    before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
    line, column = before.count(b"\n") + 1, 1
    if isinstance(error, UnicodeDecodeError):
        column += len(before[before.rfind(b"\n") + 1 :].decode(error.encoding, "replace"))
    return _syntax_error(filename, line, column, f"Python cannot decode this source: {error}")


def _unreadable(path: str, error: OSError) -> SourceUnreadableError:
    why = error.strerror or str(error)
    return SourceUnreadableError(f"cannot read {path}: {why}", filename=path, errno=error.errno, strerror=why)


def _refuse_nul(text: str, nul: int, filename: str) -> NoReturn:
    line, column = text.count("\n", 0, nul) + 1, nul - text.rfind("\n", 0, nul)
    raise _syntax_error(filename, line, column, "source code cannot contain null bytes")


def _syntax_error(filename: str, line: int, column: int, message: str) -> SourceSyntaxError:
    placed = f"{filename}:{line}:{column}: {message}"
    return SourceSyntaxError(placed, filename=filename, lineno=line, offset=column, msg=message)


def _refuse_missing(path: str) -> NoReturn:
    raise SourceNotFoundError(
        f"{path!r} does not exist (looked from {os.getcwd()!r}): {_advice(path)}",
        filename=path,
        errno=2,
        strerror="No such file or directory",
    )


def _advice(path: str) -> str:
    """Say what to give instead of a path that leads to nothing."""
    if not path:
        return "for the current folder, give '.'"
    below, nearest = "", os.path.abspath(path)
    while nearest != below and not os.path.exists(nearest):
        below, nearest = nearest, os.path.dirname(nearest)
    if os.path.isfile(nearest):
        return f"{nearest!r} is a file: unpack it, or give the text of what is in it to parse_source"
    return "give the path of a file or a folder"
