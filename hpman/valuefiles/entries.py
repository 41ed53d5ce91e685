"""Which hyperparameters a file of values names, and where: dotted keys, nested ones, both at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from hpman._names import prefixes
from hpman.static.facts import Problem, Span

from .nodes import (
    MOST_NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    WrittenNumber,
    is_annotated,
    is_merge,
    resolved,
)

_SHARED_COST = 20  # an alias makes many names of few characters: of such there are fewer


class Entry(NamedTuple):
    """One key that names a hyperparameter or a group.

    name: the whole name; prefix: its beginning that stands in the keys around, with the separator.
    kind: "group" if its value is a mapping that is not empty and not marked as one value; its keys are entries too.
    key: the key, and value: what stands behind it.
    document: its number, from 0.
    shared: it is reached through an alias or `<<`, so that its characters are part of other names too.
    """

    name: str
    prefix: str
    kind: Literal["value", "group"]
    key: Scalar
    value: Node
    document: int
    shared: bool


class Named(NamedTuple):
    """The entries of all documents in the order of the text, and what is wrong with their keys."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def entries_of(
    documents: Iterable[Node], separator: str = ".", is_value: Callable[[str], bool] = lambda _: False
) -> Named:
    """Find the names in a file.

    is_value: tells of a name whether the program knows it as a hyperparameter of its own: then a mapping behind
        it is its value, a dict, and the keys in that are no names.
    """
    walk = _Walk(separator, is_value)
    for number, document in enumerate(documents):
        walk.document(document, number)
    return Named(tuple(walk.entries), tuple(walk.problems))


def data_in(named: Named) -> frozenset[str]:
    """Return the names of the mappings with a key that is no text: where nothing uses a name below, they are values."""
    groups = [one for one in named.entries if one.kind == "group"]
    places = {problem.span for problem in named.problems if problem.code == "bad-name"}
    found = set()
    for group in groups if places else ():
        node = resolved(group.value)
        assert isinstance(node, Mapping)
        keys = [key for key, _ in node.pairs if resolved(key).span in places or key.span in places]
        if not all(_is_text(resolved(key)) for key in keys):
            found.add(group.name)
    return frozenset(found)


def _is_text(key: Node) -> bool:
    """Whether a key is text: then it is a name that is wrong, such as an empty one."""
    return isinstance(key, Scalar) and isinstance(key.value, str)


def clashes_in(entries: Iterable[Entry], separator: str = ".") -> Iterator[tuple[Entry, Problem]]:
    """Find the entries whose name another one has too, in another form, or is a group of."""
    values: dict[tuple[int, str], Entry] = {}
    for entry in entries:
        if entry.kind == "value" and not entry.shared:
            other = values.setdefault((entry.document, entry.name), entry)
            if other is not entry and (other.prefix, other.key.text) != (entry.prefix, entry.key.text):
                yield entry, Problem("duplicate-key", f"`{entry.name}` is in this file twice", entry.key.span)
    groups: dict[tuple[int, str], str | None] = {}  # with the first value that each is in
    for (document, name), entry in values.items():
        group = (document, name.rpartition(separator)[0])
        if group not in groups:
            around = (*prefixes(group[1], separator), group[1])
            groups[group] = next((one for one in around if (document, one) in values), None)
        above = groups[group]
        if above is not None:
            message = f"`{above}` is a value in this file, so that it cannot hold `{name}`"
            yield entry, Problem("leaf-and-branch", message, entry.key.span)


class _Place(NamedTuple):
    """Where a mapping stands: in which document, below which names, and whether other names share it."""

    document: int
    prefix: str
    shared: bool


class _Walk:
    def __init__(self, separator: str, is_value: Callable[[str], bool]) -> None:
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._separator = separator
        self._is_value = is_value
        self._left = MOST_NODES
        self._is_full = False

    def document(self, node: Node, number: int) -> None:
        root = resolved(node)
        if isinstance(root, Mapping):
            self._mapping(root, _Place(number, "", shared=False), frozenset())
        elif not (isinstance(root, Scalar) and root.value is None):
            self._problem("not-a-mapping", "a file of values has names at its top: `name: value`", root.span)

    def _mapping(self, node: Mapping, place: _Place, hidden: frozenset[str]) -> None:
        """Walk a mapping; hidden: keys that what it is merged into has itself."""
        seen: dict[str, Scalar] = {}
        for key, value in node.pairs:
            if is_merge(key):
                continue
            if self._left <= 0:
                return self._too_many(key)
            self._left -= _SHARED_COST if place.shared else 1
            named = resolved(key)
            if (
                not isinstance(named, Scalar)
                or not isinstance(named.value, str | WrittenNumber)
                or not named.text
            ):
                self._bad_key(key)
            elif named.text not in hidden:
                here = place if named is key or place.shared else place._replace(shared=True)
                self._pair(named, value, here, seen)
        self._merges(node, place, hidden | seen.keys())
        return None

    def _pair(self, key: Scalar, value: Node, place: _Place, seen: dict[str, Scalar]) -> None:
        if key.text in seen and not place.shared:
            self._problem(
                "duplicate-key", f"`{key.text}` is twice in this mapping: the last one counts", key.span
            )
        seen[key.text] = key
        name, target = place.prefix + key.text, resolved(value)
        if not isinstance(target, Mapping) or not _is_group(target) or self._is_value(name):
            self._add(name, place, "value", key, value)
            return
        self._add(name, place, "group", key, value)
        inside = _Place(place.document, name + self._separator, place.shared or target is not value)
        self._mapping(target, inside, frozenset())

    def _merges(self, node: Mapping, place: _Place, hidden: frozenset[str]) -> None:
        """Walk what `<<` brings in: a mapping, or a list of which the first has the last word."""
        for key, value in node.pairs:
            if not is_merge(key):
                continue
            one = resolved(value)
            for source in one.items if isinstance(one, Sequence) else (value,):
                merged = resolved(source)
                if not isinstance(merged, Mapping):
                    self._problem("syntax-error", "`<<` takes a mapping, or a list of mappings", key.span)
                    continue
                before = len(self.entries)
                self._mapping(merged, place._replace(shared=True), hidden)
                cut = len(place.prefix)
                hidden |= {entry.name[cut:] for entry in self.entries[before:]}

    def _add(
        self, name: str, place: _Place, kind: Literal["value", "group"], key: Scalar, value: Node
    ) -> None:
        self.entries.append(Entry(name, place.prefix, kind, key, value, place.document, place.shared))

    def _bad_key(self, key: Node) -> None:
        one = resolved(key)
        if isinstance(one, Scalar) and one.text and not one.style:
            kind = type(one.value).__name__
            message = f"`{one.text}` is read as {kind}, and a name is text: put it in quotes"
        else:
            message = "a name is text that is not empty"
        self._problem("bad-name", message, key.span)

    def _too_many(self, key: Node) -> None:
        if not self._is_full:
            self._is_full = True
            self._problem("too-large", "too many names: the others are left out", key.span)

    def _problem(self, code: str, message: str, span: Span) -> None:
        self.problems.append(Problem(code, message, span))


def _is_group(node: Mapping) -> bool:
    """Tell whether a mapping's keys can be names: it is not empty, and no value by its tag or mark."""
    return bool(node.pairs) and not node.tag and not is_annotated(node)
