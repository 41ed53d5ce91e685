"""What binds a candidate's name in a scope of Python's: where, from when on, and for how long."""

from __future__ import annotations

import ast
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hpman.static.facts import Binding, Span
from hpman.static.tree.nodes import (
    COMPREHENSIONS,
    FUNCTIONS,
    PARSES,
    SCOPES,
    dotted,
    fields_of,
    parts_of,
    unchained,
)
from hpman.static.tree.source import Source

from .plain import is_plain, is_plain_annotation, is_plain_decorator, mentions, said_type

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Statements of which a suite may be left out or left early; those in `with` and `finally` always run.
_BRANCHING = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    *([ast.TryStar] if hasattr(ast, "TryStar") else []),
    ast.ExceptHandler,
    ast.match_case,
)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_REPEATED = frozenset({"body", "test"})
_SUITES = frozenset({"body", "orelse"})

# Before Python 3.12 the places of what is in an f-string are wrong.
UNPLACED: frozenset[type[ast.AST]] = (
    frozenset() if sys.version_info >= (3, 12) else frozenset({ast.JoinedStr})
)


class Bound(NamedTuple):
    """What a scope binds of the candidates, and which of them it declares global or nonlocal."""

    names: dict[str, list[Binding]]
    shared: frozenset[str]
    outer: frozenset[str]


class _Way(NamedTuple):
    """How a name is bound that is stored in a node: as in `Binding`; value: what it is bound to, if that is known."""

    kind: str
    since: int
    until: int | None
    plain: bool = False
    value: ast.expr | None = None
    again: int | None = None


class Places:
    """Where in a source a candidate may be bound: a look at them saves one at most of its nodes."""

    def __init__(self, source: Source, candidates: frozenset[str]) -> None:
        found = binder(candidates).finditer(source.text, source.start, source.end)
        self._source = source
        self._places = [match.start() for match in found]
        self._doubted: set[int] = set()

    def doubt(self, formatted: ast.JoinedStr) -> None:
        """Take no place of what is in an f-string for true: before Python 3.12 all of them are wrong."""
        self._doubted.update(map(id, ast.walk(formatted)))

    def __bool__(self) -> bool:
        return bool(self._places)

    def inside(self, node: ast.AST) -> bool:
        """Tell whether there is one in a node, its decorators included; in one without a place there may be."""
        if not hasattr(node, "lineno") or id(node) in self._doubted:
            return True
        start, end = self._source.span(node)
        if getattr(node, "decorator_list", None):
            start = self._source.start_of(node)  # type: ignore[arg-type] # only statements have decorators
        return bisect_left(self._places, start) < bisect_left(self._places, end)


def bound(scope: ast.AST, source: Source, candidates: frozenset[str], places: Places) -> Bound:
    """Find what a scope binds of the candidates."""
    if not places.inside(scope):
        return Bound({}, frozenset(), frozenset())
    names: dict[str, list[Binding]] = {}
    shared: set[str] = set()
    outer: set[str] = set()
    wanted = roots(candidates)
    for node, way in _binders(scope, source, wanted, places):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            (shared if isinstance(node, ast.Global) else outer).update(node.names)
            continue
        for binding in _bindings(node, way, source, wanted):
            names.setdefault(binding.local, []).append(binding._replace(again=way.again))
    return Bound(names, frozenset(shared), frozenset(outer))


@lru_cache(maxsize=64)
def roots(candidates: frozenset[str]) -> frozenset[str]:
    """Give the names that candidates begin with: `hpman` of `hpman.m._`."""
    return frozenset(candidate.partition(".")[0] for candidate in candidates)


@lru_cache(maxsize=64)
def word(candidates: frozenset[str]) -> re.Pattern[str]:
    """Match a candidate, or what it begins with, as a word of its own."""
    ordered = sorted(map(re.escape, roots(candidates)), key=lambda name: (-len(name), name))
    # What comes before a name is looked at behind it: what begins with a literal is found at the speed of C.
    return re.compile("|".join(rf"{name}(?<!\w{name})(?!\w)" for name in ordered))


@lru_cache(maxsize=64)
def binder(candidates: frozenset[str]) -> re.Pattern[str]:
    """Match where a name stands that may be bound there, or handed over.

    Neither it nor an attribute of it is called, but for one that gives the manager for what follows.
    """
    names = sorted(roots(candidates), key=lambda name: (-len(name), name))
    dotted_names = sorted(candidate for candidate in candidates if "." in candidate)
    whole = [r"\s*\.\s*".join(map(re.escape, name.split("."))) for name in dotted_names]
    found = [
        rf"{word}(?<!\w{word})\s+(?:{'|'.join(map(re.escape, names))})(?!\w)" for word in ("def", "class")
    ]
    alone = rf"(?!\w)(?![ \t]*(?:\(|\.(?!\s*(?:{'|'.join(sorted(PARSES))})\b)))"
    found += (rf"{name}(?<!\w{name}){alone}" for name in map(re.escape, names))
    found += (rf"{name}{alone}" for name in whole)
    if whole:
        found.append(r"import(?<!\wimport)\b")
    # Each begins with a literal, for that is found at the speed of C.
    return re.compile("|".join(found))


