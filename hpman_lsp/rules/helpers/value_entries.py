"""The keys of a value file, as rules look at them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Final

from hpman.valuefiles.entries import Entry
from hpman_lsp.workspace.questions.value_meaning import Meant, meant_by
from hpman_lsp.workspace.snapshot import Snapshot

from .finding import Violation

MOST: Final = 500  # violations of one rule in one file: nobody reads more, and editors grow slow
MOST_SUGGESTIONS: Final = 50  # unknown names that are compared with all others


def values_in(snapshot: Snapshot, path: str) -> Iterator[tuple[Entry, Meant]]:
    """Give the entries that are values, with what they mean, in the order of the file.

    What stands below a line that cannot be read is left out, for it may belong to another group.
    """
    meant = meant_by(snapshot, path)
    problems = snapshot.value_files[path].parsed.problems
    end = min((one.span.start for one in problems), default=sys.maxsize)
    return (
        (entry, meant(entry.name))
        for entry in snapshot.values.entries(path)
        if entry.kind == "value" and entry.key.span.start < end
    )


def bounded(violations: Iterator[Violation]) -> Iterator[Violation]:
    """Leave out what is said already, by an alias, and what is too much."""
    seen: set[Violation] = set()
    for one in islice(violations, MOST):
        if one not in seen:
            seen.add(one)
            yield one
    if seen and (rest := next(violations, None)) is not None:
        yield rest._replace(message=f"{rest.message} (and so on: only {MOST} of a kind are shown)")
