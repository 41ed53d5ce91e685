"""What a name stands for behind some statements, which are followed one after the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .environment import Environment
from .module import Function, is_main_guard, own_nodes
from .values import UNKNOWN, Value, concatenated, each, either, imported, joined, perhaps, union

_ADDING = frozenset({"append", "add", "insert", "extend", "update", "appendleft"})
_TAKING = frozenset({"remove", "pop", "clear", "discard"})
# Functions that change no list which they are given.
_READING = frozenset(
    {"print", "len", "sorted", "list", "tuple", "set", "map", "filter", "str", "any", "all", "iter", "enumerate", "zip",
     "parse_file", "join", "dirname", "chain", "isinstance", "repr", "sum", "max", "min", "reversed"}
)  # fmt: skip


def behind(
    body: Sequence[ast.stmt], name: str, before: ast.AST | None, env: Environment, value: Value | None = None
) -> Value | None:
    """Return what a name stands for behind statements; None where they do not bind it.

    before: where in them to stop; None for none.
    value: what it stands for before them.
    """
    for statement in body:
        if before is not None and _holds(env, statement, before):
            return _inside(statement, name, before, env, value)
        value = _step(statement, name, env, value)
    return value


def binds(function: Function, name: str) -> bool:
    """Return whether a name is the function's own, be it a parameter or bound in its body."""
    if any(one.arg == name for one in parameters(function)):
        return True
    shared = (node.names for node in own_nodes(function.body) if isinstance(node, (ast.Global, ast.Nonlocal)))
    return not any(name in names for names in shared) and any(
        name in _bound(node) for node in own_nodes(function.body)
    )


def parameters(function: Function) -> Iterator[ast.arg]:
    """Yield all parameters of a function."""
    given = function.args
    yield from (*given.posonlyargs, *given.args, *given.kwonlyargs)
    yield from (one for one in (given.vararg, given.kwarg) if one is not None)


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name


def _holds(env: Environment, statement: ast.stmt, node: ast.AST) -> bool:
    return node is statement or any(outer is statement for outer, _ in env.part.around(node))


def _inside(
    statement: ast.stmt, name: str, before: ast.AST, env: Environment, value: Value | None
) -> Value | None:
    """Return what a name stands for at a place in a statement."""
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        value = _looped(statement, name, env, value)
    for block in _blocks(statement):
        if any(_holds(env, one, before) for one in block):
            return behind(block, name, before, env, value)
    return value


def _blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        yield getattr(statement, field, [])
    for handler in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield handler.body


def _step(statement: ast.stmt, name: str, env: Environment, value: Value | None) -> Value | None:
    """Return what a name stands for behind a statement, of which one before it is known."""
    if isinstance(statement, ast.If):
        return _branched(statement, name, env, value)
    if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
        return _repeated(statement, name, env, value)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        bound = any(name in _bound(node) for item in statement.items for node in ast.walk(item))
        return behind(statement.body, name, None, env, UNKNOWN if bound else value)
    if isinstance(statement, ast.Try):
        return _tried(statement, name, env, value)
    if isinstance(statement, ast.Match):
        ends = [behind(case.body, name, None, env, value) for case in statement.cases]
        return _merged([value, *ends])
    return _simple(statement, name, env, value)


def _branched(statement: ast.If, name: str, env: Environment, value: Value | None) -> Value | None:
    then = behind(statement.body, name, None, env, value)
    if is_main_guard(statement.test):
        return then
    return _merged([then, behind(statement.orelse, name, None, env, value)])


def _repeated(
    statement: ast.For | ast.AsyncFor | ast.While, name: str, env: Environment, value: Value | None
) -> Value | None:
    start = value if isinstance(statement, ast.While) else _looped(statement, name, env, value)
    end = behind(statement.body, name, None, env, start)
    is_cut = any(isinstance(node, (ast.Continue, ast.Break)) for node in own_nodes(statement.body))
    if isinstance(statement, ast.While) or is_cut:
        end = _merged([start, end])
    return behind(statement.orelse, name, None, env, end)


