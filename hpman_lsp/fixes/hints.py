"""Fixes for hints that contradict each other, or the default."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from hpman._names import alike
from hpman.static.facts import Expression, Span
from hpman.static.tree import syntax
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.helpers.hints import Hinted, hint_for, hinted
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import given, shown_place, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, many_edits, one_edit, use_around


def conflicting_hints(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write this value in the other calls, or another call's value here."""
    use = use_around(snapshot, path, diagnostic.span)
    all_hints = hinted(snapshot, path, use.key) if use is not None else ()
    this = next((one for one in all_hints if one.use == use and one.value.span == diagnostic.span), None)
    if this is None:
        return
    others = [one for one in all_hints if one.key == this.key and one.value.text != this.value.text]
    edits: dict[str, tuple[Edit | None, ...]] = {}
    for one in others:
        edits[one.use.path] = (*edits.get(one.use.path, ()), Edit(one.value.span, this.value.text))
    yield from many_edits(f"Make {shown_value(this.value, 40)} the only `{this.key}`", edits)
    for one in others[:1]:
        title = f"Use {shown_value(one.value, 40)}, as in {shown_place(snapshot, one.use)}"
        yield from one_edit(title, path, Edit(this.value.span, one.value.text))


def default_not_in_choices(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Take the choice that was meant, or add the default to the choices."""
    use, default = _default(snapshot, path, diagnostic)
    hint = None if use is None else hint_for(snapshot, use, "choices").get("choices")
    if default is None or hint is None:
        return
    choices = hint.value.value
    if isinstance(default.value, str) and isinstance(choices, (list, tuple, set, frozenset, dict)):
        for one in alike(default.value, [choice for choice in choices if isinstance(choice, str)])[:1]:
            quote = default.text[-1]
            yield from one_edit(f"Use {one!r}", path, Edit(default.span, f"{quote}{one}{quote}"))
    edit = _added(hint.value, default.text)
    yield from one_edit(f"Add {shown_value(default, 40)} to the choices", hint.use.path, edit)


def default_out_of_range(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Take the nearest value that is allowed, or allow this one."""
    use, default = _default(snapshot, path, diagnostic)
    if use is None or default is None:
        return
    value = default.value
    for is_low, where, bound in bounds_as_written(hint_for(snapshot, use, "range", "min", "max")):
        if isinstance(value, (int, float)) and isinstance(bound.value, (int, float)):
            outside = value < bound.value if is_low else value > bound.value
            if outside:
                named = "least" if is_low else "greatest"
                yield from one_edit(
                    f"Use {bound.text}, the {named} that is allowed", path, Edit(default.span, bound.text)
                )
                title = f"Allow {default.text}: make it the {named}"
                yield from one_edit(title, where.use.path, Edit(bound.span, default.text))


def default_not_of_type(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write the same value in the type that is asked for, or ask for its type."""
    use, default = _default(snapshot, path, diagnostic)
    hint = None if use is None else hint_for(snapshot, use, "type").get("type")
    if default is None or hint is None:
        return
    written = _converted(default.value, str(hint.value.value))
    if written is not None:
        yield from one_edit(f"Write it as {written}", path, Edit(default.span, written))
    own = type(default.value).__name__
    yield from one_edit(f"Make the type `{own}`", hint.use.path, Edit(hint.value.span, f'"{own}"'))


def bounds_as_written(hints: dict[str, Hinted]) -> Iterator[tuple[bool, Hinted, Expression]]:
    """Return each bound: whether it is the lower one, its hint, and what it is written as."""
    around = hints.get("range")
    if around is not None:
        node = syntax.expression(around.value.text)
        if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) == 2 and "\n" not in around.value.text:
            for number, one in enumerate(node.elts):
                yield number == 0, around, _element(around.value, one)
        return
    for key in ("min", "max"):
        if key in hints:
            yield key == "min", hints[key], hints[key].value


def _default(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> tuple[Use | None, Expression | None]:
    use = use_around(snapshot, path, diagnostic.span)
    default = None if use is None else given(use)
    return (use, default) if default is not None and default.span == diagnostic.span else (None, None)


def _added(choices: Expression, new: str) -> Edit | None:
    """Add an element to a list, tuple or set that is written with brackets."""
    text, at = choices.text, choices.span.end - 1
    if "#" in text or text[:1] not in "([{" or isinstance(choices.value, dict):
        return None
    inside = text[1:-1].rstrip()
    at = choices.span.start + 1 + len(inside)
    if not inside:
        return Edit(Span(at, at), new if text[0] != "(" else f"{new},")
    return Edit(Span(at, at), f" {new}" if inside.endswith(",") else f", {new}")


def _element(whole: Expression, node: ast.expr) -> Expression:
    start, end = whole.span.start + node.col_offset, whole.span.start + (node.end_col_offset or 0)
    text = whole.text[node.col_offset : node.end_col_offset]
    return Expression(Span(start, end), text, syntax.literal(node))


_TYPES: dict[str, Callable[[object], object]] = {
    "int": lambda value: int(value) if isinstance(value, (str, int, float)) else None,
    "float": lambda value: float(value) if isinstance(value, (str, int, float)) else None,
    "str": lambda value: str(value) if isinstance(value, (int, float)) else None,
    "bool": lambda value: bool(value) if value in (0, 1) else None,
    "list": lambda value: sorted(value) if isinstance(value, (set, frozenset)) else None,
    "tuple": lambda value: tuple(sorted(value)) if isinstance(value, (set, frozenset)) else None,
}


def _converted(value: object, wanted: str) -> str | None:
    """Write a value in another type, where it stays the same value."""
    try:
        found = _TYPES[wanted](value)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    if found is None or (isinstance(value, (int, float)) and not isinstance(found, str) and found != value):
        return None
    return f'"{found}"' if isinstance(found, str) else repr(found)
