"""Shows the lines of source around an occurrence."""

from __future__ import annotations

from .primitives import UNKNOWN_FILENAME
from .sources import read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

CONTEXT = 5  # lines shown before and after the one that is meant


class SourceHelper:
    """Formats lines of one source; all line numbers count from 1, and ranges include their end.

    source: the text; its lines end with a line feed.
    """

    __slots__ = ("source",)

    def __init__(self, source: str) -> None:
        self.source = source

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> SourceHelper:
        """Read a file as Python reads source (encoding cookie, byte order mark, any line ends).

        Raises SourceNotFoundError, SourceUnreadableError or SourceSyntaxError.
        """
        return cls(read_text(path))

    @property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.source.split("\n")

    def format_lines(self, from_line: int, to_line: int, lineno: int, *, indent_spaces: int = 0) -> str:
        """Show a range of lines with their numbers, and an arrow at `lineno`.

        Raises ValueError unless 1 <= from_line <= lineno <= to_line <= number of lines.
        """
        lines = self.lines
        if not 1 <= from_line <= lineno <= to_line <= len(lines):
            raise ValueError(
                f"lines {from_line} to {to_line} around {lineno} are not in a source of {len(lines)} lines"
            )
        width, indent = len(str(to_line)), " " * indent_spaces
        return "\n".join(
            f"{indent}{'==> ' if number == lineno else '    '}{number:{width}}: {lines[number - 1]}"
            for number in range(from_line, to_line + 1)
        )

    def format_line_with_context(
        self, lineno: int, before: int = CONTEXT, after: int = CONTEXT, *, indent_spaces: int = 0
    ) -> str:
        """Show a line and those around it; a line that the source does not have is its nearest.

        (A file may have been edited since it was parsed.)
        """
        last = self.source.count("\n") + 1
        line = min(max(1, lineno), last)
        first = max(1, line - max(0, before))
        return self.format_lines(first, min(last, line + max(0, after)), line, indent_spaces=indent_spaces)

    def format_given_filename_and_lineno(
        self,
        filename: str,
        lineno: int,
        before: int = CONTEXT,
        after: int = CONTEXT,
        *,
        indent_spaces: int = 0,
    ) -> str:
        """Show `filename:lineno`, and below it the lines around; the filename is only shown."""
        lines = self.format_line_with_context(lineno, before, after, indent_spaces=indent_spaces)
        return f"{' ' * indent_spaces}{filename}:{lineno}\n{lines}"

    @classmethod
    def format_given_source_and_lineno(
        cls, source: str, lineno: int, before: int = CONTEXT, after: int = CONTEXT, *, indent_spaces: int = 0
    ) -> str:
        """Show the lines around one of a text."""
        return cls(source).format_line_with_context(lineno, before, after, indent_spaces=indent_spaces)

    @classmethod
    def format_given_filename_and_source_and_lineno(
        cls,
        filename: str,
        source: str,
        lineno: int,
        before: int = CONTEXT,
        after: int = CONTEXT,
        *,
        indent_spaces: int = 0,
    ) -> str:
        """Show `filename:lineno`, and below it the lines around one of a text."""
        helper = cls(source)
        return helper.format_given_filename_and_lineno(
            filename, lineno, before, after, indent_spaces=indent_spaces
        )

    @classmethod
    def format_given_filepath_and_lineno(
        cls,
        path: str | None,
        lineno: int | None,
        before: int = CONTEXT,
        after: int = CONTEXT,
        *,
        indent_spaces: int = 0,
    ) -> str:
        """Show `path:lineno`, and below it the lines around one of a file.

        path: a file; where there is none ("<unknown>", None, a notebook's cell, a file that is gone) no
            line is shown but an empty one.
        lineno: None, of a value that no source gave, is 1.
        """
        shown = 1 if lineno is None else lineno
        return cls(_text_or_nothing(path)).format_given_filename_and_lineno(
            str(path), shown, before, after, indent_spaces=indent_spaces
        )


def _text_or_nothing(path: str | None) -> str:
    if path is None or path == UNKNOWN_FILENAME:
        return ""
    try:
        return read_text(path)
    except (OSError, SyntaxError):
        return ""
