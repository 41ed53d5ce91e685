"""URIs of files to native absolute paths, and back.

One file has one path here, however its URI is written: percent-encoded or not, with a drive letter in either
case (`file:///C%3A/x` is `file:///c:/x`).
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_DRIVE = re.compile(r"/([A-Za-z]):(?=/|\Z)")


# A notebook's cell: the notebook's address under another scheme, and which cell it is as the fragment.
_CELL = "vscode-notebook-cell"
_UNSAVED = "untitled"
_FILE = b64encode(b"file").decode().rstrip("=")


def is_cell(uri: str) -> bool:
    """Tell whether a URI is that of a cell of a notebook."""
    return uri.startswith(f"{_CELL}:")


def path_of(uri: str) -> str | None:
    """The normalised path of a `file:` URI, or of the notebook that a cell is in; None for any other."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme not in ("file", _CELL):
        return None
    # "?" and "#" may stand unquoted in what some clients send; no file URI has a query or a fragment.
    whole = uri.partition("#")[0] if is_cell(uri) else uri
    written = whole.partition(":")[2].removeprefix("//" + parts.netloc)
    path = unquote(written, errors="surrogateescape")
    if "\0" in path or not path.startswith("/"):
        return None
    host = "" if parts.netloc == "localhost" or _is_remote(parts) else parts.netloc
    path = _DRIVE.sub(lambda drive: f"/{drive[1].lower()}:", path, count=1) if _DRIVE.match(path) else path
    if os.name == "nt":
        path = path.removeprefix("/") if _DRIVE.match(path) else path
    return os.path.normpath(f"//{host}{path}" if host else path)


def document_path(uri: str, folder: str) -> str | None:
    """The path of a document; one that was never saved (`untitled:`) is taken for a file of a folder.

    Its name is one that no file has. One that the client has a place for already is in that place.
    """
    scheme, _, name = uri.partition("#")[0].partition(":")
    if (path := path_of(uri)) is not None or scheme not in (_UNSAVED, _CELL):
        return path
    place = path_of(f"file://{name}") if name.startswith("/") else None
    folder, name = (folder, unquote(name)) if place is None else os.path.split(place)
    return os.path.join(folder, f"{_UNSAVED}:{name}") if name and not set(name) & set("/\\\0") else None


def _is_remote(parts: SplitResult) -> bool:
    """Tell whether a cell's host is that of the editor's server: the cell's fragment ends with the notebook's scheme."""
    return parts.scheme == _CELL and _FILE not in parts.fragment


@lru_cache(maxsize=4096)  # an answer with many places has few files
def uri_of(path: str) -> str:
    """The `file:` URI of an absolute path, percent-encoded as RFC 3986 says."""
    return Path(path).as_uri()
