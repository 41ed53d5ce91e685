"""Reads one call of a manager: its name, default and hints, or what it reads and writes by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .facts import NOT_LITERAL, Access, Expression, Hint, Name, Occurrence, Problem, Span
from .keyed import Keyed, asked_names, set_names
from .scoping.bindings import HANDED_OVER, Call
from .scoping.views import asked_of
from .tree import syntax
from .tree.literals import name_of
from .tree.nodes import dotted
from .tree.source import Source

READING = frozenset(
    {"get_value", "exists", "get_occurrence", "get_occurrence_of_value", "get_origin", "get_tree"}
)
WRITING = frozenset({"set_value"})
OF_DICTS = frozenset({"set_values", "set_tree"})  # they set what the keys of a dict name
# All methods; a test compares them with the class.
METHODS = (
    READING
    | WRITING
    | OF_DICTS
    | {"parse_file", "parse_source", "get_values", "get_nodes", "load_values", "save_values", "export_values"}
)
_LOADING = ("load_values", "__call__")  # what they set is known when it runs
_OWN = frozenset({"hp_name", "hp_value"})  # the parameters of a call; every other keyword is a hint
_NAME_KEYWORDS = frozenset({"name", "hp_name", "prefix"})
_SEPARATOR = "."

Problems = list[Problem]


def occurrence_of(call: Call, source: Source, discarded: bool) -> tuple[Occurrence | None, Problems]:
    """Read the call of a manager, and what is wrong with it; None where it has no argument at all.

    discarded: it is a statement of its own.
    """
    problems: Problems = []
    node, place = call.node, source.span(call.node)
    given: list[tuple[str, ast.expr]] = [*zip(("hp_name", "hp_value"), node.args, strict=False)]
    if node.keywords:
        given += _keywords(node, source, problems)
    _check_arguments(call, given, place, problems)
    arguments = dict(reversed(given))  # the first of a kind counts
    named, default = arguments.get("hp_name"), arguments.get("hp_value")
    if named is None:
        return None, problems
    name = name_of(named, source)
    if name is None:
        shown = _shortened(source.cut(source.span(named)))
        message = f"the name must be a string literal, not `{shown}`: it can only be known by running it"
        problems.append(Problem("name-not-literal", message, source.span(named)))
    value = None if default is None else _expression(default, source, problems)
    hints = tuple(Hint(key, _hint(key, hint, source, problems)) for key, hint in given if key not in _OWN)
    callee = source.span(call.callee)
    found = Occurrence(call.name, callee, place, name, value, hints, call.scope, discarded)
    return found, problems


def misspelt_method(call: Call, source: Source) -> Iterator[Problem]:
    """Find a method that managers do not have in a call."""
    called, method = getattr(call.node, "func", None), call.method or ""
    if method in METHODS or method.startswith("__") or not isinstance(called, ast.Attribute):
        return
    if method != called.attr:
        return
    end = source.span(called).end
    yield Problem("unknown-method", method, Span(end - len(method), end), call.name, call.scope)


def accesses_of(call: Call, source: Source) -> Iterator[Access]:
    """Read a call of one of a manager's methods: the names that it reads or writes."""
    method, node = call.method or "", call.node
    if method == HANDED_OVER and (partly := _partly_called(call, source)) is not None:
        yield partly
    elif method in (HANDED_OVER, *_LOADING):
        yield _access(call, method, None, "", None, source)
    elif method in READING or method in WRITING:
        yield from _single(call, method, node, source)
    elif method in OF_DICTS:
        for one in set_names(node, method, source):
            yield _keyed(call, method, one, source)
    elif (asked := asked_of(node)) is not None:
        for one in asked_names(asked, source):
            found = _keyed(call, asked.view.kind, one, source)
            kind = "write" if asked.writes else "read"
            yield found._replace(kind=kind, lenient=asked.lenient and not asked.writes)


def _keywords(node: ast.Call, source: Source, problems: Problems) -> Iterator[tuple[str, ast.expr]]:
    for keyword in node.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
        elif isinstance(keyword.value, ast.Dict) and all(_is_text(key) for key in keyword.value.keys):
            for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                yield key.value, value  # type: ignore[union-attr]
        else:
            shown = _shortened(source.cut(source.span(keyword.value)))
            message = f"the hints in `**{shown}` can only be known by running it: write them as keywords"
            problems.append(Problem("hint-not-literal", message, source.span(keyword.value)))


