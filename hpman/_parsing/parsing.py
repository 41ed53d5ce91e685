"""From sources to a store: what `parse_file` and `parse_source` find, or all that is wrong with it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from hpman import _names as names
from hpman import sources
from hpman._store import handing, shape
from hpman._store.occurrence import HyperParameterOccurrence
from hpman._store.table import duplicate_default, format_place
from hpman.primitives import (
    EMPTY,
    PARSED,
    UNKNOWN_FILENAME,
    NotLiteralEvaluable,
    SourceNotFoundError,
    SourceSyntaxError,
    SourceUnreadableError,
)
from hpman.source_helper import SourceHelper
from hpman.static.characters.search import may_call
from hpman.static.facts import NOT_LITERAL, Binding, Expression, FileFacts, Occurrence, Problem
from hpman.static.parser import parse_strictly
from hpman.static.scoping.arriving import is_anothers, may_arrive

from .problems import CLASSES, SourceProblem, error_of

if TYPE_CHECKING:
    from hpman._store.store import Store
    from hpman.sources import Path

_SEPARATOR = "."  # of managers that say nothing else
MANAGERS = "hpman.m"  # the module that managers are imported from


class Identity(NamedTuple):
    """Whose calls are looked for: the name that is called, and what separates the parts of a name."""

    placeholder: str
    separator: str


class ParsedSource(NamedTuple):
    """What one source gives.

    file: what identifies it, whatever it was called; None for text that is no file.
    columns: where on its line each row's call begins, from 1.
    """

    file: str | None
    rows: Sequence[HyperParameterOccurrence] = ()
    columns: Sequence[int] = ()
    problems: Sequence[SourceProblem] = ()


def take_files(store: Store, placeholder: str, paths: Path | Iterable[Path]) -> None:
    """Put what is in files in the place of what was in them before: all of it, or nothing and an error.

    Most files of a real tree are decided by their bytes, and not even decoded. Raises what `find_sources` raises, or the
    error of all problems.
    """
    manager = Identity(placeholder, store.separator)
    each = sources.each_path(paths)
    found = sources.find_sources(each)
    files = {file for _, file in found}
    gone = [ParsedSource(file) for file in _gone(store, each) if file not in files]
    with _uncollected():
        _take(store, [*gone, *(_parse_file(shown, file, manager) for shown, file in found)])
    store.given.difference_update(files)


def refused_in(path: str, placeholder: str) -> tuple[SourceProblem, ...]:
    """Return what `parse_file` of a manager refuses in a file by itself, in source order."""
    return tuple(_parse_file(path, path, Identity(placeholder, _SEPARATOR)).problems)


def take_text(store: Store, placeholder: str, text: str, filename: str) -> None:
    """Put what is in a text in the place of what was in its file, as `take_files` does; without a file it adds up."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    file = None if filename == UNKNOWN_FILENAME else os.path.realpath(filename)
    with _uncollected():
        _take(store, [_parse_text(lines, filename, file, Identity(placeholder, store.separator))])
    if file is not None:
        store.given.add(file)


def _gone(store: Store, paths: Iterable[str]) -> Iterator[str]:
    """Return the files that were read in folders which are read again, and that are there no longer."""
    folders = tuple(os.path.join(os.path.realpath(path), "") for path in paths if os.path.isdir(path))
    for file in store.files if folders else ():
        if file.startswith(folders) and file not in store.given and not os.path.exists(file):
            yield file


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do without the garbage collector: a tree has no cycles, and looking for some takes a third of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _take(store: Store, parsed: Sequence[ParsedSource]) -> None:
    rows = [(source.file, source.rows) for source in parsed]
    found = [problem for source in parsed for problem in source.problems]
    handed = handing.given_way(store, (row for source in parsed for row in source.rows))
    clashes = store.clashes(rows) if found else store.replace_files(rows)
    found += [_clash_problem(row, other, parsed) for row, other in clashes]
    if found:
        handing.put_back(store, handed)
        raise error_of(sorted(found, key=lambda one: (one.filename, one.line, one.column)))


def _parse_file(shown: str, file: str, manager: Identity) -> ParsedSource:
    try:
        data = sources.read_bytes(shown)
        if not may_call(data, frozenset((manager.placeholder,))):
            return ParsedSource(file)
        return _parse_text(sources.decode(data, shown), shown, file, manager)
    except SourceNotFoundError:  # it was there when its folder was read
        return ParsedSource(file)
    except SourceUnreadableError as error:
        problem = SourceProblem("unreadable", f"this file cannot be read: {error.strerror}", shown, 1, 1)
    except SourceSyntaxError as error:
        problem = SourceProblem("syntax-error", error.msg, shown, error.lineno or 1, error.offset or 1)
    return ParsedSource(file, problems=(problem,))


