"""What loading and saving values raises."""

from __future__ import annotations

from typing import NamedTuple

from hpman.primitives import HpmanError


class ValueProblem(NamedTuple):
    """One thing that is wrong in a file of values; `str()` shows it with its place.

    code: stable: "syntax-error", "not-a-mapping", "bad-name", "duplicate-key", "leaf-and-branch", "unknown-name",
        "value-not-of-type", "too-large", "several-documents".
    line, column: from 1, the column in characters.
    name: the hyperparameter that it is about, or "".
    """

    code: str
    message: str
    filename: str
    line: int
    column: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.filename}:{self.line}:{self.column}: {self.message}"


class ValueFileError(HpmanError, ValueError):
    """A file of values cannot be read, or does not fit the program; nothing was set.

    filename: of the file; faults: all that is wrong with it, in its order.
    """

    filename: str = ""
    faults: tuple[ValueProblem, ...] = ()


class UnsupportedFormatError(HpmanError, ValueError):
    """A file's suffix is of no format that values are kept in."""

    filename: str = ""


class UnsavableError(HpmanError, ValueError):
    """Values cannot be written to a file; nothing was written.

    reasons: by name, why.
    """

    reasons: dict[str, str] = {}  # noqa: RUF012 - a default that is replaced, never changed
