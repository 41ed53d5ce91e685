"""Nodes of a syntax tree: what is below them, and which of them have a scope of their own."""

from __future__ import annotations

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES: frozenset[type[ast.AST]] = frozenset((*FUNCTIONS, ast.ClassDef, *COMPREHENSIONS))
_NO_NODES = frozenset(
    [
        "ctx",
        "op",
        "ops",
        "type_comment",
        "kind",
        "id",
        "attr",
        "arg",
        "name",
        "names",
        "module",
        "level",
        "rest",
        "asname",
        "simple",
        "is_async",
        "conversion",
        "kwd_attrs",
        "type_ignores",
        "tag",
    ]
)
FIELDS: dict[type, tuple[str, ...]] = {}


def children(node: ast.AST) -> list[ast.AST]:
    """Give the nodes directly below a node."""
    below: list[ast.AST] = []
    for field in FIELDS.get(node.__class__) or fields_of(node.__class__):
        value = getattr(node, field, None)
        if value.__class__ is list:
            below += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            below.append(value)
    return below


def parts_of(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """Split what is below a node that has a scope: what is evaluated in it, and what around it."""
    if isinstance(node, COMPREHENSIONS):
        first = node.generators[0].iter
        inside = [child for child in children(node) if not isinstance(child, ast.comprehension)]
        for generator in node.generators:
            inside += [
                generator.target,
                *([] if generator.iter is first else [generator.iter]),
                *generator.ifs,
            ]
        return inside, [first]
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)  # type: ignore[attr-defined]
    within = {id(child) for child in body}
    return body, [child for child in children(node) if id(child) not in within]


def fields_of(kind: type) -> tuple[str, ...]:
    """Give the fields of a kind of node that hold nodes; what is no node, or ends there, has none."""
    known = FIELDS.get(kind)
    if known is None:
        ends = not issubclass(kind, ast.AST) or issubclass(
            kind, (ast.Constant, ast.MatchSingleton, ast.alias)
        )
        known = () if ends else tuple(name for name in getattr(kind, "_fields", ()) if name not in _NO_NODES)
        FIELDS[kind] = known
    return known


def dotted(node: ast.AST) -> str | None:
    """Give the source of a name or of attributes of one, `a.b.c`; None for anything else."""
    parts: list[str] = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(parts))) if type(node) is ast.Name else None


# Methods that give the manager itself, so that calls can be chained on them.
PARSES = frozenset({"parse_file", "parse_source"})
GIVES_ITSELF = PARSES | {"set_value", "set_values", "set_tree"}


def unchained(node: ast.AST) -> ast.AST:
    """Give what a chain of such methods is called on: `_` for `_.parse_file(path).set_value("a", 1)`."""
    while type(node) is ast.Call and type(node.func) is ast.Attribute and node.func.attr in GIVES_ITSELF:
        node = node.func.value
    return node


def parses(node: ast.AST) -> bool:
    """Tell whether one method of such a chain parses; such chains are written for their value."""
    while type(node) is ast.Call and type(node.func) is ast.Attribute and node.func.attr in GIVES_ITSELF:
        if node.func.attr in PARSES:
            return True
        node = node.func.value
    return False
