"""Edits of the arguments of one call of a manager; None wherever a comment would be lost, or the call is not plain."""

from __future__ import annotations

from collections.abc import Iterable

from hpman.static.facts import Hint, Occurrence, Span
from hpman_lsp.text.edits import Edit


def name_only(text: str, call: Occurrence) -> Edit | None:
    """Remove everything behind the name: `_("lr", 1e-3, help="x")` becomes `_("lr")`."""
    if not _starts_with_name(text, call) or call.name is None:
        return None
    behind = Span(call.name.literal.end, call.call.end - 1)
    values = [hint.value.span for hint in call.hints] + ([call.default.span] if call.default else [])
    return None if _has_comment(text, behind, values) else Edit(behind, "")


def without_default(text: str, call: Occurrence) -> Edit | None:
    """Remove the default, and keep the hints."""
    if not _starts_with_name(text, call) or call.name is None or call.default is None:
        return None
    removed = Span(call.name.literal.end, _past_brackets(text, call.name.literal.end, call.default.span))
    if any(hint.value.span.start < removed.end for hint in call.hints):
        return None
    return None if _has_comment(text, removed, [call.default.span]) else Edit(removed, "")


def with_default(text: str, call: Occurrence, default: str, hints: Iterable[Hint] = ()) -> Edit | None:
    """Give a call without a default this one, and those hints that it does not have yet."""
    if not _starts_with_name(text, call) or call.name is None or call.default is not None:
        return None
    own = {hint.key for hint in call.hints}
    more = [
        f"{hint.key}={hint.value.text}" for hint in hints if hint.key not in own and hint.key.isidentifier()
    ]
    at = call.name.literal.end
    return Edit(Span(at, at), "".join(f", {one}" for one in [default, *more]))


def _starts_with_name(text: str, call: Occurrence) -> bool:
    if call.name is None:
        return False
    opening = text.find("(", call.callee_span.end, call.call.end)
    return opening >= 0 and not text[opening + 1 : call.name.literal.start].strip()


def _past_brackets(text: str, start: int, inner: Span) -> int:
    """Give the end of an expression with the brackets around it that are not its own."""
    end = inner.end
    for _ in range(text.count("(", start, inner.start)):
        end = text.index(")", end) + 1
    return end


def _has_comment(text: str, span: Span, values: Iterable[Span]) -> bool:
    """Tell whether there is a comment in a part of a call, outside of its values."""
    at, rest = span.start, ""
    for value in sorted(values):
        rest += text[at : value.start]
        at = value.end
    return "#" in rest + text[at : span.end]
