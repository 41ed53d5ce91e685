"""Fixes for what is wrong in `[tool.hpman]` of a pyproject.toml."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from hpman.static.facts import Span
from hpman_lsp.rules.bad_configuration import placed_faults
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.text.toml import Path, places
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, one_edit

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_LINES = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_COMMA_BEHIND = re.compile(r"[ \t\r\n]*,[ \t]*")
_COMMA_BEFORE = re.compile(r",[ \t\r\n]*\Z")


def bad_configuration(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write what was meant, or remove what is wrong, which is not used anyway."""
    text = snapshot.projects[os.path.dirname(path)].text
    if _read(text) is None:
        return
    for fault, span in placed_faults(snapshot, path):
        if span == diagnostic.span and fault.message == diagnostic.message:
            for one in fault.meant:
                shown = one.strip('"')
                yield from one_edit(f"Write `{shown}`", path, Edit(span, one))
            yield from one_edit(f"Remove `{_name(fault.path)}`", path, _without(text, fault.path))
            return


def _name(path: Path) -> str:
    """Give how people call a key, or the item of a list by that list's."""
    return str(next(part for part in reversed(path) if isinstance(part, str)))


def _without(text: str, path: Path) -> Edit | None:
    """Remove a key with its value, or an item, so that all else reads as before; None where that is not done by characters."""
    place = places(text).get(path)
    wanted = _read(text)
    if place is None or wanted is None or not _drop(wanted, path):
        return None
    span = Span(place.key.start, place.value.end)
    edits = (Edit(one, "") for one in _around(text, span))
    return next((one for one in edits if _filled(_read(apply_edits(text, [one]))) == _filled(wanted)), None)


def _around(text: str, span: Span) -> Iterator[Span]:
    """Give what may be cut with something: its lines, a comma behind it or before it."""
    start, behind = text.rfind("\n", 0, span.start) + 1, _LINES.match(text, span.end)
    if behind is not None and re.fullmatch(r"[\w.\- \t\"']*", text[start : span.start]):
        yield Span(start, behind.end())
    comma = _COMMA_BEHIND.match(text, span.end)
    if comma is not None:
        yield Span(span.start, comma.end())
    before = _COMMA_BEFORE.search(text, 0, span.start)
    if before is not None:
        yield Span(before.start(), span.end)
    yield span


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _filled(value: Any) -> Any:
    """Leave out tables with nothing in them, such as a dotted key makes."""
    if not isinstance(value, dict):
        return value
    inner = {key: _filled(one) for key, one in value.items()}
    return {key: one for key, one in inner.items() if one != {}}


def _drop(document: Any, path: Path) -> bool:
    """Remove what a path leads to from a document; tell whether it was there."""
    *way, last = path
    for part in way:
        document = document[part]
    try:
        del document[last]
    except (KeyError, IndexError, TypeError):
        return False
    return True