def _parse_text(text: str, filename: str, file: str | None, manager: Identity) -> ParsedSource:
    """Parse a text; its lines end with a line feed."""
    source = _Source(filename, SourceHelper(text))
    facts = _without_anothers(parse_strictly(text, frozenset((manager.placeholder,))), manager.placeholder)
    told = [
        source.problem(one)
        for one in facts.problems
        if one.code in CLASSES and _is_ours(one.callee or manager.placeholder, one, manager)
    ]
    rows, columns = [], []
    for one in facts.occurrences:
        if one.name is None:
            continue
        is_sure = _is_ours(one.callee, one, manager)
        if not is_sure and not _may_be_ours(one, manager, facts):
            continue
        line, column = source.place(one.call.start)
        fault = names.fault_of(one.name.value, manager.separator)
        if fault and not is_sure:
            continue
        if fault:
            told.append(
                SourceProblem("invalid-name", fault, filename, line, column, one.name.value, source.helper)
            )
        rows.append(_row(one, one.name.value, filename, line, source.helper))
        columns.append(column)
    return ParsedSource(file, rows, columns, told)


def _without_anothers(facts: FileFacts, placeholder: str) -> FileFacts:
    """Leave out the calls of a module's name that the module gives to something else, such as gettext's function."""
    if not is_anothers(placeholder, facts.bindings):
        return facts
    return facts._replace(
        occurrences=tuple(one for one in facts.occurrences if one.scope is not None),
        problems=tuple(one for one in facts.problems if one.scope is not None or not one.callee),
    )


def _clash_problem(
    row: HyperParameterOccurrence, other: HyperParameterOccurrence, parsed: Iterable[ParsedSource]
) -> SourceProblem:
    """Say why a parsed row cannot stand beside another."""
    if row.name == other.name:
        code, message = (
            "duplicate-default",
            duplicate_default(row.name, format_place(other), format_place(row)),
        )
    else:
        code, message = "impossible-tree", shape.message(row, other)
    placed = (
        (one, column) for source in parsed for one, column in zip(source.rows, source.columns, strict=True)
    )
    column = next(column for one, column in placed if one is row)
    return SourceProblem(code, message, row.filename, row.lineno or 1, column, row.name)


def _is_ours(callee: str, fact: Occurrence | Problem, manager: Identity) -> bool:
    """Tell whether a call is the manager's.

    The name decides, as documented, unless something nearer binds it: then that has to be an import
    of the manager. (What the module itself surely gives to something else is left out before.)
    """
    return callee == manager.placeholder and (
        fact.scope is None or any(_imports(binding, manager) for binding in fact.scope)
    )


def _may_be_ours(call: Occurrence, manager: Identity, facts: FileFacts) -> bool:
    """Whether a call of a local name may be the manager's: what is wrong with it is then no error."""
    return call.callee == manager.placeholder and may_arrive(call.callee, call.scope or (), facts.bindings)


def _imports(binding: Binding, manager: Identity) -> bool:
    return binding.kind == "import" and (binding.module, binding.name) == (MANAGERS, manager.placeholder)


def _row(
    occurrence: Occurrence, name: str, filename: str, line: int, helper: SourceHelper
) -> HyperParameterOccurrence:
    default = occurrence.default
    hints = {hint.key: hint.value.value for hint in occurrence.hints}
    row = HyperParameterOccurrence.recorded(name, _value(default), PARSED, filename, line, hints)
    row.stand_in(helper, None if default is None else default.span)
    return row


def _value(default: Expression | None) -> object:
    if default is None:
        return EMPTY
    return NotLiteralEvaluable(default.text) if default.value is NOT_LITERAL else default.value


class _Source:
    """A source that is read from its start to its end."""

    __slots__ = ("_line", "_offset", "filename", "helper")

    def __init__(self, filename: str, helper: SourceHelper) -> None:
        self.filename = filename
        self.helper = helper
        self._line, self._offset = 1, 0

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and the column of an offset, both from 1; fastest for growing offsets."""
        text = self.helper.source
        if offset < self._offset:
            self._line, self._offset = 1, 0
        self._line += text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line, offset - text.rfind("\n", 0, offset)

    def problem(self, fact: Problem) -> SourceProblem:
        """Place a problem of the parser's."""
        return SourceProblem(
            fact.code, fact.message, self.filename, *self.place(fact.span.start), source=self.helper
        )
