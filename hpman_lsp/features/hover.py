"""What is known of the hyperparameter under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hpman.static.facts import Expression, Occurrence, Span
from hpman_lsp.rules.missing_default import silences
from hpman_lsp.text.rich_text import Code, Line, Link, Piece, Place, markdown, plaintext
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import (
    counted,
    counted_uses,
    given,
    line_of,
    program_name,
    scope_name,
    scope_reason,
    shortened,
    shown_path,
    shown_place,
    shown_value,
    type_of,
)
from hpman_lsp.workspace.questions.givers import Reason, may_set
from hpman_lsp.workspace.questions.in_program import Part, merged, parts_seen
from hpman_lsp.workspace.questions.items import ItemDefault, item_defaults
from hpman_lsp.workspace.questions.lookup import (
    Symbol,
    called_at,
    members,
    symbol_of,
    symbol_of_value,
    use_at,
    value_at,
)
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueUse

_MOST_PLACES = 10
_MOST_SCOPES = 3
_MOST_REASONS = 3
_LONGEST = 300  # characters of a value


class Hover(NamedTuple):
    """span: what the answer is about; markdown and plaintext: the same answer in two forms.

    key, scope: which hyperparameter it is; None where it is none by itself, such as a group.
    """

    span: Span
    markdown: str
    plaintext: str
    key: Key | None = None
    scope: Scope | None = None


def hover(snapshot: Snapshot, path: str, offset: int, link: Link | None = None) -> Hover | None:
    """Describe the hyperparameter at an offset; None off our names.

    link: gives the target of a markdown link to a line of a file.
    """
    found = _value(snapshot, path, offset) if path in snapshot.value_files else _call(snapshot, path, offset)
    if found is None:
        return None
    span, wide = found
    parts = () if path in snapshot.value_files else parts_seen(snapshot, wide.key, path)
    symbol = merged(wide.use, parts) if parts else wide
    group = members(snapshot, symbol.key, symbol.use.path) if not symbol.definitions else ()
    items = tuple(item_defaults(snapshot, symbol.key, symbol.use.path)) if not symbol.definitions else ()
    head = list(_head(snapshot, symbol, group, items))
    lines = [
        *_lines(snapshot, symbol, group, items, bool(wide.definitions)),
        *_around(snapshot, symbol, parts, wide),
    ]
    key = None if group else symbol.key
    scope = min(snapshot.scopes.of(symbol.use.path, symbol.key.manager).scopes)
    return Hover(span, markdown(head, lines, link), plaintext(head, lines), key, scope)


def unseen_givers(snapshot: Snapshot, symbol: Symbol) -> tuple[Line, ...]:
    """Say what may set a name unseen; where nothing is seen to give it a value, all that keeps us from saying so."""
    use = symbol.use
    items = next(item_defaults(snapshot, use.key, use.path), None)
    is_given = symbol.definitions or symbol.writes or symbol.values or items is not None
    found = may_set(snapshot, use.path, use.key) if is_given else silences(snapshot, use)
    ordered = sorted(set(found), key=lambda one: (one.path, one.offset or 0, one.after))
    return tuple(_reason(snapshot, one) for one in ordered)


def _call(snapshot: Snapshot, path: str, offset: int) -> tuple[Span, Symbol] | None:
    use = use_at(snapshot, path, offset) or called_at(snapshot, path, offset)
    return None if use is None else (use.literal.literal, symbol_of(snapshot, use))


def _value(snapshot: Snapshot, path: str, offset: int) -> tuple[Span, Symbol] | None:
    value = value_at(snapshot, path, offset)
    symbol = None if value is None else symbol_of_value(snapshot, value)
    return None if value is None or symbol is None else (value.entry.key.span, symbol)


def _head(
    snapshot: Snapshot, symbol: Symbol, group: Sequence[Use], items: Sequence[ItemDefault]
) -> Iterator[str]:
    """Give the name with its value; with each value and its place where there are several."""
    shown = symbol.definitions or group
    if not shown:
        yield _valued(symbol.key.name, items[0].value if len(items) == 1 else None)
    for use in shown[:_MOST_PLACES]:
        place = f"  # {shown_place(snapshot, use)}" if len(shown) > 1 else ""
        yield _with_value(use) + place
    if len(shown) > _MOST_PLACES:
        yield f"# and {len(shown) - _MOST_PLACES} more"


def _with_value(use: Use) -> str:
    return (
        _valued(use.key.name, given(use))
        if given(use) is not None
        else f"{shortened(use.key.name, _LONGEST)} = ..."
    )


def _valued(name: str, value: Expression | None) -> str:
    kind, shown = type_of(value), shortened(name, _LONGEST)
    return (
        shown if value is None else f"{shown}{f': {kind}' if kind else ''} = {shown_value(value, _LONGEST)}"
    )


def _lines(
    snapshot: Snapshot, symbol: Symbol, group: Sequence[Use], items: Sequence[ItemDefault], elsewhere: bool
) -> Iterator[Line]:
    what = "group of hyperparameters" if group else "hyperparameter"
    yield (f"{what} of the manager ", Code(symbol.key.manager), " of ", Code("hpman.m"))
    reasons = () if group else unseen_givers(snapshot, symbol)
    if items:
        yield from (_item(snapshot, one) for one in items[:_MOST_PLACES])
    else:
        yield _default(snapshot, symbol, group, elsewhere or bool(reasons))
    for write in symbol.writes[:_MOST_PLACES]:
        yield ("set to ", Code(shown_value(given(write), _LONGEST)), " in ", _place(snapshot, write))
    for value in symbol.values[:_MOST_PLACES]:
        yield (Code(shortened(value.written, _LONGEST)), " in ", _value_place(snapshot, value))
    if len(symbol.values) > _MOST_PLACES:
        yield (f"and in {counted(len(symbol.values) - _MOST_PLACES, 'more place')} of value files",)
    yield from reasons[:_MOST_REASONS]
    if len(reasons) > _MOST_REASONS:
        yield (f"and {counted(len(reasons) - _MOST_REASONS, 'more place')} that may set it",)
    hints = [
        hint for use in symbol.definitions if isinstance(use.source, Occurrence) for hint in use.source.hints
    ]
    if hints:
        yield ("hints: ", *_joined(Code(f"{hint.key}={shown_value(hint.value, _LONGEST)}") for hint in hints))


def _around(snapshot: Snapshot, symbol: Symbol, parts: Sequence[Part], wide: Symbol) -> Iterator[Line]:
    """Say what each program makes of a name where they differ, and what there is beside the programs that are meant."""
    for part in parts[:_MOST_PLACES] if len(parts) > 1 else ():
        names = ", ".join(program_name(snapshot, one) for one in part.programs[:_MOST_SCOPES])
        more = f" and {len(part.programs) - _MOST_SCOPES} more" if len(part.programs) > _MOST_SCOPES else ""
        yield (f"in {names}{more}: ", Code(shown_value(given(part.symbol.use), _LONGEST)))
    is_given = symbol.definitions or symbol.writes
    for use in () if is_given else wide.definitions[:_MOST_SCOPES]:
        yield ("in another program: ", Code(shown_value(given(use), _LONGEST)), " in ", _place(snapshot, use))
    if wide.uses:
        yield (counted_uses(wide.uses),)
    yield from _scopes(snapshot, symbol)


def _item(snapshot: Snapshot, item: ItemDefault) -> Line:
    line = line_of(snapshot, item.use.path, item.way[-1].span.start)
    place = Place(item.use.path, line, f"{shown_path(snapshot, item.use.path)}:{line + 1}")
    return ("default in ", place, ", as an item of ", Code(item.use.key.name))


def _reason(snapshot: Snapshot, reason: Reason) -> Line:
    shown = shown_path(snapshot, reason.path)
    lines = snapshot.lines(reason.path)
    if reason.offset is None or lines is None:
        return (*reason.before, Place(reason.path, 0, shown), reason.after)
    line = lines.line_of(reason.offset)
    return (*reason.before, Place(reason.path, line, f"{shown}:{line + 1}"), reason.after)


def _default(snapshot: Snapshot, symbol: Symbol, group: Sequence[Use], may_be_set: bool) -> Line:
    definitions = symbol.definitions
    if definitions:
        places = _joined(_place(snapshot, use) for use in definitions[:_MOST_PLACES])
        return ("default in " if len(definitions) == 1 else f"{len(definitions)} defaults: ", *places)
    if group:
        return (f"{counted(len(group), 'name')} in it",)
    is_open = symbol.writes or symbol.values or may_be_set or not snapshot.complete
    return ("no default" if is_open else "no default, and nothing sets it",)


def _scopes(snapshot: Snapshot, symbol: Symbol) -> Iterator[Line]:
    scopes = sorted(snapshot.scopes.of(symbol.use.path, symbol.key.manager).scopes)
    for scope in scopes[:_MOST_SCOPES]:
        yield (f"scope: {scope_name(snapshot, scope)} ({scope_reason(snapshot, scope)})",)
    if len(scopes) > _MOST_SCOPES:
        yield (f"and {counted(len(scopes) - _MOST_SCOPES, 'more scope')}",)


def _place(snapshot: Snapshot, use: Use) -> Place:
    return Place(use.path, line_of(snapshot, use.path, use.span.start), shown_place(snapshot, use))


def _value_place(snapshot: Snapshot, value: ValueUse) -> Place:
    return Place(value.path, value.line, f"{shown_path(snapshot, value.path)}:{value.line + 1}")


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for index, piece in enumerate(pieces):
        yield from (", ", piece) if index else (piece,)
