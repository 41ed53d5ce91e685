"""Edits of files on disk: all or nothing, and to the byte what they were elsewhere."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Mapping, Sequence

from hpman._exchange.atomic import replace_files
from hpman.valuefiles.reading import decode_values, values_encoding
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.disk.port import REAL_DISK, decode
from hpman_lsp.workspace.snapshot import Snapshot

from .errors import CommandError
from .project import shown


def rewrite(snapshot: Snapshot, edits: Mapping[str, Sequence[Edit]]) -> None:
    """Apply edits of a snapshot's texts to the files on disk.

    Encoding, byte order mark, line ends and permissions stay. Raises CommandError where a file has changed since it
    was read, or cannot be written; then none is changed.
    """
    contents = {path: _edited(snapshot, path, some) for path, some in edits.items() if some}
    try:
        replace_files(contents)
    except OSError as error:
        raise CommandError(
            f"nothing was changed: cannot write {shown(str(error.filename))}: {error.strerror}"
        ) from None


def _edited(snapshot: Snapshot, path: str, edits: Sequence[Edit]) -> bytes:
    lines = snapshot.lines(path)
    text = "" if lines is None else lines.text
    try:
        data = REAL_DISK.read(path)
    except OSError as error:
        raise CommandError(
            f"nothing was changed: cannot read {shown(path)}: {error.strerror or error}"
        ) from None
    is_value_file = path in snapshot.value_files
    if (decode_values(data) if is_value_file else decode(data)) != text:
        raise CommandError(f"nothing was changed: {shown(path)} has changed meanwhile; try again")
    encoding = values_encoding(data) if is_value_file else _encoding(data)
    try:
        if text.encode(encoding) != data:
            raise CommandError(
                f"nothing was changed: {shown(path)} could not be written back as it is in {encoding}"
            )
        return apply_edits(text, edits).encode(encoding)
    except UnicodeEncodeError:
        raise CommandError(
            f"nothing was changed: {shown(path)} is {encoding}, which lacks a character of the name"
        ) from None


def _encoding(data: bytes) -> str:
    """Give the encoding that `decode` used; "utf-8-sig" has the byte order mark."""
    return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
