"""From where a function is called in its file, and whether whoever runs the file gets to a place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .environment import Environment
from .flow import parameters
from .module import Function, Module, Part, is_main_guard
from .values import UNKNOWN, Value, perhaps, union

# Calls that run the function which they are given, whatever else they do.
_RUNNERS = frozenset({"run", "Fire", "exit", "run_until_complete", "typer.run"})
_MADE_BY_CLASS = frozenset({"__init__", "__new__", "__post_init__"})
_DEEPEST = 8  # functions that call one another


class Site(NamedTuple):
    """A call of a function: arguments is None where the function is only handed to what runs it."""

    part: Part
    node: ast.Call
    arguments: ast.Call | None


def is_sure(module: Module, part: Part, node: ast.AST, deepest: int = _DEEPEST) -> bool:
    """Return whether whoever runs the file gets to a place in it: to one in a function if something surely calls it."""
    for outer, inner in part.around(node):
        if isinstance(outer, (ast.Lambda, ast.ExceptHandler, ast.match_case)):
            return False
        if isinstance(outer, (ast.If, ast.IfExp, ast.While)) and inner is not outer.test:
            if not (isinstance(outer, ast.If) and inner in outer.body and is_main_guard(outer.test)):
                return False
        elif isinstance(outer, ast.BoolOp) and inner is not outer.values[0]:
            return False
        elif isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) and inner in outer.body:
            sites = sites_of(module, part, outer) if deepest else ()
            return any(is_sure(module, one.part, one.node, deepest - 1) for one in sites)
    return True


def sites_of(module: Module, part: Part, function: Function) -> tuple[Site, ...]:
    """Return where a function is called by its name in the file, but not in itself."""
    owner = next((one for one, inner in part.around(function) if isinstance(one, ast.ClassDef)), None)
    name = function.name
    if owner is not None and name in _MADE_BY_CLASS:
        name, owner = owner.name, None
    return tuple(_all_sites(module, name, function, is_method=owner is not None))


def _all_sites(module: Module, name: str, function: Function, *, is_method: bool) -> Iterator[Site]:
    for part in module.naming(name):
        for node in ast.walk(part.tree):
            if not isinstance(node, ast.Call) or part.function(node) is function:
                continue
            if isinstance(node.func, ast.Attribute if is_method else ast.Name) and _last(node.func) == name:
                yield Site(part, node, node)
            elif _last(node.func) in _RUNNERS and node.args and _last(node.args[0]) == name:
                yield Site(part, node, None)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def parameter(function: Function, name: str, env: Environment) -> Value:
    """Return what a parameter of a function may be, in all calls of it."""
    sites = sites_of(env.module, env.part, function)
    if not sites:
        default = arguments_of(function, None, env).get(name)
        return UNKNOWN if default is None else perhaps(default)._replace(more=True)
    values = [arguments_of(function, one, env).get(name, UNKNOWN) for one in sites]
    if len(values) == 1:
        return values[0]
    sure = [is_sure(env.module, one.part, one.node) for one in sites]
    given = [one if known else perhaps(one) for one, known in zip(values, sure, strict=True)]
    return union(given)._replace(many=any(one.many for one in values))


def arguments_of(function: Function, site: Site | None, env: Environment) -> Mapping[str, Value]:
    """Return what the parameters of a function are in a call of it; in none, what they are unless they are given."""
    given = function.args
    named = [*given.posonlyargs, *given.args]
    defaults = zip(reversed(named), reversed(given.defaults), strict=False)
    by_keyword = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    around = env.at(function)
    found = {one.arg: around.value(node) for one, node in (*defaults, *by_keyword) if node is not None}
    if site is None or site.arguments is None:
        return found
    call, here = site.arguments, env.at(site.node, site.part)
    if any(isinstance(one, ast.Starred) for one in call.args) or any(
        one.arg is None for one in call.keywords
    ):
        return dict.fromkeys((one.arg for one in parameters(function)), UNKNOWN)
    if _is_bound(env.part, function, call):
        named = named[1:]
    found.update((one.arg, here.value(node)) for one, node in zip(named, call.args, strict=False))
    found.update((one.arg or "", here.value(one.value)) for one in call.keywords)
    if given.vararg is not None:
        found[given.vararg.arg] = union(map(here.value, call.args[len(named) :]))
    return found


def _is_bound(part: Part, function: Function, call: ast.Call) -> bool:
    """Return whether the first parameter is the object that a method is called on."""
    in_class = isinstance(part.parents.get(function), ast.ClassDef)
    is_static = any(_last(one) == "staticmethod" for one in function.decorator_list)
    return (
        in_class
        and not is_static
        and (isinstance(call.func, ast.Attribute) or function.name in _MADE_BY_CLASS)
    )