def _is_text(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str)


def _check_arguments(call: Call, given: list[tuple[str, ast.expr]], place: Span, problems: Problems) -> None:
    count = len(call.node.args)
    keys = [key for key, _ in given]
    if any(isinstance(argument, ast.Starred) for argument in call.node.args):
        wrong = "its arguments cannot be read behind a `*`"
    elif "hp_name" not in keys:
        wrong = "it needs a name"
    elif count > 2:
        wrong = f"it takes a name and at most one default, not {count} positional arguments"
    elif len(keys) != len(set(keys)):
        twice = next(key for key in keys if keys.count(key) > 1)
        wrong = f"`{twice}` is given twice"
    else:
        return
    problems.append(
        Problem("wrong-arguments", f"`{call.name}(...)` cannot be called like this: {wrong}", place)
    )


def _expression(node: ast.expr, source: Source, problems: Problems) -> Expression:
    place = source.span(node)
    value = NOT_LITERAL if isinstance(node, ast.Starred) else syntax.literal(node)
    if isinstance(value, syntax.Fault):
        problems.append(Problem("bad-literal", value.message, place))
        value = NOT_LITERAL
    return Expression(place, source.cut(place), value)


def _hint(key: str, node: ast.expr, source: Source, problems: Problems) -> Expression:
    read = _expression(node, source, problems)
    if read.value is NOT_LITERAL:
        message = f"the value of the hint `{key}` must be a literal, not `{_shortened(read.text)}`"
        problems.append(Problem("hint-not-literal", message, read.span))
    return read


def _partly_called(call: Call, source: Source) -> Access | None:
    """Read `partial(_, "lr")`, which is called later: with a default or without one."""
    node = call.node
    if not isinstance(getattr(node, "func", None), (ast.Name, ast.Attribute)) or len(node.args) < 2:
        return None
    if (dotted(node.func) or "").rpartition(".")[2] != "partial" or node.args[0] is not call.callee:
        return None
    value = _expression(node.args[2], source, []) if len(node.args) > 2 else None
    found = _access(call, "partial", name_of(node.args[1], source), "", value, source)
    return found if value is not None or found.name is None else found._replace(kind="read", lenient=True)


def _single(call: Call, method: str, node: ast.Call, source: Source) -> Iterator[Access]:
    named = [keyword.value for keyword in node.keywords if keyword.arg in _NAME_KEYWORDS]
    arguments = [*named, *node.args] if named else node.args
    if not arguments:
        if any(keyword.arg is None for keyword in node.keywords):
            yield _access(call, method, None, "", None, source)
        return
    lenient = method == "exists" or (method == "get_value" and not _raises(node))
    values = [keyword.value for keyword in node.keywords if keyword.arg in ("value", "hp_value")]
    values = [*arguments[1:2], *values] if method in WRITING else []
    value = _expression(values[0], source, []) if values else None
    found = _access(call, method, name_of(arguments[0], source), "", value, source)
    yield found._replace(lenient=True) if lenient else found


def _raises(node: ast.Call) -> bool:
    """Tell whether `get_value` surely raises where there is no value: it has a name, and says nothing else."""
    rest = [*node.args[1:], *(one.value for one in node.keywords if one.arg not in _NAME_KEYWORDS)]
    return all(isinstance(one, ast.Constant) and one.value is True for one in rest)


def _access(
    call: Call, method: str, name: Name | None, prefix: str, value: Expression | None, source: Source
) -> Access:
    kind = "read" if method in READING else "write"
    return Access(call.name, method, kind, source.span(call.node), name, prefix, value, call.scope)


def _keyed(call: Call, method: str, one: Keyed, source: Source) -> Access:
    prefix = "".join(f"{name.value}{_SEPARATOR}" for name in one.way)
    value = None if one.value is None else _expression(one.value, source, [])
    return _access(call, method, one.name, prefix, value, source)._replace(way=one.way)


def _shortened(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3] + "..."