def _looped(
    statement: ast.For | ast.AsyncFor, name: str, env: Environment, value: Value | None
) -> Value | None:
    if isinstance(statement.target, ast.Name) and statement.target.id == name:
        return each(env.within(statement).value(statement.iter))
    return UNKNOWN if any(name in _bound(node) for node in ast.walk(statement.target)) else value


def _tried(statement: ast.Try, name: str, env: Environment, value: Value | None) -> Value | None:
    end = behind([*statement.body, *statement.orelse], name, None, env, value)
    for handler in statement.handlers:
        caught = behind(handler.body, name, None, env, value)
        if not isinstance(handler.body[-1], (ast.Raise, ast.Return)) and caught != value:
            end = _merged([end, caught])
    return behind(statement.finalbody, name, None, env, end)


def _merged(ends: Sequence[Value | None]) -> Value | None:
    known = [one for one in ends if one is not None]
    if not known:
        return None
    value = known[0]
    for other in known[1:]:
        value = either(value, other)
    return value if len(known) == len(ends) else perhaps(value)


def _simple(statement: ast.stmt, name: str, env: Environment, value: Value | None) -> Value | None:
    here = env.within(statement)
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return _imported(statement, name) or value
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            bound = _assigned(target, statement.value, name, here)
            value = bound or value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        value = _assigned(statement.target, statement.value, name, here) or value
    elif isinstance(statement, ast.AugAssign) and name in _bound(statement.target):
        return _augmented(statement, here, value)
    elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return UNKNOWN if statement.name == name else value
    elif isinstance(statement, ast.Delete) and any(name in _bound(one) for one in statement.targets):
        return UNKNOWN
    elif isinstance(statement, ast.Expr) and value is not None:
        value = _called(statement.value, name, here, value)
    return _handed_on(statement, name, value)


def _assigned(target: ast.expr, assigned: ast.expr, name: str, env: Environment) -> Value | None:
    if isinstance(target, ast.Name) and target.id == name:
        return env.value(assigned)
    if isinstance(target, (ast.Tuple, ast.List)) and any(name in _bound(one) for one in ast.walk(target)):
        if isinstance(assigned, (ast.Tuple, ast.List)) and len(assigned.elts) == len(target.elts):
            pairs = zip(target.elts, assigned.elts, strict=True)
            return next((one for one in (_assigned(*pair, name, env) for pair in pairs) if one), UNKNOWN)
        return UNKNOWN
    return None


def _augmented(statement: ast.AugAssign, env: Environment, value: Value | None) -> Value:
    added = env.value(statement.value)
    if value is None:
        return UNKNOWN
    if isinstance(statement.op, ast.Div):
        return joined(value, added)
    if not isinstance(statement.op, (ast.Add, ast.BitOr)):
        return UNKNOWN
    return union((value, added)) if value.many else concatenated((value, added))


def _called(node: ast.expr, name: str, env: Environment, value: Value) -> Value:
    """Return what a list is after a call of one of its methods."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return value
    if not (isinstance(node.func.value, ast.Name) and node.func.value.id == name):
        return value
    if node.func.attr in _ADDING and node.args:
        return union((value, env.value(node.args[-1])))
    return perhaps(value) if node.func.attr in _TAKING else value


def _handed_on(statement: ast.stmt, name: str, value: Value | None) -> Value | None:
    """Return what a list may be after a statement that gives it to a function, which may add to it."""
    if value is None or not value.many:
        return value
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and any(
            isinstance(one, ast.Name) and one.id == name for one in node.args
        ):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in _READING | _ADDING:
                return value._replace(more=True)
    return value


def _imported(statement: ast.Import | ast.ImportFrom, name: str) -> Value | None:
    for one in statement.names:
        if (one.asname or one.name.partition(".")[0]) != name:
            continue
        if isinstance(statement, ast.Import):
            return imported(one.name if one.asname else name)
        module = "." * statement.level + (statement.module or "")
        return imported(f"{module}{'' if module.endswith('.') else '.'}{one.name}")
    return None
