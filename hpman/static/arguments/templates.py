"""Texts with paths put into them: f-strings, `"%s/lib" % folder`, `"{}/lib".format(folder)`."""

from __future__ import annotations

import ast
import re
import string

from .environment import Environment
from .values import UNKNOWN, Value, concatenated, text

_PERCENT = re.compile(r"%(?:\((?P<key>\w+)\))?(?P<kind>.)")


def formatted(node: ast.JoinedStr, env: Environment) -> Value:
    """Return what an f-string gives."""
    return concatenated(_piece(one, env) for one in node.values)


def _piece(node: ast.expr, env: Environment) -> Value:
    if not isinstance(node, ast.FormattedValue):
        return env.value(node)
    is_plain = node.conversion in (-1, ord("s")) and node.format_spec is None
    return _whole(env.value(node.value)) if is_plain else UNKNOWN


def interpolated(node: ast.BinOp, env: Environment) -> Value:
    """Return what `"%s/lib" % folder` gives."""
    if not (isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)):
        return UNKNOWN
    given = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
    pieces, at = [], 0
    for match in _PERCENT.finditer(node.left.value):
        pieces.append(text(node.left.value[at : match.start()]))
        at = match.end()
        if match["kind"] == "%":
            pieces.append(text("%"))
        elif match["kind"] != "s" or match["key"] or not given:
            return UNKNOWN
        else:
            pieces.append(_whole(env.value(given.pop(0))))
    return concatenated((*pieces, text(node.left.value[at:])))


def filled(template: str, call: ast.Call, env: Environment) -> Value:
    """Return what `template.format(...)` gives."""
    keywords = {one.arg: one.value for one in call.keywords}
    pieces: list[Value] = []
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return UNKNOWN
    number = 0
    for literal, field, spec, conversion in parts:
        pieces.append(text(literal))
        if field is None:
            continue
        key = field or str(number)
        number += 1
        node = call.args[int(key)] if key.isdecimal() and int(key) < len(call.args) else keywords.get(key)
        if node is None or spec or conversion:
            return UNKNOWN
        pieces.append(_whole(env.value(node)))
    return concatenated(pieces)


def _whole(value: Value) -> Value:
    return UNKNOWN if value.many else value
