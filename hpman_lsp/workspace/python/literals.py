"""How a name is written between quotes: what can stand there as it is, and how the rest is escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import iskeyword

from hpman.static.facts import Name, Span
from hpman_lsp.text.edits import Edit

_OPENING = re.compile(r"""(?P<prefix>[A-Za-z]*)(?P<quote>"{3}|'{3}|"|')""")


def fits(name: str, quote: str) -> bool:
    """Tell whether a name can stand between quotes as it is, whatever their prefix.

    quote: one or three quotation marks.
    """
    return name.isprintable() and "\\" not in name and quote[0] not in name


def renaming(text: str, literal: Name, name: str) -> Edit | None:
    """Write another name into a literal; None where that would lose a comment between its pieces, or a keyword cannot be it.

    Only the characters inside the quotes change where that is possible; otherwise the literal is written
    anew with the same quotes.
    """
    if literal.is_word:
        return Edit(literal.span, name) if name.isidentifier() and not iskeyword(name) else None
    if literal.plain and _fits_anywhere(name):
        return Edit(literal.span, name)
    quote = opening_quote(text, literal.literal)
    if literal.plain and fits(name, quote):
        return Edit(literal.span, name)
    if _has_comment(text, literal):
        return None
    return Edit(literal.literal, f"{quote}{_escaped(name, quote[0])}{quote}")


def opening_quote(text: str, literal: Span) -> str:
    """Give the quotation marks with which the literal at a place begins."""
    opening = _OPENING.match(text, literal.start, literal.end)
    return '"' if opening is None else opening["quote"]


@lru_cache(maxsize=1)
def _fits_anywhere(name: str) -> bool:
    """Tell whether any quotes take a name; one name is written into many literals."""
    return fits(name, '"') and fits(name, "'")


def _escaped(name: str, mark: str) -> str:
    escaped = name.replace("\\", "\\\\").replace(mark, "\\" + mark)
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in escaped)


def _has_comment(text: str, literal: Name) -> bool:
    return "#" in text[literal.literal.start : literal.literal.end] and "#" not in literal.value
