"""What reads the YAML files of a program, where the program says so: PyYAML, for which `1e-3` is text."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from hpman.static.calls import OF_DICTS
from hpman.static.facts import Access
from hpman.static.tree import syntax
from hpman_lsp.workspace.python.expressions import parse_call
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot

_FUNCTIONS: Final = frozenset({"safe_load", "full_load", "unsafe_load"})
_LOADERS: Final = re.compile(r"C?(?:Safe|Full|Unsafe)?Loader\Z")
# Whoever else reads the file may make numbers of it, or PyYAML is told to.
_OTHERS: Final = re.compile(
    r"load_values|hpargparse|ruamel|omegaconf|strictyaml|add_(?:implicit_resolver|constructor)", re.IGNORECASE
)
_MENTIONED: Final = re.compile(r"\byaml\b")


def mentions_yaml(file: SourceFile | None) -> bool:
    """Whether a change of a file may change what is known of the readers of value files."""
    return file is not None and _MENTIONED.search(file.text) is not None


def is_read_by_pyyaml(snapshot: Snapshot, path: str) -> bool:
    """Whether some program surely sets what PyYAML reads in a value file, and nothing else is known to read it."""
    users = [
        snapshot.files[user]
        for manager, paths in snapshot.index.open_ended.items()
        for user in filter(snapshot.values.shares(path, manager), paths)
        if user in snapshot.files
    ]
    return not any(_OTHERS.search(one.text) for one in users) and any(_sets(one, path) for one in users)


def _sets(file: SourceFile, path: str) -> bool:
    """Whether a file hands what PyYAML reads in a value file to `set_values` or `set_tree`."""
    if not mentions_yaml(file):
        return False
    module = syntax.module(file.text.removeprefix("\ufeff"))
    if not isinstance(module, ast.Module):
        return False
    imported = _imported(module)
    return any(
        _is_read(module, imported, value) and _may_be(path, module, value)
        for access in file.facts.accesses
        for value in _given(file, access)
    )


def _given(file: SourceFile, access: Access) -> Iterator[ast.expr]:
    call = parse_call(file.text, access.call) if access.method in OF_DICTS and access.name is None else None
    if call is not None and len(call.node.args) == 1 and not call.node.keywords:
        yield call.node.args[0]


def _imported(module: ast.Module) -> dict[str, str]:
    """Return what the names that a module imports from PyYAML stand for: "" for the package itself."""
    found: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {one.asname or one.name: "" for one in node.names if one.name == "yaml"}
        elif isinstance(node, ast.ImportFrom) and node.module == "yaml" and not node.level:
            found |= {one.asname or one.name: one.name for one in node.names}
    return found


def _is_read(module: ast.Module, imported: dict[str, str], node: ast.expr) -> bool:
    """Whether an expression, or the variable that is one, is what PyYAML reads, as it is."""
    if isinstance(node, ast.Name):
        bound = _only_value(module, node.id)
        return bound is not None and _is_read(module, imported, bound)
    if not isinstance(node, ast.Call):
        return False
    function = _of_yaml(imported, node.func)
    if function == "load":
        loaders = [*node.args[1:], *(one.value for one in node.keywords if one.arg == "Loader")]
        return any(_LOADERS.match(_of_yaml(imported, one)) for one in loaders)
    return function in _FUNCTIONS


def _of_yaml(imported: dict[str, str], node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return imported.get(node.id, "")
    is_member = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return node.attr if is_member and imported.get(node.value.id) == "" else ""  # type: ignore[attr-defined]


def _only_value(module: ast.Module, name: str) -> ast.expr | None:
    """Return what a variable is assigned, where it is assigned once and handed over as it is: nothing else has it."""
    names = [one for one in ast.walk(module) if isinstance(one, ast.Name) and one.id == name]
    bound = [
        one.value
        for one in ast.walk(module)
        if isinstance(one, ast.Assign) and [getattr(to, "id", None) for to in one.targets] == [name]
    ]
    is_argument = any(isinstance(one, ast.arg) and one.arg == name for one in ast.walk(module))
    return bound[0] if len(bound) == 1 and len(names) == 2 and not is_argument else None


def _may_be(path: str, module: ast.Module, node: ast.expr) -> bool:
    """Whether what is read is a value file: all names of files beside it are this one's, and there is one."""
    texts = [one.value for one in _around(module, node) if isinstance(one, ast.Constant)]
    named = [one for one in texts if isinstance(one, str) and one.endswith((".yaml", ".yml"))]
    return bool(named) and all(map(partial(_ends, path), named))


def _around(module: ast.Module, node: ast.expr) -> Iterator[ast.AST]:
    """Yield the nodes of an expression, and of all that its variables are bound to."""
    pending: list[ast.AST] = [node]
    seen: set[str] = set()
    while pending:
        for one in ast.walk(pending.pop()):
            yield one
            if isinstance(one, ast.Name) and one.id not in seen:
                seen.add(one.id)
                pending += _bindings(module, one.id)


def _bindings(module: ast.Module, name: str) -> Iterator[ast.AST]:
    for one in ast.walk(module):
        if isinstance(one, ast.Assign) and any(getattr(to, "id", None) == name for to in one.targets):
            yield one.value
        elif isinstance(one, ast.withitem) and getattr(one.optional_vars, "id", None) == name:
            yield one.context_expr


def _ends(path: str, named: str) -> bool:
    return path.endswith(f"/{os.path.normpath(named).lstrip('./')}")
