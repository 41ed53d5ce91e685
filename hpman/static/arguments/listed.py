"""Comprehensions of paths."""

from __future__ import annotations

import ast

from hpman.static.facts import PathFact

from .environment import Environment
from .values import UNKNOWN, Value, each, mapped, perhaps


def listed(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, env: Environment) -> Value:
    """Return what a comprehension gives."""
    for one in node.generators:
        if not isinstance(one.target, ast.Name):
            return UNKNOWN._replace(many=True)
        value = each(env.value(one.iter))
        for condition in one.ifs:
            ending = _ending(condition, one.target.id)
            value = perhaps(value) if ending is None else _ending_with(value, ending)
        env = env.with_given({one.target.id: value})
    return env.value(node.elt)._replace(many=True)


def _ending(condition: ast.expr, name: str) -> str | None:
    """Return the text of `name.endswith(text)`."""
    if not (isinstance(condition, ast.Call) and isinstance(condition.func, ast.Attribute) and condition.args):
        return None
    owner, given = condition.func.value, condition.args[0]
    if condition.func.attr != "endswith" or not (isinstance(owner, ast.Name) and owner.id == name):
        return None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def _ending_with(value: Value, ending: str) -> Value:
    def kept(path: PathFact) -> PathFact | None:
        if path.pattern and path.relative.endswith("*"):
            return path._replace(relative=path.relative + ending)
        return path if path.relative.endswith(ending) else path._replace(sure=False)

    return mapped(value, kept)