def _binders(
    scope: ast.AST, source: Source, wanted: frozenset[str], places: Places
) -> Iterator[tuple[ast.AST, _Way]]:
    """Give the nodes that bind names in a scope, each with the way it does, nested scopes left out."""
    start = source.start if isinstance(scope, ast.Module) or not hasattr(scope, "lineno") else None
    start = source.span(scope).start if start is None else start
    way = _Way("assignment", start, None)
    stack: list[tuple[ast.AST, _Way]] = []
    if isinstance(scope, FUNCTIONS):
        stack += [(argument, way._replace(plain=plain)) for argument, plain in _parameters(scope.args)]
    if isinstance(scope, COMPREHENSIONS):
        stack += [
            (one.target, _Way("loop", start, None, not mentions(one.iter, wanted)))
            for one in scope.generators
        ]
    else:
        inside = parts_of(scope)[0] if type(scope) in SCOPES else [scope]
        stack += [(child, way) for child in inside]
    while stack:
        node, way = stack.pop()
        if not places.inside(node):
            continue
        if type(node) in UNPLACED:
            places.doubt(node)  # type: ignore[arg-type]
        yield node, way
        if type(node) not in SCOPES:
            stack += _below(node, way, source, wanted)
            continue
        stack += [(child, way) for child in parts_of(node)[1] if not isinstance(child, ast.arguments)]
        stack += [(child, way) for child in _defaults(node)]
        if isinstance(node, COMPREHENSIONS):
            stack += [(inner, way) for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)]


def _parameters(arguments: ast.arguments) -> Iterator[tuple[ast.arg, bool]]:
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield argument, is_plain_annotation(argument.annotation)
    yield from ((extra, True) for extra in (arguments.vararg, arguments.kwarg) if extra is not None)


def _defaults(node: ast.AST) -> Iterator[ast.expr]:
    """Give what is evaluated around a function of its parameters."""
    if isinstance(node, FUNCTIONS):
        defaults = (*node.args.defaults, *node.args.kw_defaults)
        yield from (default for default in defaults if default is not None)


def _below(
    node: ast.AST, way: _Way, source: Source, wanted: frozenset[str]
) -> Iterator[tuple[ast.AST, _Way]]:
    stored = dict(_stored(node, way, source, wanted))
    branches = isinstance(node, _BRANCHING)
    rest = (
        way
        if isinstance(node, (ast.Tuple, ast.List, ast.Starred))
        else _Way("assignment", way.since, way.until, again=way.again)
    )
    for field in fields_of(type(node)):
        value = getattr(node, field, None)
        some: list[ast.AST | None] = value if isinstance(value, list) else [value]
        inner = rest
        if branches and field in _SUITES and value:
            inner = rest._replace(until=source.span(value[-1]).end)
        again = way.again
        if again is None and isinstance(node, _LOOPS) and field in _REPEATED:
            again = source.span(node).start
        for child in some:
            if isinstance(child, ast.AST):
                yield child, stored.get(id(child), inner)._replace(again=again)


