"""What stands in a file of values: nodes with their places, whatever the format."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from hpman.static.facts import NOT_LITERAL, Problem, Span

MOST_NODES = 200_000  # of one value or file, once its aliases are followed: an alias bomb ends here
DICT_ANNOTATION = "__is_dict__"  # as in `HyperParamTree`: the mapping is one value


class WrittenNumber(float):
    """A number that some readers take for text, and that remembers how it is written; see `fitting.fitted`."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Scalar(NamedTuple):
    """A single value.

    span: as it is written, quotes included; a tag or an anchor before it not.
    value: what it means; NOT_LITERAL where its tag is not of plain data.
    text: its characters, unescaped.
    style: "" where it has no quotes, else "'", '"', "|" or ">".
    tag: of plain data a short name ("str", "int", "float", "float-1.2" ...; the last has a `WrittenNumber`), else as it
        is written.
    """

    span: Span
    value: object
    text: str
    style: str
    tag: str


class Sequence(NamedTuple):
    """A list; tag: "" or what it is instead ("tuple")."""

    span: Span
    items: tuple[Node, ...]
    tag: str


class Mapping(NamedTuple):
    """A dict, as pairs in their order; tag: "" or what it is instead ("set")."""

    span: Span
    pairs: tuple[tuple[Node, Node], ...]
    tag: str


class Alias(NamedTuple):
    """Another node once more: `*name`."""

    span: Span
    target: Scalar | Sequence | Mapping


Node: TypeAlias = Scalar | Sequence | Mapping | Alias


class ParsedValues(NamedTuple):
    """All that is known of a text: the documents up to the first fault, and what is wrong."""

    documents: tuple[Node, ...]
    problems: tuple[Problem, ...] = ()


def resolved(node: Node) -> Scalar | Sequence | Mapping:
    """Give the node itself, or what an alias stands for."""
    return node.target if isinstance(node, Alias) else node


def is_merge(key: Node) -> bool:
    """Tell whether a key is `<<`: its value's pairs belong to the mapping that it stands in."""
    return isinstance(key, Scalar) and key.tag == "merge"


def is_annotated(node: Mapping) -> bool:
    """Tell whether a mapping is marked as one value."""
    return any(
        isinstance(key, Scalar)
        and key.text == DICT_ANNOTATION
        and isinstance(value, Scalar)
        and bool(value.value)
        for key, value in node.pairs
    )


def is_empty(node: Node) -> bool:
    """Tell whether a node holds nothing: what begins a group that has no names yet."""
    one = resolved(node)
    return (isinstance(one, Scalar) and one.value is None) or (isinstance(one, Mapping) and not one.pairs)


def value_of(node: Node) -> object:
    """Give the Python value of a node; NOT_LITERAL where it has none, or is too large.

    A mapping's annotation (`DICT_ANNOTATION`) is left out.
    """
    try:
        return _Reader().read(node, is_top=True)
    except (_NoValueError, TypeError):  # TypeError: a key that cannot be hashed
        return NOT_LITERAL


class _NoValueError(Exception):
    pass


class _Reader:
    """Counts what it reads, for aliases can make much of little."""

    def __init__(self) -> None:
        self._left = MOST_NODES

    def read(self, node: Node, *, is_top: bool = False) -> object:
        self._left -= 1
        if self._left < 0:
            raise _NoValueError
        one = resolved(node)
        if isinstance(one, Scalar):
            if one.value is NOT_LITERAL:
                raise _NoValueError
            return one.value
        if isinstance(one, Sequence):
            return self._sequence(one)
        return self._mapping(one, is_top)

    def _sequence(self, node: Sequence) -> object:
        items = [self.read(item) for item in node.items]
        if node.tag not in ("", "tuple"):
            raise _NoValueError
        return tuple(items) if node.tag == "tuple" else items

    def _mapping(self, node: Mapping, is_top: bool) -> object:
        if node.tag not in ("", "set"):
            raise _NoValueError
        own: dict[object, object] = {}
        merged: dict[object, object] = {}
        for key, value in node.pairs:
            if is_merge(key):
                self._merge(value, merged)
            else:
                own[self.read(key)] = self.read(value)
        if node.tag == "set":
            return set(own)
        if is_top and is_annotated(node):
            own.pop(DICT_ANNOTATION)
        return {**merged, **own}

    def _merge(self, value: Node, into: dict[object, object]) -> None:
        """Take the pairs of a mapping, or of each in a list, of which the first has the last word."""
        one = resolved(value)
        for source in one.items if isinstance(one, Sequence) else (one,):
            pairs = self.read(source)
            if not isinstance(pairs, dict):
                raise _NoValueError
            for key, item in pairs.items():
                into.setdefault(key, item)
