"""Which clauses catch a KeyError, as far as one file tells: `except LookupError`, `with suppress(KeyError)`."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Container, Iterable, Iterator

from .nodes import FUNCTIONS, children, dotted

# Returns what a file binds a name to, wherever it does: expressions, definitions, imports.
Lookup = Callable[[str], "Iterable[ast.AST]"]

_OURS = frozenset({"HpmanError", "UnknownNameError"})
_KEY_ERRORS = _OURS | {one.__name__ for one in KeyError.__mro__ if one is not object}
_EXPECTING = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex", "RaisesGroup"})
_FAILING = frozenset({"xfail", "expectedFailure"})
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_EXITS = frozenset({"sys.exit", "os._exit", "exit", "quit"})
_DEEPEST = 10  # names that are followed, each to the next
TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))


def handles(node: ast.Try, lookup: Lookup) -> bool:
    """Return whether a `try` keeps a KeyError of its body from the code around it."""
    if any(isinstance(one, ast.Return) for one in _within(node.finalbody)):
        return True
    for handler in node.handlers:
        if handler.type is None or catches(handler.type, lookup):
            last = handler.body[-1]
            return not (isinstance(last, ast.Raise) and last.exc is None)
    return False


def catches(node: ast.expr, lookup: Lookup, depth: int = 0) -> bool:
    """Return whether what stands behind `except` may be, or may have, KeyError or a class above it."""
    if isinstance(node, ast.Tuple):
        return any(catches(one, lookup, depth) for one in node.elts)
    if isinstance(node, ast.Starred):
        return catches(node.value, lookup, depth)
    name = dotted(node)
    if name is None or depth > _DEEPEST:
        return True  # it is computed
    last = name.rpartition(".")[2]
    if last in _KEY_ERRORS:
        return True
    bound = list(lookup(last))
    if not bound:
        return not _is_other_class(last)
    return any(_may_be(one, last, lookup, depth + 1) for one in bound)


def expects(node: ast.expr, lookup: Lookup, depth: int = 0) -> bool:
    """Return whether a context manager, or a call that is given a function, swallows or awaits a KeyError."""
    if depth > _DEEPEST:
        return False
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Name) and _any_of(node.id, lookup, depth)
    name = (dotted(node.func) or _attribute(node.func)).rpartition(".")[2]
    if _is_expecting(name, lookup):
        given = [*node.args, *(one.value for one in node.keywords if one.arg != "match")]
        return any(catches(one, lookup) for one in given if not isinstance(one, ast.Lambda))
    if name == "enter_context" and node.args:
        return expects(node.args[0], lookup, depth + 1)
    return any(_swallows(one, lookup) for one in lookup(name))


def is_forgiving(decorator: ast.expr, lookup: Lookup) -> bool:
    """Return whether a decorator of this file, or one of a test that is to fail, keeps a KeyError of its function."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = (dotted(called) or "").rpartition(".")[2]
    return name in _FAILING or any(_swallows(one, lookup) for one in lookup(name))


def never_runs(node: ast.expr) -> bool:
    """Return whether a condition is false whatever the program does."""
    if isinstance(node, ast.Constant):
        return not node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return isinstance(node.operand, ast.Constant) and bool(node.operand.value)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return any(map(never_runs, node.values))
    return (dotted(node) or "").rpartition(".")[2] == "TYPE_CHECKING"


def always_runs(node: ast.expr) -> bool:
    """Return whether a condition is true whatever the program does."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return never_runs(node.operand)
    return isinstance(node, ast.Constant) and bool(node.value)


def leaves(node: ast.AST) -> bool:
    """Return whether what stands behind a statement, in the same suite, is never reached."""
    if isinstance(node, ast.If):
        taken = node.orelse if never_runs(node.test) else node.body if always_runs(node.test) else None
        both = node.body and node.orelse and _leave(node.body) and _leave(node.orelse)
        return bool(both) if taken is None else _leave(taken)
    return isinstance(node, _ENDS) or _ends_the_program(node)


def _ends_the_program(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and dotted(call.func) in _EXITS


def _leave(body: list[ast.stmt]) -> bool:
    return any(map(leaves, body))


def _may_be(bound: ast.AST, name: str, lookup: Lookup, depth: int) -> bool:
    """Return whether what a name is bound to may be, or may have, a KeyError."""
    if isinstance(bound, ast.ClassDef):
        return False  # a class of its own is no class above KeyError
    if isinstance(bound, ast.alias):
        taken = bound.name.rpartition(".")[2]
        return taken in _KEY_ERRORS or not _is_other_class(taken)
    return not isinstance(bound, ast.expr) or _parts_catch(bound, name, lookup, depth)


def _parts_catch(node: ast.expr, name: str, lookup: Lookup, depth: int) -> bool:
    if isinstance(node, ast.BinOp):
        return _parts_catch(node.left, name, lookup, depth) or _parts_catch(node.right, name, lookup, depth)
    if isinstance(node, (ast.List, ast.Set)):
        node = ast.Tuple(node.elts, ast.Load())
    return dotted(node) != name and catches(node, lookup, depth)


def _is_other_class(name: str) -> bool:
    """Return whether a name that only another file tells is a class of exceptions, by the way it is written."""
    known = getattr(builtins, name, None)
    if isinstance(known, type):
        return not issubclass(KeyError, known)
    return not name.isupper() and name[:1].isupper()


def _any_of(name: str, lookup: Lookup, depth: int) -> bool:
    return any(isinstance(one, ast.expr) and expects(one, lookup, depth + 1) for one in lookup(name))


def _is_expecting(name: str, lookup: Lookup) -> bool:
    if name in _EXPECTING:
        return True
    bound = ((one.name if isinstance(one, ast.alias) else dotted(one) or "") for one in lookup(name))
    return any(one.rpartition(".")[2] in _EXPECTING for one in bound)


def _swallows(node: ast.AST, lookup: Lookup) -> bool:
    """Return whether a function catches a KeyError of what it runs, or a class does when it is left."""
    if isinstance(node, ast.ClassDef):
        ends = (one for one in node.body if isinstance(one, FUNCTIONS) and one.name == "__exit__")
        returned = (one.value for end in ends for one in _within([end]) if isinstance(one, ast.Return))
        return any(one is not None and not never_runs(one) for one in returned)
    if not isinstance(node, FUNCTIONS):
        return False
    inner = (one.args for one in ast.walk(node) if isinstance(one, FUNCTIONS))
    given = {one.arg for some in inner for one in ast.walk(some) if isinstance(one, ast.arg)}
    for one in ast.walk(node):
        if isinstance(one, TRIES) and _runs_others(one.body, given) and handles(one, lookup):
            return True
        if isinstance(one, (ast.With, ast.AsyncWith)) and _runs_others(one.body, given):
            return any(expects(item.context_expr, lookup, _DEEPEST) for item in one.items)
    return False


def _runs_others(body: list[ast.stmt], given: Container[str]) -> bool:
    """Return whether some lines run what somebody else has written: they yield, or call what they were given."""
    return any(
        isinstance(one, (ast.Yield, ast.YieldFrom))
        or (isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in given)
        for one in _within(body)
    )


def _attribute(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""


def _within(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        stack += children(node)
