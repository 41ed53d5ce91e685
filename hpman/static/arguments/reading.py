"""Evaluates the calls of `parse_file` in a text."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from hpman.static.facts import ParseCall, PathFact, Span
from hpman.static.pending import PendingParse

from .environment import Environment
from .forms import evaluate
from .kept import kept_calls
from .module import Module, Part
from .sites import is_sure
from .values import IMPORTED, UNKNOWN, Value, joined, mapped

_DEPTH = 24  # names defined by names, and nested calls: beyond it nothing is known


def parse_calls(text: str, places: Sequence[Span], pending: Iterable[PendingParse]) -> tuple[ParseCall, ...]:
    """Return the calls of `parse_file` in a text, each with what is known of its argument.

    places: of the statements of the text, in order.
    """
    module = Module(text, places)
    found = [*pending, *kept_calls(module)]
    return tuple(_parse_call(one, module) for one in sorted(found, key=lambda one: one.call))


def is_one_path(node: ast.expr) -> bool:
    """Return whether an expression is a path by itself, whatever stands around it."""
    alone = Part(0, 0, ast.Module([], []), {})
    value = evaluate(node, Environment(Module("", ()), alone, node, {}, _DEPTH, evaluate))
    return bool(value.paths) and not value.more and not value.many


def _parse_call(pending: PendingParse, module: Module) -> ParseCall:
    found = module.call(pending.call)
    if found is None:
        return ParseCall(pending.callee, pending.call, None, pending.scope, sure=False, more=True)
    part, node, is_whole = found
    value = _started(
        _argument(node, Environment(module, part, node, {}, _DEPTH, evaluate)), module, part, node
    )
    paths = tuple(path for path in value.paths if path.anchor != IMPORTED)
    more = value.more or len(paths) < len(value.paths)
    known = None if more and not paths else paths
    sure = is_whole and is_sure(module, part, node)
    return ParseCall(pending.callee, pending.call, known, pending.scope, sure, more)


def _argument(node: ast.Call, env: Environment) -> Value:
    named = [keyword.value for keyword in node.keywords if keyword.arg in ("path", "paths")]
    given = [*node.args, *named]
    return env.value(given[0]) if len(given) == 1 and not isinstance(given[0], ast.Starred) else UNKNOWN


def _started(value: Value, module: Module, part: Part, call: ast.Call) -> Value:
    """Return paths as they are where the program changes its folder before; unknown where that is not sure."""
    changes = [
        (one, node)
        for one in module.naming("chdir")
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "chdir"
    ]
    before = [pair for pair in changes if _may_precede(*pair, part, call)]
    if not before:
        return value
    at, node = before[0]
    base = UNKNOWN
    is_done = at.function(node) is None and isinstance(at.parents.get(node), ast.Expr)
    if len(before) == 1 and is_done and is_sure(module, at, node) and node.args:
        base = evaluate(node.args[0], Environment(module, at, node, {}, _DEPTH, evaluate))

    def moved(path: PathFact) -> PathFact | None:
        if path.anchor != "cwd":
            return path
        there = joined(base, Value((path,))).paths
        return there[0] if len(base.paths) == 1 and not base.more and there else None

    return mapped(value, moved)


def _may_precede(at: Part, node: ast.Call, part: Part, call: ast.Call) -> bool:
    if at.function(node) is not None or part.function(call) is not None:
        return True
    return (at.start, node.lineno, node.col_offset) < (part.start, call.lineno, call.col_offset)
