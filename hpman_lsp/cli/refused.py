"""Files that a program parses and Python cannot read: `parse_file` refuses them. An editor's Python server tells of these."""

from __future__ import annotations

from collections.abc import Iterator

from hpman.static.characters.search import may_call
from hpman_lsp.rules.helpers.finding import Violation
from hpman_lsp.rules.table import Rule
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.snapshot import Snapshot


def _check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at the first fault, where the file surely belongs to a program that parses."""
    file = snapshot.files.get(path)
    if file is None or not _is_parsed(snapshot, file):
        return
    for fault in [one for one in file.facts.problems if one.code == "syntax-error"][:1]:
        yield Violation(
            fault.span, f"Python cannot read this file, so that `parse_file` fails: {fault.message}"
        )


REFUSED = Rule("syntax-error", "error", "A file that a program parses is no valid Python.", _check)


def _is_parsed(snapshot: Snapshot, file: SourceFile) -> bool:
    managers = {manager for one in snapshot.index.files.values() for manager, _ in one.parses}
    data = file.text.encode("utf-8", "surrogatepass")
    return any(
        may_call(data, frozenset({manager}))
        and any(scope.kind != "default" for scope in snapshot.scopes.of(file.path, manager).parsed)
        for manager in managers.union(snapshot.index.managers)
    )
