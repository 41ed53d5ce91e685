"""Reads the calls in statements: of all of one, or of those of their logical lines alone that name a candidate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import lru_cache

from .broken import recovery
from .broken.recovery import Recovered
from .characters.blocks import indent_of
from .characters.logical import lines_with
from .facts import Span
from .scoping.binders import binder, roots, word
from .scoping.bindings import calls, free_calls
from .tree import syntax
from .tree.formatted import placed
from .tree.source import Source, line_starts

_BLOCK = "if 1:\n"
_HEAD = re.compile(r"[ \t]*(?P<word>async|class|def|elif|else|except|finally|for|if|try|while|with)\b")
# The colon that ends a head, and only comments and blank lines behind it; or one that looks like it in a string.
_OPEN = re.compile(r":[ \t\f]*(?:#[^\r\n]*)?(?:[\r\n][ \t\f]*(?:#[^\r\n]*)?)*\Z")
_NEEDED = {"elif": "if 1: pass\n", "else": "if 1: pass\n", "except": "try: pass\n", "finally": "try: pass\n"}
_SCOPE = re.compile(r"[ \t]*(?:@|class\b|(?:async[ \t]+)?def\b)")
# The beginning of a line that only binds names: `a, _ = b`, `for _ in c`.
_BINDING = re.compile(r"[ \t]*(?:(?:async[ \t]+)?for\b[\w \t,.*]*\bin\b|[\w \t,.*]*=(?!=))")


def is_free(text: str, place: Span, candidates: frozenset[str]) -> bool:
    """Tell whether each line of a statement gives the same calls by itself, whatever the others are.

    That is so where nothing in it binds a candidate, and no `parse_file` takes a path from another line.
    """
    return text.find("parse_file", *place) < 0 and binder(candidates).search(text, *place) is None


def is_idle(text: str, place: Span, candidates: frozenset[str]) -> bool:
    """Tell whether a statement is surely a function or class that only binds candidates, for itself.

    As `for _ in range(3)` does, be it a statement or in a comprehension, and `a, _ = b`.
    """
    if _SCOPE.match(text, place.start) is None:
        return False
    elsewhere = _elsewhere(candidates)
    if elsewhere.search(text, *place) is None:
        return True
    for line in _naming(text, place, candidates):
        bound = _BINDING.match(text, line.start, line.end)
        if elsewhere.search(text, line.start if bound is None else bound.end(), line.end) is not None:
            return False
    return True


@lru_cache(maxsize=64)
def _elsewhere(candidates: frozenset[str]) -> re.Pattern[str]:
    """Match where a candidate's name stands, but not as the variable of a loop."""
    variable = (rf"(?<=\bfor {name})(?= in\b)" for name in map(re.escape, roots(candidates)))
    return re.compile(rf"(?:{word(candidates).pattern})(?!{'|'.join(variable)})")


def read_lines(text: str, places: Iterable[Span], candidates: frozenset[str]) -> Recovered | None:
    """Read statements that are free, all at once; None if one of their lines does not parse by itself."""
    tree, source = parsed_lines(text, (line for place in places for line in _naming(text, place, candidates)))
    if isinstance(tree, syntax.Fault):
        return None
    return Recovered(placed(free_calls(tree, source, candidates), source), [], [], [], [], tree, source)


def parsed_lines(text: str, lines: Iterable[Span]) -> tuple[ast.Module | syntax.Fault, Source]:
    """Parse logical lines of a text, each by itself, in one go."""
    parts: list[str] = []
    starts: list[int] = []
    for line in lines:
        before, code, behind = _made_whole(text, line)
        parts += (before, code, "\n", behind)
        starts += [line.start] * before.count("\n")
        starts += line_starts(text, line.start, line.start + len(code))
        starts += [line.end] * behind.count("\n")
    return syntax.module("".join(parts)), Source(text, 0, len(text), starts=starts)


def read_whole(text: str, place: Span, candidates: frozenset[str], is_member: bool) -> Recovered:
    """Read a statement, whatever is in it.

    is_member: it is indented, for it stands in another one's body.
    """
    head = _BLOCK if is_member else ""
    source = Source(text, *place, head)
    tree = syntax.module(head + text[slice(*place)])
    if isinstance(tree, syntax.Fault):
        return recovery.recover(source, candidates, tree)
    return read_tree(tree, source, candidates)


def read_tree(tree: ast.Module, source: Source, candidates: frozenset[str]) -> Recovered:
    """Read statements of which Python's tree is there."""
    called, bindings = calls(tree, source, candidates)
    return Recovered(placed(called, source), bindings, [], [], [], tree, source)


def _naming(text: str, place: Span, candidates: frozenset[str]) -> Iterable[Span]:
    """Give the logical lines of a statement that name a candidate."""
    named = (one.start() for one in word(candidates).finditer(text, *place))
    return lines_with(text, *place, named)


def _made_whole(text: str, line: Span) -> tuple[str, str, str]:
    """Give a logical line, and what makes a program of it: what stands before it and behind it, as lines.

    What a clause goes on with, and the body of a head, are made up.
    """
    code = text[line.start : line.end].rstrip("\r\n")
    indent = indent_of(code, 0)
    before = _BLOCK if indent else ""
    head = _HEAD.match(code)
    if head is None:
        return before, code, f"{indent}class _: pass\n" if code.startswith("@", len(indent)) else ""
    if head["word"] in _NEEDED:
        before += indent + _NEEDED[head["word"]]
    return before, code, f"{indent} pass\n" if _OPEN.search(code) else ""
