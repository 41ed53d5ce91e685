"""Which calls in a syntax tree call a candidate, and what hides the module's candidate from them.

Name resolution is Python's (reference, 4.2.2): a name bound anywhere in a function is local to all of it; a
class body is seen by itself alone; a comprehension has a scope of its own but for its first iterable;
`:=` in it binds outside; `global` gives the name back to the module.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from hpman.static.facts import Binding
from hpman.static.tree.nodes import FIELDS, SCOPES, children, dotted, fields_of, parts_of, unchained
from hpman.static.tree.source import Source

from .binders import UNPLACED, Places, bound
from .handed import handed_on
from .reaching import in_force, is_certain
from .views import KINDS, asked_of

# The method where the manager is handed on to something else, which may do with it what it likes.
HANDED_OVER = "(...)"
# The method where a view of the manager is asked for a name, but by a call: `_.get_values()["lr"]`.
VIEWED = "[...]"

Scope = tuple[Binding, ...] | None


class Call(NamedTuple):
    """A call of a candidate (method is None), or of one of its methods.

    name: the candidate. method: `HANDED_OVER` where it is handed on; node: the call whose argument it is, or itself.
        Of what asks a view of it for a name, `views.asked_of` gives it; node: all of it.
    scope: the bindings that hide the module's name; None where nothing does.
    formatted: the outermost f-string around the call.
    """

    node: ast.Call
    callee: ast.expr
    name: str
    method: str | None
    scope: Scope
    formatted: ast.JoinedStr | None


class _Region(NamedTuple):
    """Nodes that are evaluated in one scope."""

    nodes: list[ast.AST]
    environment: Environment | None
    formatted: ast.JoinedStr | None


class Environment(NamedTuple):
    """The scope of a node, in those around it."""

    node: ast.AST
    names: dict[str, list[Binding]]
    shared: frozenset[str]  # declared global: the module's, whatever is bound here
    outer: frozenset[str]  # declared nonlocal: the enclosing function's
    around: Environment | None


def calls(tree: ast.AST, source: Source, candidates: frozenset[str]) -> tuple[list[Call], list[Binding]]:
    """Find the calls of candidates in a tree, and the bindings of candidates at module level.

    Neither list is in order.
    """
    # Most statements, and most scopes in others, only call a candidate: then there is nothing to look at.
    places = Places(source, candidates)
    if not places:
        return free_calls(tree, source, candidates), []
    stops = SCOPES | UNPLACED  # calls in an f-string are set apart
    bindings: list[Binding] = []
    for some in bound(tree, source, candidates, places).names.values():
        bindings += some
    found: list[Call] = []
    regions: list[_Region] = [_Region([tree], None, None)]
    while regions:
        region = regions.pop()
        called, stopped = _walk(region.nodes, candidates, stops)
        found += (_call(node, callee, region, source) for node, callee in called)
        in_class = region.environment is not None and isinstance(region.environment.node, ast.ClassDef)
        handed = handed_on(region.nodes, stops, candidates, in_class)
        found += (_call(node, callee, region, source, HANDED_OVER) for node, callee in handed)
        for node in stopped:
            if isinstance(node, ast.JoinedStr):
                places.doubt(node)
                regions.append(_Region(children(node), region.environment, region.formatted or node))
                continue
            inner, inside, outside = _enter(node, region.environment, source, candidates, places)
            bindings += _given_back(inner, source)
            regions += (region._replace(nodes=inside, environment=inner), region._replace(nodes=outside))
    return found, bindings


def free_calls(tree: ast.AST, source: Source, candidates: frozenset[str]) -> list[Call]:
    """Find the calls of candidates in a tree in which none is bound or handed over; not in order."""
    found: list[Call] = []
    regions = [_Region([tree], None, None)]
    while regions:
        region = regions.pop()
        called, stopped = _walk(region.nodes, candidates, UNPLACED)
        found += (_call(node, callee, region, source) for node, callee in called)
        for node in stopped:
            assert isinstance(node, ast.JoinedStr)
            regions.append(_Region(children(node), None, region.formatted or node))
    return found


def _walk(
    nodes: list[ast.AST], candidates: frozenset[str], stops: frozenset[type[ast.AST]]
) -> tuple[list[tuple[ast.Call, ast.expr]], list[ast.AST]]:
    """Find the calls of candidates below some nodes, down to nodes of kinds to stop at, which are given too.

    This is where the time of reading a statement goes, hence the lookups made beforehand.
    """
    called: list[tuple[ast.Call, ast.expr]] = []
    stopped: list[ast.AST] = []
    stack, known, call = list(nodes), FIELDS, ast.Call
    read: set[int] = set()  # parts of views that ask for a name themselves
    dots = any("." in candidate for candidate in candidates)
    while stack:
        node = stack.pop()
        kind = node.__class__
        if kind in stops:
            stopped.append(node)
            continue
        if kind is call and (callee := _callee(node, candidates, dots)) is not None:
            called.append((node, callee))  # type: ignore[arg-type] # a check would cost at every node
        elif kind in KINDS and (asked := asked_of(node)) is not None and id(node) not in read:
            read.update(map(id, asked.view.parts))
            if dotted(asked.view.root) in candidates:
                called.append((node, asked.view.root))  # type: ignore[arg-type] # a name, or an attribute
        fields = known.get(kind)
        for field in fields_of(kind) if fields is None else fields:
            value = getattr(node, field)
            if value.__class__ is list:
                stack += value
            elif value is not None:
                stack.append(value)
    return called, stopped


def _callee(node: ast.AST, candidates: frozenset[str], dots: bool) -> ast.expr | None:
    """Give what is called, or a method of which is called, if it is a candidate."""
    function = node.func  # type: ignore[attr-defined]
    if type(function) is ast.Attribute:
        if dots and dotted(function) in candidates:
            return function
        function = unchained(function.value)
    if type(function) is ast.Name:
        return function if function.id in candidates else None
    return function if dots and dotted(function) in candidates else None


def _call(
    node: ast.expr, callee: ast.expr, region: _Region, source: Source, method: str | None = None
) -> Call:
    if not isinstance(node, ast.Call):
        method = method or VIEWED
    elif isinstance(node.func, ast.Attribute) and node.func is not callee:
        is_own = unchained(node.func.value) is callee
        method = method or (node.func.attr if is_own else VIEWED)
    name = dotted(callee) or ""
    scope: Scope = None
    if region.environment is not None:
        scope = resolve(name.partition(".")[0], region.environment, source.span(callee).start)
    # Of what is handed on, only the place is asked for.
    return Call(node, callee, name, method, scope, region.formatted)  # type: ignore[arg-type]


def environment_at(
    tree: ast.AST, source: Source, candidates: frozenset[str], line: int
) -> Environment | None:
    """Give the scope of the statement on a line (from 1) of a tree; None for the module's."""
    places = Places(source, candidates)
    around: Environment | None = None
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not node.body[0].lineno <= line:
                break
            around = _enter(node, around, source, candidates, places)[0]
        nodes += (one for one in children(node) if _holds(one, line))
    return around


