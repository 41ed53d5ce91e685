"""What parsing found wrong, and the one exception that tells all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hpman import primitives
from hpman.primitives import HpmanError
from hpman.source_helper import SourceHelper

SHOWN = 10  # problems in one message; `.problems` has all

CLASSES: dict[str, type[HpmanError]] = {
    "syntax-error": primitives.SourceSyntaxError,
    "name-not-literal": primitives.NotLiteralNameException,
    "hint-not-literal": primitives.NotLiteralEvaluable,
    "wrong-arguments": primitives.WrongArgumentsError,
    "bad-literal": primitives.BadLiteralError,
    "invalid-name": primitives.InvalidNameError,
    "duplicate-default": primitives.DoubleAssignmentException,
    "impossible-tree": primitives.ImpossibleTree,
    "unreadable": primitives.SourceUnreadableError,
}


class SourceProblem(NamedTuple):
    """One thing that is wrong in a source; `str()` shows it with its place and the lines around.

    code: stable, a key of `CLASSES`.
    message: what is wrong and what to do, without the place.
    filename: as it was given; line and column count from 1, the column in characters.
    name: the hyperparameter that it is about, or "".
    source: the text that it is in; None where it was not read, or the message shows it already.
    """

    code: str
    message: str
    filename: str
    line: int
    column: int
    name: str = ""
    source: SourceHelper | None = None

    def __str__(self) -> str:
        head = f"{self.filename}:{self.line}:{self.column}: {self.message}"
        return head if self.source is None else f"{head}\n{self.source.format_line_with_context(self.line)}"


def error_of(problems: Sequence[SourceProblem]) -> HpmanError:
    """Give the exception that tells of all problems; its class is that of the first."""
    first = problems[0]
    shown = "\n".join(map(str, problems[:SHOWN]))
    if len(problems) > SHOWN:
        shown += f"\n... and {len(problems) - SHOWN} more: see `problems` of this exception"
    if len(problems) > 1:
        shown = f"{len(problems)} problems\n{shown}"
    return CLASSES[first.code](shown, problems=tuple(problems), **_data(first, len(problems) - 1))


def _data(first: SourceProblem, others: int) -> dict[str, object]:
    """Give the attributes that the exception's class has beside `problems`."""
    if first.code == "syntax-error":
        text = first.source.lines[first.line - 1] if first.source is not None else None
        place = {"filename": first.filename, "lineno": first.line, "offset": first.column}
        # Of a SyntaxError that nobody catches, Python shows this and the line, but not `str()`.
        more = f" (and {others} more: see `problems` of this exception)" if others else ""
        return {**place, "text": text, "msg": first.message + more}
    if first.code == "unreadable":
        return {"filename": first.filename}
    return {"name": first.name} if first.name else {}
