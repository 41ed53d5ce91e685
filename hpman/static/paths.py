"""What `parse_file` is given, as far as it is known without running the code."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import reduce

from .facts import PathFact

Lookup = Callable[[str], "ast.expr | None"]

_SAME = frozenset(
    {
        "realpath",
        "abspath",
        "normpath",
        "expanduser",
        "resolve",
        "absolute",
        "fspath",
        "Path",
        "PurePath",
        "str",
    }
)
_JOINING = frozenset({"join", "joinpath", "Path", "PurePath"})
_FOLDERS = {"curdir": ".", "pardir": ".."}
_DEPTH = 24  # names defined by names, and nested calls: beyond it nothing is known


def paths_of(node: ast.expr, lookup: Lookup, depth: int = _DEPTH) -> tuple[PathFact, ...] | None:
    """Evaluate the argument of `parse_file`: a path or a list of paths.

    node: the argument.
    lookup: gives the one expression that a name stands for, or None.

    Returns the paths, or None where one of them can only be known by running the code. The forms are
    those of the design: strings, lists and tuples, `__file__`, `os.path` and `pathlib` on these, names.
    """
    if depth == 0:
        return None
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        parts = [paths_of(item, lookup, depth - 1) for item in node.elts]
        return None if None in parts else tuple(path for part in parts for path in part or ())
    if isinstance(node, ast.Name) and node.id != "__file__":
        meant = lookup(node.id)
        return None if meant is None else paths_of(meant, lookup, depth - 1)
    path = _path(node, lookup, depth)
    return None if path is None else (path,)


def _path(node: ast.expr, lookup: Lookup, depth: int) -> PathFact | None:
    form = _FORMS.get(type(node))
    return None if form is None or depth == 0 else form(node, lookup, depth)


def _text(node: ast.Constant, _lookup: Lookup, _depth: int) -> PathFact | None:
    return _written(node.value) if isinstance(node.value, str) else None


def _named(node: ast.Name, lookup: Lookup, depth: int) -> PathFact | None:
    if node.id == "__file__":
        return PathFact("file", "")
    meant = lookup(node.id)
    return None if meant is None else _path(meant, lookup, depth - 1)


def _combined(node: ast.BinOp, lookup: Lookup, depth: int) -> PathFact | None:
    """`folder / "lib"`, `folder + "/lib"`."""
    if isinstance(node.op, ast.Add):
        return _appended(_path(node.left, lookup, depth - 1), node.right)
    if not isinstance(node.op, ast.Div):
        return None
    return _joined(_path(node.left, lookup, depth - 1), _path(node.right, lookup, depth - 1))


def _formatted(node: ast.JoinedStr, lookup: Lookup, depth: int) -> PathFact | None:
    """`f"{folder}/lib"`."""
    first, *rest = node.values or [ast.Constant("")]
    plain = isinstance(first, ast.FormattedValue) and first.conversion == -1 and first.format_spec is None
    if not isinstance(first, ast.FormattedValue) or not plain or len(rest) > 1:
        return None
    path = _path(first.value, lookup, depth - 1)
    return _appended(path, rest[0]) if rest else path


def _appended(path: PathFact | None, end: ast.expr) -> PathFact | None:
    """Give a path with a text behind it that goes on below it."""
    if not (isinstance(end, ast.Constant) and isinstance(end.value, str) and end.value[:1] in ("/", "\\")):
        return None
    return _joined(path, PathFact("cwd", end.value.replace("\\", "/").lstrip("/")))


def _attribute(node: ast.Attribute, lookup: Lookup, depth: int) -> PathFact | None:
    if node.attr in _FOLDERS and isinstance(node.value, ast.Name) and node.value.id == "os":
        return PathFact("cwd", _FOLDERS[node.attr])
    return _parent(_path(node.value, lookup, depth - 1)) if node.attr == "parent" else None


def _called(node: ast.Call, lookup: Lookup, depth: int) -> PathFact | None:
    name, receiver = _function(node.func)
    arguments = [_path(argument, lookup, depth - 1) for argument in node.args]
    if name == "dirname" and arguments:
        return _parent(arguments[0])
    if receiver is not None and (not arguments or name == "joinpath"):
        # A method of a path: Path(__file__).resolve(); cwd() and getcwd() cannot be known.
        arguments.insert(0, _path(receiver, lookup, depth - 1) if name in _SAME or arguments else None)
    if name == "with_name" and len(arguments) == 1:
        return _joined(_parent(_path(receiver, lookup, depth - 1)) if receiver else None, arguments[0])
    if name in _JOINING and arguments:
        return reduce(_joined, arguments)
    return arguments[0] if name in _SAME and len(arguments) == 1 else None


def _function(node: ast.expr) -> tuple[str, ast.expr | None]:
    """Give the name of what is called, and what it is an attribute of."""
    if isinstance(node, ast.Attribute):
        return node.attr, node.value
    return (node.id if isinstance(node, ast.Name) else ""), None


def _ancestor(node: ast.Subscript, lookup: Lookup, depth: int) -> PathFact | None:
    """`Path(__file__).parents[1]`, `os.path.split(__file__)[0]`."""
    value, index = node.value, node.slice
    if isinstance(value, ast.Call) and isinstance(index, ast.Constant) and index.value == 0:
        is_split = _function(value.func)[0] == "split" and len(value.args) == 1
        return _parent(_path(value.args[0], lookup, depth - 1)) if is_split else None
    if not (isinstance(value, ast.Attribute) and value.attr == "parents" and isinstance(index, ast.Constant)):
        return None
    if not isinstance(index.value, int) or not 0 <= index.value < _DEPTH:
        return None
    path = _path(value.value, lookup, depth - 1)
    for _ in range(index.value + 1):
        path = _parent(path)
    return path


def _written(path: str) -> PathFact:
    slashed = path.replace("\\", "/")
    absolute = slashed.startswith("/") or slashed[1:3] == ":/"
    return PathFact("root" if absolute else "cwd", slashed)


def _parent(path: PathFact | None) -> PathFact | None:
    return _joined(path, PathFact("cwd", ".."))


def _joined(path: PathFact | None, other: PathFact | None) -> PathFact | None:
    if path is None or other is None or other.anchor == "file":
        return None
    if other.anchor == "root" or not path.relative:
        return other if other.anchor == "root" else PathFact(path.anchor, other.relative)
    return PathFact(path.anchor, f"{path.relative.rstrip('/')}/{other.relative}")


_FORMS: dict[type[ast.expr], Callable[..., PathFact | None]] = {
    ast.Constant: _text,
    ast.Name: _named,
    ast.BinOp: _combined,
    ast.JoinedStr: _formatted,
    ast.Attribute: _attribute,
    ast.Subscript: _ancestor,
    ast.Call: _called,
}