def _holds(node: ast.AST, line: int) -> bool:
    if isinstance(node, (ast.stmt, ast.ExceptHandler)):
        return node.lineno <= line <= (node.end_lineno or 0)
    return isinstance(node, ast.match_case)


def resolve(name: str, environment: Environment | None, at: int) -> Scope:
    """Give what hides the module's name from a use of it at an offset in a scope; None where nothing does."""
    current, direct = environment, True
    nearer: list[Binding] = []
    while current is not None:
        if isinstance(current.node, ast.ClassDef):
            # A class body's names are seen from the body itself, and not before they are bound.
            if direct and (name in current.shared or name in current.names):
                found = in_force(current.names.get(name, ()), at, deferred=False)
                return found if name not in current.shared and _is_own(found, at) else None
        elif name in current.shared:
            return None
        elif name in current.names:
            known = {one.span for one in nearer}
            nearer += (one for one in current.names[name] if one.span not in known)
            if name not in current.outer:
                return tuple(sorted(nearer, key=lambda binding: binding.span))
        direct = False
        current = current.around
    return None


def _is_own(bindings: Iterable[Binding], at: int) -> bool:
    """Tell whether a class body finds a name in itself; if not, Python goes on to look in the module."""
    if any(one.kind in ("alias", "made") or one.module == "hpman.m" for one in bindings):
        return True
    return all(one.kind not in ("delete", "except") for one in bindings) and any(
        is_certain(one, at) for one in bindings
    )


def _enter(
    node: ast.AST,
    around: Environment | None,
    source: Source,
    candidates: frozenset[str],
    places: Places,
) -> tuple[Environment, list[ast.AST], list[ast.AST]]:
    """Open the scope of a node: its environment, the nodes evaluated in it, and those evaluated around it."""
    inside, outside = parts_of(node)
    names, shared, outer = bound(node, source, candidates, places)
    environment = Environment(node, names, shared, outer, around)
    if "nonlocal" in source.text:
        _take_back(environment, source, candidates, places)
    for some in names.values():
        some[:] = [_own(one, environment) for one in some]
    return environment, inside, outside


def _take_back(environment: Environment, source: Source, candidates: frozenset[str], places: Places) -> None:
    """Add what functions in a scope bind of its names (`nonlocal`), whenever they run."""
    for inner in ast.walk(environment.node):
        if inner is environment.node or not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        given = bound(inner, source, candidates, places)
        for name in given.outer & environment.names.keys():
            some = (
                one._replace(until=one.since, again=environment.names[name][0].since)
                for one in given.names.get(name, ())
            )
            environment.names[name] += some


def _own(binding: Binding, environment: Environment) -> Binding:
    """Give an alias of a name that is no module's as what it is: an assignment of something unknown."""
    root = binding.name.partition(".")[0]
    if binding.kind == "alias" and resolve(root, environment, binding.since) is not None:
        return binding._replace(kind="assignment", name="")
    return binding


def _given_back(environment: Environment, source: Source) -> list[Binding]:
    """Give what a scope binds of the module's names; it does so whenever it runs, so that nothing is sure."""
    some = (one for name in environment.shared for one in environment.names.get(name, ()))
    return [one._replace(until=one.since, again=source.start) for one in some]
