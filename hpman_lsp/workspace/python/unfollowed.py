"""Where a file may use a manager, or run other files, in ways that are not followed: a look at the characters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpman_lsp.workspace.index.index import Key

from .source import SourceFile

# What is called may be any attribute, whatever modules are known to pass on just now: else what is said of a file
# would depend on what others had before. It begins with a literal, for that is found at the speed of C; what is called
# is looked at afterwards.
_CALL = re.compile(r"\(\s*(?:hp_name\s*=\s*)?[rRuU]?(?P<quote>[\"'])(?P<name>[^\"'\\\r\n]+)(?P=quote)\s*,")
_CALLED = re.compile(r"(?:\.\s*(?P<attribute>[^\W\d]\w*)|\[\s*[\"'](?P<item>[^\W\d]\w*)[\"']\s*\])\s*\Z")
_NEAR = 100  # characters before a bracket that are looked at
_LOOKED_UP = re.compile(r"attr(?:getter|(?<=getattr))\s*\([^()\r\n]*[\"']([^\W\d]\w*)[\"']\s*\)")
_SEARCH_PATH = re.compile(r"sys(?<![\w.]sys)\s*\.\s*path\b")
_EXECUTES = re.compile(r"exec(?<![\w.]exec)\s*\(")


def perhaps_given(file: SourceFile) -> Iterator[Key]:
    """Give what is given a value if the attribute or the item that is called is a manager: `x._("lr", 1)`."""
    text = file.text
    for match in _CALL.finditer(text):
        called = _CALLED.search(text[max(0, match.start() - _NEAR) : match.start()])
        if called is not None:
            yield Key(called["attribute"] or called["item"], match["name"])


def looked_up(file: SourceFile) -> frozenset[str]:
    """Give the names of the managers that a file may get by their names: `getattr(module, "_")`."""
    text = file.text  # a plain look first: it costs a tenth
    return frozenset(_LOOKED_UP.findall(text)) if "getattr" in text or "attrgetter" in text else frozenset()


def runs_any(file: SourceFile) -> bool:
    """Tell whether a file runs code that no import of its names: `__import__`, what is beside `sys.path`."""
    text = file.text
    return "__import__" in text or ("sys" in text and _SEARCH_PATH.search(text) is not None)


def executes(file: SourceFile) -> bool:
    """Tell whether a file runs text, which has all its names."""
    return "exec" in file.text and _EXECUTES.search(file.text) is not None
