"""What a name stands for at a place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .environment import Environment
from .flow import behind, binds, parameters
from .module import Function, Part, own_nodes
from .sites import Site, arguments_of, parameter
from .values import UNKNOWN, Value, either, perhaps, union


def meaning(name: str, env: Environment) -> Value:
    """Return what a name may stand for, as Python resolves it: of a function around, or of the module."""
    if name in env.given:
        return env.given[name]
    node: ast.AST = env.node
    while (function := env.part.function(node)) is not None:
        if binds(function, name):
            return _local(function, name, env)
        node = function
    return _of_module(name, env)


def returned(function: Function, part: Part, call: ast.Call, env: Environment) -> Value:
    """Return what a call of a function of the file gives, where it has one `return`."""
    returns = [node for node in own_nodes(function.body) if isinstance(node, ast.Return)]
    if len(returns) != 1 or returns[0].value is None or isinstance(function, ast.AsyncFunctionDef):
        return UNKNOWN
    inside = env.at(returns[0], part)
    given = arguments_of(function, Site(env.part, call, call), env.at(function, part))
    return inside.with_given(given).value(returns[0].value)


def attribute(owner: str, name: str, env: Environment) -> Value:
    """Return what `self.name` or `Class.name` may be, for the class around or one of the module."""
    found = [
        (part, one)
        for part in env.module.naming(name)
        for one in ast.walk(part.tree)
        if isinstance(one, ast.ClassDef) and (one.name == owner or _is_around(one, owner, env))
    ]
    if len(found) != 1:
        return UNKNOWN
    part, holder = found[0]
    value = behind(holder.body, name, None, env.at(holder, part))
    assigned = [env.at(node, part).value(node.value) for node in _assignments(holder, name)]
    for one in assigned:
        value = one if value is None and len(assigned) == 1 else either(value or UNKNOWN, one)
    return value or UNKNOWN


def _is_around(holder: ast.ClassDef, owner: str, env: Environment) -> bool:
    return owner in ("self", "cls") and any(one is holder for one, _ in env.part.around(env.node))


def _assignments(holder: ast.ClassDef, name: str) -> Iterator[ast.Assign]:
    for node in ast.walk(holder):
        if isinstance(node, ast.Assign) and any(
            isinstance(one, ast.Attribute) and one.attr == name for one in node.targets
        ):
            yield node


def _local(function: Function, name: str, env: Environment) -> Value:
    """Return what a name of a function is at the place, or at its end for what is in a function in it."""
    start = None
    if any(one.arg == name for one in parameters(function)):
        start = parameter(function, name, env)
    inner = env.part.function(env.node)
    before = env.node if inner is function else None
    value = behind(function.body, name, before, env if before is not None else env._replace(given={}), start)
    return UNKNOWN if value is None else value


def _of_module(name: str, env: Environment) -> Value:
    direct = env.part.function(env.node) is None
    value: Value | None = None
    changes: list[Value] = []
    for part in env.module.naming(name):
        if direct and part.start > env.part.start:
            break
        before = env.node if direct and part.start == env.part.start else None
        here = env.at(env.node if before is not None else part.tree, part)
        value = behind(part.tree.body, name, before, here, value)
        changes += _changes(part, name, here)
    if value is None:
        return UNKNOWN
    return union((value, *map(perhaps, changes)))._replace(many=value.many) if changes else value


def _changes(part: Part, name: str, env: Environment) -> Iterator[Value]:
    """Yield what functions make of a name of the module, or add to it, where they are called."""
    for function in ast.walk(part.tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and not binds(function, name):
            before = Value(many=True)
            value = behind(function.body, name, None, env.at(function), before)
            if value is not None and value != before:
                yield value
