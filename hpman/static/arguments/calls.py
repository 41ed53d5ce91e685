"""Evaluates calls that give paths: of `os.path`, `pathlib`, `glob`, `inspect`, and of the file's own functions."""

from __future__ import annotations

import ast
from collections.abc import Callable

from hpman.static.facts import PathFact

from . import values
from .environment import Environment
from .names import returned
from .templates import filled
from .values import FILE, HERE, UNKNOWN, Value

# What gives the path that it is given, or that it is a method of.
_SAME = frozenset(
    {"realpath", "abspath", "normpath", "resolve", "absolute", "fspath", "Path", "PurePath", "PosixPath", "str", "as_posix",
     "relpath", "expandvars"}
)  # fmt: skip
# What gives all that is in what it is given.
_ALL = frozenset({"sorted", "list", "tuple", "set", "frozenset", "reversed", "iter", "fromkeys"})
_OF_MODULES = frozenset({"getfile", "getsourcefile", "getabsfile", "find_spec", "import_module"})


def called(node: ast.Call, env: Environment) -> Value:
    """Return what a call gives."""
    if any(isinstance(one, ast.Starred) for one in node.args) and _name(node) not in ("join", "chain"):
        return UNKNOWN
    own = _own(node, env)
    if own is not None:
        return own
    form = _CALLS.get(_name(node))
    return UNKNOWN if form is None else form(node, env)


def _own(node: ast.Call, env: Environment) -> Value | None:
    """Return what a function of the file gives; None where it has none of the name."""
    if not isinstance(node.func, ast.Name):
        return None
    for part in env.module.naming(node.func.id):
        for one in part.tree.body:
            if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name == node.func.id:
                return returned(one, part, node, env)
    return None


