"""How a key or a value is written in a value file."""

from __future__ import annotations

import json

from hpman.valuefiles.encoding import NotEncodableError, encoded
from hpman.valuefiles.entries import entries_of
from hpman.valuefiles.nodes import Scalar
from hpman.valuefiles.reading import parse_values


def written_key(text: str) -> str:
    """Write a key for YAML: without quotes where it is read as this text then."""
    parsed = parse_values(f"{text}: 1", "yaml")
    entries = entries_of(parsed.documents).entries
    plain = not parsed.problems and len(entries) == 1 and _is_text(entries[0].key, text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def written_value(value: object, quote: str = "") -> str | None:
    """Write a single value, as YAML and JSON have it; None for what is none, or does not fit between quotes.

    quote: the quotation mark that stands before it already; then it is what stands behind that.
    """
    if quote:
        fits = isinstance(value, str) and quote not in value and "\\" not in value and value.isprintable()
        return value if isinstance(value, str) and fits else None
    try:
        plain = encoded(value, value, "json")
    except NotEncodableError:
        return None
    if isinstance(plain, str):
        return written_text(plain)
    return json.dumps(plain) if plain is None or isinstance(plain, bool | int | float) else None


def written_text(text: str) -> str:
    """Write text for YAML: without quotes where it is read as this text then."""
    parsed = parse_values(f"x: {text}", "yaml")
    entries = entries_of(parsed.documents).entries
    node = entries[0].value if len(entries) == 1 and not parsed.problems else None
    is_plain = isinstance(node, Scalar) and _is_text(node, text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _is_text(node: Scalar, text: str) -> bool:
    return node.value == text and node.text == text and not node.style
