"""From a file's bytes to nodes: its format, its encoding, its size."""

from __future__ import annotations

import os
import re
from typing import Final

from hpman.static.facts import Problem, Span

from .encoding import Format
from .errors import UnsupportedFormatError
from .json_text import parse_json
from .nodes import ParsedValues
from .yaml_text import parse_yaml

LARGEST: Final = 16 * 1024 * 1024  # bytes; a hundred times the largest that was seen
_FORMATS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE_END = re.compile(r"\r\n|\r|\n")


def format_of(path: str) -> Format:
    """Give the format that a file's suffix means; raises UnsupportedFormatError."""
    suffix = os.path.splitext(path)[1]
    if suffix.lower() not in _FORMATS:
        known, other = ", ".join(_FORMATS), f", not in {suffix!r}" if suffix else ""
        raise UnsupportedFormatError(
            f"{path}: values are kept in files that end in {known}{other}", filename=path
        )
    return _FORMATS[suffix.lower()]


def decode_values(data: bytes) -> str | Problem:
    """Decode a file: UTF-8, or UTF-16 with a byte order mark (YAML 1.2, 5.2); the mark is dropped."""
    if len(data) > LARGEST:
        return Problem("too-large", f"larger than {LARGEST >> 20} MB", Span(0, 0))
    mark, encoding = next(((mark, one) for mark, one in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem("syntax-error", f"line {line} is not {encoding}: {error.reason}", Span(0, 0))


def values_encoding(data: bytes) -> str:
    """Give the encoding with which `decode_values` reads a file; with a byte order mark it writes one too."""
    encoding = next((one for mark, one in _MARKS if data.startswith(mark)), "")
    return {"utf-8": "utf-8-sig", "": "utf-8"}.get(encoding, "utf-16")


def parse_values(text: str, form: Format) -> ParsedValues:
    """Read a text; raises MissingPackageError for YAML without PyYAML."""
    return parse_yaml(text) if form == "yaml" else parse_json(text)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Give the line and the column of an offset, both from 1, the column in characters."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text, 0, offset))]
    return len(starts), offset - starts[-1] + 1