def _name(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _receiver(node: ast.Call, env: Environment) -> Value | None:
    """Return the path whose method is called; None where it is a function, of a module or not."""
    if not isinstance(node.func, ast.Attribute):
        return None
    owner = node.func.value
    if isinstance(owner, ast.Attribute) and owner.attr == "path":  # os.path
        return None
    if isinstance(owner, ast.Name) and owner.id in ("os", "glob", "pathlib", "osp", "path", "ospath", "Path"):
        return None
    return env.value(owner)


def _same(node: ast.Call, env: Environment) -> Value:
    receiver = _receiver(node, env)
    if receiver is not None and not _is_imported(receiver):
        return receiver
    if _name(node) in ("Path", "PurePath", "PosixPath"):
        return values.joined(*map(env.value, node.args)) if node.args else HERE
    return env.value(node.args[0]) if node.args else UNKNOWN


def _is_imported(value: Value) -> bool:
    return any(path.anchor == values.IMPORTED for path in value.paths)


def _home(node: ast.Call, env: Environment) -> Value:
    """`os.path.expanduser`: `~` is somebody's, and known to the program alone."""
    value = (
        env.value(node.args[0])
        if node.args
        else env.value(node.func.value)
        if isinstance(node.func, ast.Attribute)
        else UNKNOWN
    )
    return values.mapped(value, lambda path: None if path.relative.startswith("~") else path)


def _parent(node: ast.Call, env: Environment) -> Value:
    return values.parent(env.value(node.args[0])) if node.args else UNKNOWN


def _split(node: ast.Call, env: Environment) -> Value:
    """`os.path.split(path)`: of the two, only the folder is known for sure."""
    return Value(_parent(node, env).paths, many=True) if len(node.args) == 1 else UNKNOWN


def _join(node: ast.Call, env: Environment) -> Value:
    parts = [env.value(one.value if isinstance(one, ast.Starred) else one) for one in node.args]
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(receiver, ast.Constant) or (isinstance(receiver, ast.Attribute) and receiver.attr == "sep"):
        given = node.args[0] if node.args else None
        if env.value(receiver) != values.text("/") or not isinstance(given, (ast.List, ast.Tuple)):
            return UNKNOWN
        parts = [env.value(one) for one in given.elts]
    return values.joined(*parts) if parts and not any(one.many for one in parts) else UNKNOWN


def _joinpath(node: ast.Call, env: Environment) -> Value:
    return values.joined(_receiver(node, env) or UNKNOWN, *map(env.value, node.args))


def _here(_node: ast.Call, _env: Environment) -> Value:
    return HERE


def _environment(node: ast.Call, env: Environment) -> Value:
    """`os.environ.get("SOURCES", folder)`: it may be the folder."""
    default = env.value(node.args[1]) if len(node.args) > 1 else UNKNOWN
    return values.perhaps(default)._replace(more=True)


def _with_name(node: ast.Call, env: Environment) -> Value:
    receiver = _receiver(node, env)
    if receiver is None or len(node.args) != 1:
        return UNKNOWN
    if _name(node) == "with_name":
        return values.joined(values.parent(receiver), env.value(node.args[0]))
    suffix = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    if suffix == ".py" and all(path.relative == "" for path in receiver.paths):
        return receiver
    return (
        values.named(receiver, lambda last: last.rpartition(".")[0] + suffix)
        if isinstance(suffix, str)
        else UNKNOWN
    )


def _glob(node: ast.Call, env: Environment) -> Value:
    """`glob.glob(pattern)`, `folder.glob(pattern)`, `folder.rglob(pattern)`."""
    given = env.value(node.args[0]) if node.args else UNKNOWN
    keywords = {one.arg: one.value for one in node.keywords}
    if not isinstance(node.func, ast.Attribute) or (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "glob"
    ):
        if "root_dir" in keywords:
            given = UNKNOWN
        return values.matching(given, deep="recursive" in keywords)
    if _name(node) == "rglob":
        given = values.joined(values.text("**"), given)
    return values.matching(values.joined(env.value(node.func.value), given), deep=True)


def _entries(node: ast.Call, env: Environment) -> Value:
    """`folder.iterdir()`; `os.listdir(folder)` gives the names alone."""
    if _name(node) == "listdir":
        return values.matching(values.text("*"), deep=False)
    return values.matching(values.joined(_receiver(node, env) or UNKNOWN, values.text("*")), deep=False)


def _all(node: ast.Call, env: Environment) -> Value:
    if not node.args:
        return Value(many=True)
    value = env.value(node.args[0])
    return value if value.many else UNKNOWN._replace(many=True)


def _filtered(node: ast.Call, env: Environment) -> Value:
    return values.perhaps(env.value(node.args[1])) if len(node.args) == 2 else UNKNOWN


def _mapped(node: ast.Call, env: Environment) -> Value:
    is_same = len(node.args) == 2 and _last(node.args[0]) in _SAME
    return env.value(node.args[1]) if is_same else UNKNOWN._replace(many=True)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _chained(node: ast.Call, env: Environment) -> Value:
    return values.union(map(env.value, node.args))


def _of_module(node: ast.Call, env: Environment) -> Value:
    """`inspect.getfile(module)`, `importlib.util.find_spec("module")`."""
    given = node.args[0] if node.args else None
    if isinstance(given, ast.Call) and _name(given) in ("currentframe", "_getframe"):
        return FILE
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return values.imported(given.value)
    return values.file_of(env.value(given)) if given is not None else UNKNOWN


def _resources(node: ast.Call, env: Environment) -> Value:
    """`importlib.resources.files("package")`."""
    return values.parent(values.file_of(_of_module(node, env))) if node.args else UNKNOWN


def _template(node: ast.Call, env: Environment) -> Value:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(owner, ast.Constant) and isinstance(owner.value, str):
        return filled(owner.value, node, env)
    return UNKNOWN


def _stripped(node: ast.Call, env: Environment) -> Value:
    """`path.rstrip("/")`."""
    is_slash = (
        len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and node.args[0].value in ("/", "\\")
    )
    value = _receiver(node, env)
    if value is None or not is_slash:
        return UNKNOWN

    def bare(path: PathFact) -> PathFact:
        return path._replace(relative=path.relative.rstrip("/"))

    return values.mapped(value, bare)


_CALLS: dict[str, Callable[[ast.Call, Environment], Value]] = {
    **dict.fromkeys(_SAME, _same),
    **dict.fromkeys(_ALL, _all),
    **dict.fromkeys(_OF_MODULES, _of_module),
    **dict.fromkeys(("getcwd", "cwd"), _here),
    **dict.fromkeys(("glob", "iglob", "rglob"), _glob),
    **dict.fromkeys(("listdir", "iterdir"), _entries),
    **dict.fromkeys(("with_name", "with_suffix"), _with_name),
    **dict.fromkeys(("get", "getenv"), _environment),
    "expanduser": _home,
    "dirname": _parent,
    "split": _split,
    "join": _join,
    "joinpath": _joinpath,
    "filter": _filtered,
    "map": _mapped,
    "chain": _chained,
    "files": _resources,
    "format": _template,
    "rstrip": _stripped,
}
