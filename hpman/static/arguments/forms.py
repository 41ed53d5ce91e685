"""Evaluates expressions that are paths: the forms that people write."""

from __future__ import annotations

import ast
from collections.abc import Callable

from . import values
from .calls import called
from .environment import Environment
from .listed import listed
from .names import attribute, meaning
from .templates import formatted, interpolated
from .values import FILE, IMPORTED, SCRIPT, UNKNOWN, Value

_FOLDERS = {"curdir": ".", "pardir": "..", "sep": "/"}
_HIGHEST = 24  # folders above a path


def evaluate(node: ast.expr, env: Environment) -> Value:
    """Return what an expression may be: the paths that are known, and whether there may be others."""
    form = _FORMS.get(type(node))
    return UNKNOWN if form is None else form(node, env)


def _constant(node: ast.Constant, _env: Environment) -> Value:
    return values.text(node.value) if isinstance(node.value, str) else UNKNOWN


def _display(node: ast.List | ast.Tuple | ast.Set, env: Environment) -> Value:
    return values.union(map(env.value, node.elts))


def _name(node: ast.Name, env: Environment) -> Value:
    return FILE if node.id == "__file__" else meaning(node.id, env)


def _operation(node: ast.BinOp, env: Environment) -> Value:
    """`folder / "lib"`, `folder + "/lib"`, `[...] + [...]`, `"%s/lib" % folder`."""
    if isinstance(node.op, ast.Mod):
        return interpolated(node, env)
    left, right = env.value(node.left), env.value(node.right)
    if isinstance(node.op, ast.Div):
        return values.joined(left, right)
    if not isinstance(node.op, (ast.Add, ast.BitOr)):
        return UNKNOWN
    return values.union((left, right)) if left.many or right.many else values.concatenated((left, right))


def _choice(node: ast.IfExp, env: Environment) -> Value:
    return values.either(env.value(node.body), env.value(node.orelse))


def _alternative(node: ast.BoolOp, env: Environment) -> Value:
    """`os.path.dirname(__file__) or "."`: the second is the same folder where the first is empty."""
    first, last = env.value(node.values[0]), env.value(node.values[-1])
    if isinstance(node.op, ast.And):
        return values.perhaps(last)
    return values.either(first, last) if first.more or not first.paths else first


def _attribute(node: ast.Attribute, env: Environment) -> Value:
    owner = node.value
    if node.attr in ("__file__", "origin"):
        return _file_of(owner, env)
    if isinstance(owner, ast.Name):
        if owner.id == "os" and node.attr in _FOLDERS:
            return values.text(_FOLDERS[node.attr])
        if owner.id in ("self", "cls"):
            return attribute(owner.id, node.attr, env)
    return _derived(node, env.value(owner), env)


def _derived(node: ast.Attribute, value: Value, env: Environment) -> Value:
    """`path.parent`, `package.__path__`, `package.module`, `Class.path`."""
    if node.attr == "parent":
        return values.parent(value)
    if node.attr == "__path__":
        return values.parent(values.file_of(value))._replace(many=True)
    if value.paths and all(path.anchor == IMPORTED for path in value.paths):
        return values.mapped(value, lambda path: path._replace(module=f"{path.module}.{node.attr}"))
    return attribute(node.value.id, node.attr, env) if isinstance(node.value, ast.Name) else UNKNOWN


def _file_of(owner: ast.expr, env: Environment) -> Value:
    """`lib.__file__`, `sys.modules[__name__].__file__`, `importlib.util.find_spec("lib").origin`."""
    if (
        isinstance(owner, ast.Subscript)
        and isinstance(owner.value, ast.Attribute)
        and owner.value.attr == "modules"
    ):
        if isinstance(owner.slice, ast.Name) and owner.slice.id == "__name__":
            return FILE
        if isinstance(owner.slice, ast.Constant) and isinstance(owner.slice.value, str):
            found = values.imported(owner.slice.value)
            return found if found == SCRIPT else values.file_of(found)
        return UNKNOWN
    found = env.value(owner)
    return found if found == SCRIPT else values.file_of(found)


def _item(node: ast.Subscript, env: Environment) -> Value:
    """`Path(__file__).parents[1]`, `os.path.split(__file__)[0]`, `sys.argv[0]`, an item of a list."""
    index = node.slice.value if isinstance(node.slice, ast.Constant) else None
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else ""
    if not isinstance(index, int):
        return UNKNOWN
    if isinstance(owner, ast.Attribute) and name == "parents" and 0 <= index < _HIGHEST:
        value = env.value(owner.value)
        for _ in range(index + 1):
            value = values.parent(value)
        return value
    if name in ("argv", "orig_argv") or (isinstance(owner, ast.Name) and owner.id == "argv"):
        return SCRIPT if index == 0 and name != "orig_argv" else UNKNOWN
    if name == "path" and isinstance(owner, ast.Attribute) and ast.unparse(owner) == "sys.path":
        return values.parent(SCRIPT) if index == 0 else UNKNOWN
    value = env.value(owner)
    is_known = value.many and not value.more and all(one.sure and not one.pattern for one in value.paths)
    return (
        Value((value.paths[index],))
        if is_known and -len(value.paths) <= index < len(value.paths)
        else UNKNOWN
    )


def _walrus(node: ast.NamedExpr | ast.Starred, env: Environment) -> Value:
    return env.value(node.value)


_FORMS: dict[type[ast.expr], Callable[..., Value]] = {
    ast.Constant: _constant,
    ast.List: _display,
    ast.Tuple: _display,
    ast.Set: _display,
    ast.Name: _name,
    ast.BinOp: _operation,
    ast.IfExp: _choice,
    ast.BoolOp: _alternative,
    ast.JoinedStr: formatted,
    ast.Attribute: _attribute,
    ast.Subscript: _item,
    ast.Call: called,
    ast.ListComp: listed,
    ast.SetComp: listed,
    ast.GeneratorExp: listed,
    ast.NamedExpr: _walrus,
    ast.Starred: _walrus,
}
