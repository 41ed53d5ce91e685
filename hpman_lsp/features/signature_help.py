"""What a manager's call takes, while it is written."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hpman.static.facts import Span
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.python.unfinished import OpenCall, call_at
from hpman_lsp.workspace.questions.describe import given, shown_place, shown_value, type_of
from hpman_lsp.workspace.questions.in_force import only_giver
from hpman_lsp.workspace.questions.in_program import symbol_seen
from hpman_lsp.workspace.snapshot import Snapshot


class Parameter(NamedTuple):
    """span: its characters in the label; documentation: in plain text."""

    span: Span
    documentation: str


class SignatureHelp(NamedTuple):
    """label: the whole signature; documentation: in plain text; active: the parameter at the cursor."""

    label: str
    documentation: str
    parameters: tuple[Parameter, ...]
    active: int


_DOCUMENTED: Final = {
    "name": "The hyperparameter's name: a literal string. A dot nests: `optimizer.lr`.",
    "default": "Its default. One call of a name has it, all others leave it out.",
    "**hints": "Notes for whoever asks, such as `choices=[...]` or `help=...`: literals.",
}
_MOST_GIVERS = 5
_KEYWORD = re.compile(r"\s*(?:\w+\s*=(?!=)|\*\*)")


def signature_help(snapshot: Snapshot, path: str, offset: int) -> SignatureHelp | None:
    """Describe the call of a manager that an offset is in, also in unfinished source; None outside of one."""
    file = snapshot.files.get(path)
    call = None if file is None else call_at(file.text, offset)
    if file is None or call is None:
        return None
    calls = [one for one in file.facts.occurrences if one.callee_span.start == call.start]
    scope = calls[0].scope if calls else None
    if snapshot.manager(file, call.callee, scope, Span(call.start, offset)) is None:
        return None
    label, parameters = _signature(call.callee)
    return SignatureHelp(label, _known(snapshot, path, call), parameters, _active(file.text, call, offset))


def _signature(callee: str) -> tuple[str, tuple[Parameter, ...]]:
    label = f"{callee}("
    parameters: list[Parameter] = []
    for name, documentation in _DOCUMENTED.items():
        label += ", " if parameters else ""
        parameters.append(Parameter(Span(len(label), len(label) + len(name)), documentation))
        label += name
    return f"{label})", tuple(parameters)


def _active(text: str, call: OpenCall, offset: int) -> int:
    """The third on takes every keyword, and there is no other behind it."""
    if _KEYWORD.match(text[call.arguments[-1] : offset]):
        return len(_DOCUMENTED) - 1
    return min(len(call.arguments), len(_DOCUMENTED)) - 1


def _known(snapshot: Snapshot, path: str, call: OpenCall) -> str:
    """Tell what the name that stands in the call has elsewhere."""
    index = snapshot.index.files.get(path)
    uses = index.uses if index is not None else ()
    use = next((use for use in uses if use.call.start == call.start), None)
    if use is None:
        return "Define a hyperparameter, or read it."
    symbol = symbol_seen(snapshot, use)
    givers = [*symbol.definitions, *symbol.writes]
    giver = only_giver(symbol)
    if giver is not None:
        return _value(snapshot, giver)
    if not givers:
        return f"`{use.key.name}` has no default yet."
    places = [f"`{shown_value(given(one))}` in {shown_place(snapshot, one)}" for one in givers]
    more = f" and {len(places) - _MOST_GIVERS} more" if len(places) > _MOST_GIVERS else ""
    return f"`{use.key.name}` is given several values: {', '.join(places[:_MOST_GIVERS])}{more}."


def _value(snapshot: Snapshot, giver: Use) -> str:
    kind = type_of(given(giver))
    typed = f": {kind}" if kind else ""
    return (
        f"`{giver.key.name}{typed} = {shown_value(given(giver))}`, given in {shown_place(snapshot, giver)}."
    )
