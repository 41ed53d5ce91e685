"""Facts written as text, so that a test holds a source and the answer beside it."""

from __future__ import annotations

from hpman.static.facts import (
    NOT_LITERAL,
    Access,
    Binding,
    Expression,
    FileFacts,
    Occurrence,
    ParseCall,
    PathFact,
)
from hpman.static.parser import parse

CANDIDATES = frozenset({"_"})


def facts_of(text: str) -> FileFacts:
    return parse(text, CANDIDATES)


def check_occurrences(text: str, *answer: str) -> None:
    """Compare as `call | characters of the name | default = value | hint=value ...`; what is not there is left out."""
    assert [_occurrence(text, one) for one in facts_of(text).occurrences] == list(answer)


def check_accesses(text: str, *answer: str) -> None:
    """Compare as `kind method name | characters of the name | value`; `?` for a name that is no literal."""
    assert [_access(text, one) for one in facts_of(text).accesses] == list(answer)


def check_bindings(text: str, *answer: str) -> None:
    """Compare the module's bindings as `kind name | characters`, for imports with what is imported."""
    assert [_binding(text, one) for one in facts_of(text).bindings] == list(answer)


def check_scopes(text: str, *answer: str) -> None:
    """Compare what hides the module's name from each call, as kinds; `module` where nothing does."""
    assert [_scope(one.scope) for one in facts_of(text).occurrences] == list(answer)


def check_paths(text: str, *answer: str) -> None:
    """Compare each parse_file as `anchor:relative, ...`.

    `?`: what only running it can tell. `module(NAME)`: the file of a module. `perhaps` before a path: it is one of
    several; before all of it: the call may not be met. A path with wildcards stands in angle brackets.
    """
    assert [_parse_call(one) for one in facts_of(text).parse_calls] == list(answer)


def check_problems(text: str, *answer: str) -> None:
    """Compare as `code: characters`."""
    assert [f"{one.code}: {text[slice(*one.span)]}" for one in facts_of(text).problems] == list(answer)


def _occurrence(text: str, one: Occurrence) -> str:
    parts = [text[slice(*one.call)], "?" if one.name is None else text[slice(*one.name.span)]]
    if one.default is not None:
        parts.append(_value(text, one.default))
    parts += (f"{hint.key}={_value(text, hint.value)}" for hint in one.hints)
    return " | ".join(parts)


def _access(text: str, one: Access) -> str:
    parts = [f"{one.kind} {one.method} {one.full_name or '?'}"]
    parts += [] if one.name is None else [text[slice(*one.name.span)]]
    parts += [] if one.value is None else [_value(text, one.value)]
    return " | ".join(parts)


def _binding(text: str, one: Binding) -> str:
    origin = f" from {one.module} {one.name}".rstrip() if one.module else ""
    return f"{one.kind} {one.local}{origin} | {text[slice(*one.span)]}"


def _scope(scope: tuple[Binding, ...] | None) -> str:
    return "module" if scope is None else " ".join(one.kind for one in scope)


def _value(text: str, one: Expression) -> str:
    assert text[slice(*one.span)] == one.text
    return one.text if one.value is NOT_LITERAL else f"{one.text} = {one.value!r}"


def _parse_call(call: ParseCall) -> str:
    paths = ", ".join([*map(_path, call.paths or ()), *(["?"] if call.more else [])])
    return paths if call.sure else f"perhaps: {paths}"


def _path(path: PathFact) -> str:
    anchor = f"module({path.module})" if path.anchor == "module" else path.anchor
    shown = f"{'' if path.sure else 'perhaps '}{anchor}:{path.relative}"
    return f"<{shown}>" if path.pattern else shown
