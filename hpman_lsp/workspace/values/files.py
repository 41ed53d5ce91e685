"""One file of values as the editor sees it: its text, and what its text alone says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from hpman._names import prefixes
from hpman.primitives import MissingPackageError
from hpman.static.facts import Problem, Span
from hpman.valuefiles.entries import Entry, Named, data_in, entries_of
from hpman.valuefiles.nodes import Mapping as Pairs
from hpman.valuefiles.nodes import Node, ParsedValues, Scalar, Sequence, resolved, value_of
from hpman.valuefiles.reading import decode_values, format_of, parse_values
from hpman_lsp.text.lines import Lines
from hpman_lsp.workspace import faults
from hpman_lsp.workspace.disk.port import Disk, Unreadable, read_bytes
from hpman_lsp.workspace.python.directives import Directive, directives_in_yaml

from .mending import mended

_LARGEST: Final = 4 * 1024 * 1024  # characters, some 100,000 values: reading them takes seconds


_LONG: Final = 20_000  # characters: some milliseconds


@dataclass(frozen=True)
class ValueFile:
    """A file of values.

    text: what the editor shows if it is open, else what is on disk.
    version: the open document's; None where the text is the disk's.
    unread: why the disk's bytes are no text.
    """

    path: str
    text: str
    version: int | None = None
    unread: Problem | None = None

    @property
    def is_long(self) -> bool:
        """Tell whether reading it takes longer than somebody who types can be let wait."""
        return len(self.text) > _LONG

    def read(self) -> ValueFile:
        """Give the same, with all that the text alone says found out."""
        _ = self.lines.count, self.by_name, self.groups, self.names, self.given, self.directives
        return self

    def with_version(self, version: int | None) -> ValueFile:
        """Give the same text as another version; what was found out of it holds on."""
        other = replace(self)
        other.__dict__.update({**self.__dict__, "version": version})
        return other

    def has_text_of(self, other: ValueFile) -> bool:
        """Tell whether two say the same, whatever their versions."""
        return self.text == other.text and self.unread == other.unread

    @cached_property
    def lines(self) -> Lines:
        """The line table of the text."""
        return Lines(self.text)

    @cached_property
    def parsed(self) -> ParsedValues:
        """The nodes, as far as they can be read."""
        if self.unread is not None:
            return ParsedValues((), (self.unread,))
        if len(self.text) > _LARGEST:
            message = f"larger than {_LARGEST >> 20} MB: its values are not looked at"
            return ParsedValues((), (Problem("too-large", message, Span(0, 0)),))
        try:
            form = format_of(self.path)
            parsed = parse_values(self.text, form)
            return mended(self.text, parsed) if parsed.problems and form == "yaml" else parsed
        except MissingPackageError:
            raise
        except Exception as error:  # noqa: BLE001 - one text must not keep the others from being read
            return ParsedValues((), (Problem("unreadable", faults.words(error), Span(0, 0)),))

    @cached_property
    def named(self) -> Named:
        """What its keys name, each mapping taken for a group."""
        return entries_of(self.parsed.documents)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Entry, ...]]:
        """Its entries by the name that they give."""
        return by_name(self.named.entries)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The names that have a mapping behind them."""
        return frozenset(entry.name for entry in self.named.entries if entry.kind == "group")

    @cached_property
    def data(self) -> frozenset[str]:
        """The names whose mappings have keys that are no text."""
        return data_in(self.named)

    def value(self, entry: Entry) -> object:
        """Give the value of an entry; NOT_LITERAL where it has none. What many aliases stand for is read once."""
        node = resolved(entry.value)
        if isinstance(node, Scalar):
            return node.value
        if id(node) not in self._values:
            self._values[id(node)] = value_of(node)
        return self._values[id(node)]

    @cached_property
    def _values(self) -> dict[int, object]:
        return {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that its keys give, and the groups that these are in."""
        names = self.by_name.keys()
        groups = {name.rpartition(".")[0] for name in names} - {""}
        return frozenset(names | groups).union(*(prefixes(group, ".") for group in groups))

    @cached_property
    def given(self) -> frozenset[str]:
        """The names that its keys give a value of their own."""
        return frozenset(entry.name for entry in self.named.entries if entry.kind == "value")

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """What its comments say to hpman, in order; JSON has no comments."""
        if format_of(self.path) == "json":
            return ()
        return directives_in_yaml(self.text, lambda: _scalars(self.parsed.documents))

    @property
    def is_unread(self) -> bool:
        """Whether nothing of it is known."""
        return (
            any(one.code in ("unreadable", "too-large") for one in self.parsed.problems)
            or self.unread is not None
        )

    @property
    def is_broken(self) -> bool:
        """Tell whether it may say more than what could be read."""
        return bool(self.parsed.problems)


class ValueUse(NamedTuple):
    """A key of a value file that names a hyperparameter, or the group that it is in."""

    file: ValueFile
    entry: Entry

    @property
    def path(self) -> str:
        """The file's."""
        return self.file.path

    @property
    def span(self) -> Span:
        """The characters of the key, without its quotes."""
        start, end = self.entry.key.span
        quoted = self.entry.key.style in ("'", '"') and self.entry.key.style
        return Span(start + 1, end - 1) if quoted else Span(start, end)

    @property
    def pair(self) -> Span:
        """The key with its value."""
        start, end = self.entry.key.span
        return (
            Span(start, max(end, self.entry.value.span.end))
            if start < self.entry.value.span.start
            else (self.entry.key.span)
        )

    @property
    def written(self) -> str:
        """The value, as it is written; what an alias stands for."""
        return self.file.text[slice(*resolved(self.entry.value).span)]

    @property
    def line(self) -> int:
        """The line of the key, from 0."""
        return self.file.lines.line_of(self.span.start)


def read_value_file(disk: Disk, path: str) -> ValueFile:
    """Read a file from disk; what is in the way is a problem of it."""
    data = read_bytes(disk, path)
    if isinstance(data, Unreadable):
        return ValueFile(path, "", unread=Problem("unreadable", data.reason, Span(0, 0)))
    text = decode_values(data)
    return ValueFile(path, "", unread=text) if isinstance(text, Problem) else ValueFile(path, text)


def _scalars(nodes: Iterable[Node]) -> Iterator[Span]:
    """Give the places of all single values; what an alias stands for is given where it is written."""
    pending = [*nodes]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node.span
        elif isinstance(node, Sequence):
            pending += node.items
        elif isinstance(node, Pairs):
            pending += (one for pair in node.pairs for one in pair)


def entry_at(entries: Iterable[Entry], offset: int) -> Entry | None:
    """Find the entry whose key holds an offset; the place behind it belongs to it."""
    at = (one for one in entries if one.key.span.start <= offset <= one.key.span.end)
    return min(at, key=lambda one: one.shared, default=None)


def by_name(entries: tuple[Entry, ...]) -> Mapping[str, tuple[Entry, ...]]:
    """Give entries by the name that they give."""
    names: dict[str, list[Entry]] = {}
    for entry in entries:
        names.setdefault(entry.name, []).append(entry)
    return {name: tuple(some) for name, some in names.items()}
