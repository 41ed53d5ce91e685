"""Findings as commands of a GitHub workflow: each becomes an annotation of the changed files."""

from __future__ import annotations

from .findings import Finding

_LEVELS = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}
# docs.github.com, "Workflow commands for GitHub Actions"; how values are escaped is in actions/toolkit, command.ts.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def annotation(one: Finding) -> str:
    """Give the line that GitHub reads."""
    place = one.place
    properties = {
        "file": place.shown, "line": place.line, "endLine": place.end_line,
        "col": place.column, "endColumn": place.end_column, "title": f"hpman: {one.code}",
    }  # fmt: skip
    if place.line != place.end_line:  # columns count on one line only
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{_LEVELS[one.severity]} {listed}::{_escaped(one.message, _IN_MESSAGE)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(one, one) for one in text)
