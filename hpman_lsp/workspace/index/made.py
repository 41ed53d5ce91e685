"""Names that are made at run time: what they surely begin with."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from hpman.static.facts import Access, Occurrence
from hpman_lsp.workspace.python.expressions import parse_call
from hpman_lsp.workspace.python.source import SourceFile

# Methods that read the name that is their first argument, and nothing else.
_READING = frozenset({"get_value", "exists"})


def made_names(
    file: SourceFile, manager_of: Callable[[Occurrence | Access], str | None]
) -> Iterator[tuple[str, str]]:
    """Yield, for each read whose name only running it can tell, its manager and what the name begins with."""
    reads = (one for one in file.facts.accesses if one.kind == "read")
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *reads)
    for source in sources:
        if source.name is None and (manager := manager_of(source)) is not None:
            yield manager, _beginning(file.text, source)


def _beginning(text: str, source: Occurrence | Access) -> str:
    if isinstance(source, Access) and source.method not in _READING:
        return ""
    call = parse_call(text, source.call)
    return "" if call is None or not call.node.args else _start_of(call.node.args[0])


def _start_of(name: ast.expr) -> str:
    if isinstance(name, ast.BinOp) and isinstance(name.op, ast.Add):
        return _start_of(name.left)
    if isinstance(name, ast.JoinedStr) and name.values:
        return _start_of(name.values[0])
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
