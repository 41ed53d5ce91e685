"""The one door to Python's own parser: quiet, and total."""

from __future__ import annotations

import ast
import re
import threading
import warnings
from typing import NamedTuple

from hpman.static.facts import NOT_LITERAL

from .newer import rewritten

# `catch_warnings` swaps a list that all threads share, so two of ours must not overlap.
_QUIET = threading.Lock()

# What its parser can warn of: an escape that means nothing, a number that runs into a keyword. Silence costs
# more than parsing a short text, so it is kept only where something can be said.
_LOUD = re.compile(r"\\|\b[0-9][\w.]*(?:and|else|for|i[fns]|not|or)")

# What Python's parser raises for a text that it refuses: a NUL is a ValueError before 3.12, nesting
# that is too deep a RecursionError or a MemoryError.
_REFUSALS = (SyntaxError, ValueError, RecursionError, MemoryError)


# A rewriting of newer syntax mends all of a kind, but unpackings in comprehensions one by one.
_REWRITINGS = 20


class Fault(NamedTuple):
    """Why Python refuses a text.

    line: from 1; column: in characters from 0; both in the text that was given.
    too_deep: the text may be good Python, but it is nested deeper than this interpreter reads.
    """

    message: str
    line: int
    column: int
    too_deep: bool


def module(text: str) -> ast.Module | Fault:
    """Parse a text as statements."""
    return _parse(text, "exec")  # type: ignore[return-value]


def expression(text: str) -> ast.expr | Fault:
    """Parse a text as one expression; positions count from the text's start."""
    tree = _parse(text, "eval")
    return tree if isinstance(tree, Fault) else tree.body  # type: ignore[attr-defined]


def literal(node: ast.expr) -> object | Fault:
    """Evaluate a literal: its value, `NOT_LITERAL` if it is none, a Fault if Python cannot build it."""
    try:
        value: object = node.value if isinstance(node, ast.Constant) else ast.literal_eval(node)
    except ValueError:
        return NOT_LITERAL
    except (RecursionError, MemoryError):
        return Fault("the literal is nested too deeply for Python", node.lineno, 0, True)
    except (TypeError, SyntaxError) as error:
        return Fault(f"Python cannot build this literal: {error}", node.lineno, 0, False)
    return value


def _parse(text: str, mode: str) -> ast.AST | Fault:
    if _LOUD.search(text) is None:
        return _compiled(text, mode)
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _compiled(text, mode)


def _compiled(text: str, mode: str) -> ast.AST | Fault:
    refusal: BaseException | None = None
    for _ in range(_REWRITINGS):
        try:
            return compile(text, "<source>", mode, ast.PyCF_ONLY_AST, dont_inherit=True)
        except _REFUSALS as error:
            refusal = error
        older = rewritten(text, refusal) if isinstance(refusal, SyntaxError) else None
        if older is None:
            break
        text = older
    assert refusal is not None
    return _refused(refusal)


def _refused(error: BaseException) -> Fault:
    if isinstance(error, SyntaxError):
        # A column past the line's end is CPython's way to point at the end.
        message = error.msg or "invalid syntax"
        return Fault(
            message, max(1, error.lineno or 1), max(0, (error.offset or 1) - 1), "too many nested" in message
        )
    if isinstance(error, ValueError):
        return Fault(str(error) or "invalid source", 1, 0, False)
    return Fault("the source is nested too deeply for Python", 1, 0, True)
