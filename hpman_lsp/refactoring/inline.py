"""Puts the value of a hyperparameter where it is used: `lr = _("lr", 1e-3)` becomes `lr = 1e-3`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, partial

from hpman.static.characters.lexer import QUOTED
from hpman.static.facts import NOT_LITERAL, Expression, Occurrence
from hpman.static.tree import syntax
from hpman_lsp.text.edits import Edit
from hpman_lsp.workspace.index.index import Use, branches
from hpman_lsp.workspace.questions.lookup import Symbol, symbol_of
from hpman_lsp.workspace.snapshot import Snapshot

from .action import Action
from .doubts import doubts, worded
from .places import places, sharing_paths
from .target import Target

_MOST_USES = 200  # all edits are made whenever a cursor rests on a name
_STRING = re.compile(rf"[A-Za-z]{{0,2}}(?:{QUOTED})", re.VERBOSE)
_BINDS = re.compile(r"[ \t]*(?:\*\*|\.|\[|\()")  # what would take a part of the value only
_FORMATTED = re.compile(r"""\b(?:[fFtT][rR]?|[rR][fFtT])["']""")


def inline(snapshot: Snapshot, use: Use) -> Iterator[Action]:
    """Offer to replace a hyperparameter by its default, here or everywhere.

    Only where that changes nothing: it has one default, a literal, and nothing sets it or reads it otherwise. What
    may do so unseen is to be confirmed, as it is for a rename.
    """
    symbol = symbol_of(snapshot, use)
    default = _only_default(symbol)
    if default is None or len(symbol.uses) > _MOST_USES:
        return
    name = symbol.key.name
    reads = [one for one in symbol.uses if one.kind == "read"]
    doubt = cache(partial(_doubt, snapshot, use))
    if use.kind == "read" and reads != [use] and _is_value(use):
        edit = _edit(snapshot, use, default)
        if edit is not None:
            yield Action(f"Inline `{name}` here", {use.path: (edit,)}, doubt())
    edits = [(one.path, _edit(snapshot, one, default)) for one in symbol.uses]
    if (
        all(map(_is_value, symbol.uses))
        and not _in_group(snapshot, symbol)
        and None not in [edit for _, edit in edits]
    ):
        yield Action(f"Inline `{name}` everywhere", _by_path(edits), doubt())


def _doubt(snapshot: Snapshot, use: Use) -> str | None:
    target = Target(use.key, use.path)
    paths = sharing_paths(snapshot, target)
    found = list(doubts(snapshot, target, paths, places(snapshot, target, paths)))
    return f"look at what may set or read it unseen: {worded(snapshot, found)}" if found else None


def _only_default(symbol: Symbol) -> Expression | None:
    if symbol.writes or symbol.values or len(symbol.definitions) != 1:
        return None
    source = symbol.definitions[0].source
    default = source.default if isinstance(source, Occurrence) else None
    return default if default is not None and default.value is not NOT_LITERAL else None


def _is_value(use: Use) -> bool:
    """Tell whether a call gives the hyperparameter's value, and does nothing else."""
    return isinstance(use.source, Occurrence) or use.source.method == "get_value"


def _in_group(snapshot: Snapshot, symbol: Symbol) -> bool:
    """Tell whether something reads a group that the name is in, so that it would be missing there."""
    return any(
        use.kind == "read" for above in branches(symbol.key) for use in snapshot.uses(above, symbol.use.path)
    )


def _edit(snapshot: Snapshot, use: Use, default: Expression) -> Edit | None:
    text = snapshot.files[use.path].text
    line = text.rfind("\n", 0, use.call.start) + 1
    if _FORMATTED.search(text, line, use.call.start) or "#" in _gaps(text, use):
        return None
    bound = _BINDS.match(text, use.call.end) is not None
    return Edit(use.call, default.text if _holds_together(default.text, bound) else f"({default.text})")


def _holds_together(text: str, bound: bool) -> bool:
    """Tell whether a literal needs no brackets; bound: before an operator that takes what is nearest."""
    node = syntax.expression(text)
    if isinstance(node, ast.Constant):
        word = isinstance(node.value, (str, bytes))
        return _STRING.fullmatch(text) is not None if word else not bound
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return not bound
    return isinstance(node, (ast.List, ast.Dict, ast.Set, ast.Tuple))


def _gaps(text: str, use: Use) -> str:
    """Give what is in a call beside its name, default and hints."""
    source = use.source
    spans = [use.literal.literal]
    if isinstance(source, Occurrence):
        spans += [one.value.span for one in source.hints] + ([source.default.span] if source.default else [])
    at, gaps = use.call.start, ""
    for span in sorted(spans):
        gaps += text[at : span.start]
        at = span.end
    return gaps + text[at : use.call.end]


def _by_path(edits: list[tuple[str, Edit | None]]) -> dict[str, tuple[Edit, ...]]:
    found: dict[str, tuple[Edit, ...]] = {}
    for path, edit in edits:
        if edit is not None:
            found[path] = (*found.get(path, ()), edit)
    return found