def _stored(node: ast.AST, way: _Way, source: Source, wanted: frozenset[str]) -> Iterator[tuple[int, _Way]]:
    """Give the ways of those children of a node that are targets, by identity."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr)):
        yield from _assigned(node, way, source)
    elif isinstance(node, (ast.For, ast.AsyncFor)):
        plain = not mentions(node.iter, wanted)
        yield id(node.target), _Way("loop", source.span(node.iter).end, way.until, plain)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        plain = is_plain(node.context_expr)
        yield id(node.optional_vars), _Way("with", source.span(node.context_expr).end, way.until, plain)
    elif isinstance(node, ast.match_case):
        since, until = source.span(node.pattern).end, source.span(node.body[-1]).end
        yield id(node.pattern), _Way("pattern", since, until)
    elif isinstance(node, ast.pattern):
        yield from ((id(child), way) for child in ast.iter_child_nodes(node))
    elif isinstance(node, ast.Delete):
        since = source.span(node).end
        yield from ((id(one), _Way("delete", since, way.until, plain=True)) for one in node.targets)
    elif isinstance(node, (ast.Tuple, ast.List)) and way.kind == "assignment":
        yield from _unpacked(node, way, wanted)


def _assigned(
    node: ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr, way: _Way, source: Source
) -> Iterator[tuple[int, _Way]]:
    if node.value is None:
        yield id(node.target), _Way("annotation", source.span(node).end, way.until)
        return
    since = source.span(node).end
    plain = isinstance(node, ast.AugAssign) or is_plain(node.value)
    value = None if isinstance(node, ast.AugAssign) else node.value
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        yield id(target), _Way("assignment", since, way.until, plain, value)


def _unpacked(node: ast.Tuple | ast.List, way: _Way, wanted: frozenset[str]) -> Iterator[tuple[int, _Way]]:
    """Give to each target its value; what is unpacked of something that names no manager is none."""
    value = way.value
    parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
    paired = len(parts) == len(node.elts) and not any(
        isinstance(one, ast.Starred) for one in (*parts, *node.elts)
    )
    plain = value is not None and not mentions(value, wanted)
    for index, target in enumerate(node.elts):
        if paired:
            yield id(target), way._replace(plain=is_plain(parts[index]), value=parts[index])
        else:
            yield id(target), way._replace(plain=plain or way.plain, value=None)


def _bindings(node: ast.AST, way: _Way, source: Source, wanted: frozenset[str]) -> Iterator[Binding]:
    if isinstance(node, ast.Name):
        if node.id in wanted and not isinstance(node.ctx, ast.Load):
            yield _by_name(node, way, source)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from _imported(node, way, source, wanted)
    elif isinstance(node, ast.arg):
        if node.arg in wanted:
            said = said_type(node.annotation)
            yield Binding(node.arg, "parameter", "", said, source.span(node), way.since, way.until, way.plain)
    else:
        kind, name, plain = _named(node)
        if name in wanted:
            place = source.span(node)
            since, until = place.end, way.until
            if isinstance(node, ast.ExceptHandler):
                since, until = source.span(node.body[0]).start, place.end
            elif kind == "pattern":
                since = way.since
            yield Binding(name, kind, "", "", _find_name(node, name, source), since, until, plain)


def _by_name(node: ast.Name, way: _Way, source: Source) -> Binding:
    value = unchained(way.value) if way.kind == "assignment" and way.value is not None else None
    made = None if value is None or way.plain else _made(value)
    if made is not None:
        return Binding(node.id, "made", *made, source.span(node), way.since, way.until)
    path = None if value is None else dotted(value)
    kind = "alias" if path is not None else way.kind
    taken = f".{value.attr}" if path is None and isinstance(value, ast.Attribute) else path
    return Binding(node.id, kind, "", taken or "", source.span(node), way.since, way.until, way.plain)


def _made(value: ast.AST) -> tuple[str, str] | None:
    """Give (class, placeholder) where a value may be a manager that is made there: `HyperParameterManager("hp")`."""
    if not isinstance(value, ast.Call):
        return None
    named = [one.value for one in value.keywords if one.arg == "placeholder"]
    placeholder = next(iter([*value.args, *named]), None)
    called = dotted(value.func)
    if called is None or not isinstance(placeholder, ast.Constant) or not isinstance(placeholder.value, str):
        return None
    return called, placeholder.value


def _imported(
    node: ast.Import | ast.ImportFrom, way: _Way, source: Source, wanted: frozenset[str]
) -> Iterator[Binding]:
    since = source.span(node).end
    for alias in node.names:
        local = alias.asname or (alias.name if isinstance(node, ast.ImportFrom) else alias.name.split(".")[0])
        if local != "*" and local not in wanted:
            continue
        if isinstance(node, ast.Import):
            yield Binding(local, "module", alias.name, "", source.span(alias), since, way.until)
        else:
            module = "." * node.level + (node.module or "")
            yield Binding(local, "import", module, alias.name, source.span(alias), since, way.until)


def _named(node: ast.AST) -> tuple[str, str, bool]:
    """Give how a node binds a name that is no node of its own, that name ("" if it binds none), and `plain`."""
    if isinstance(node, _DEFINITIONS):
        return "definition", node.name, all(map(is_plain_decorator, node.decorator_list))
    if isinstance(node, ast.ExceptHandler):
        return "except", node.name or "", True
    if isinstance(node, ast.MatchAs):
        return "pattern", node.name or "", False
    if isinstance(node, ast.MatchStar):
        return "pattern", node.name or "", True
    if isinstance(node, ast.MatchMapping):
        return "pattern", node.rest or "", True
    return "", "", False


def _find_name(node: ast.AST, name: str, source: Source) -> Span:
    around = source.span(node)
    match = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(source.text, around.start, around.end)
    return Span(*match.span()) if match else around
