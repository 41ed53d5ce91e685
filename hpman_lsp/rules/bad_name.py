"""`bad-name`: a name that no hyperparameter can have, as a part of it is empty."""

from __future__ import annotations

from collections.abc import Iterator

from hpman._names import fault_of
from hpman.static.facts import Access, Occurrence
from hpman.static.scoping.arriving import only_arrives
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation

_SEPARATOR = "."


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Tell it at each name that a call defines, reads or writes; `exists` may ask for any."""
    file = snapshot.files[path]
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    for one in sources:
        if one.name is None or only_arrives(one.scope) or (isinstance(one, Access) and not _refuses(one)):
            continue
        whole = one.full_name if isinstance(one, Access) else one.name.value
        fault = fault_of(whole or "", _SEPARATOR)
        if fault and snapshot.manager(file, one.callee, one.scope, one.call) is not None:
            yield Violation(one.name.literal, fault)


def _refuses(access: Access) -> bool:
    return access.kind == "write" or (access.method == "get_value" and not access.lenient)
