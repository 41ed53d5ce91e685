"""YAML text to nodes, by PyYAML's events: no tag constructs anything, and an alias costs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from hpman.static.facts import NOT_LITERAL, Problem, Span

from .nodes import Alias, Mapping, Node, ParsedValues, Scalar, Sequence
from .package import pyyaml
from .yaml_scalars import Scalars, short_tag

DEEPEST: Final = 100  # of nested nodes; no person writes more, and reading them is recursive

_HALF = re.compile(r"[\ud800-\udfff]")
# What may stand before a node: its tag and its anchor, in any order.
_PROPERTIES = re.compile(r"(?:[!&][^\s,\[\]{}]*\s+)*(?:[!&][^\s,\[\]{}]*(?=[\s,\[\]{}]|\Z))?")


def parse_yaml(text: str) -> ParsedValues:
    """Read YAML; what comes before the first fault is kept.

    Half of a surrogate pair, which an editor may send and no YAML holds, costs the value or key that it is in.

    Raises MissingPackageError where PyYAML is not installed.
    """
    yaml = pyyaml()
    composer = _Composer(text, yaml)
    problems: tuple[Problem, ...] = ()
    try:
        composer.compose(_events(yaml, _HALF.sub("\ufffd", text)))
    except _StopError as stop:
        problems = (stop.problem,)
    except yaml.YAMLError as error:
        problems = (_syntax_error(error, text),)
    return ParsedValues(composer.finish(), problems)


class _StopError(Exception):
    def __init__(self, code: str, message: str, span: Span) -> None:
        self.problem = Problem(code, message, span)


class _Open:
    """A collection that has begun."""

    def __init__(self, kind: str, start: int, tag: str, anchor: str | None) -> None:
        self.kind = kind
        self.start = start
        self.tag = tag
        self.anchor = anchor
        self.nodes: list[Node] = []

    def closed(self, end: int) -> Sequence | Mapping:
        span = Span(self.start, max(self.start, end))
        if self.kind == "sequence":
            return Sequence(span, tuple(self.nodes), self.tag)
        keys, values = self.nodes[::2], self.nodes[1::2]
        return Mapping(span, tuple(zip(keys, values, strict=False)), self.tag)


class _Composer:
    """Puts events together; `finish` closes what a fault left open.

    It runs for each word of a file, and files of values can be long.
    """

    def __init__(self, text: str, yaml: Any) -> None:
        self._text = text
        self._has_halves = _HALF.search(text) is not None
        self._read = Scalars(yaml).read
        self._documents: list[Node] = []
        self._nodes = self._documents  # where the next node belongs
        self._open: list[_Open] = []
        self._anchors: dict[str, Scalar | Sequence | Mapping] = {}
        self._take = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._begin,
            yaml.MappingStartEvent: self._begin,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.DocumentStartEvent: self._new_document,
        }

    def compose(self, events: Iterable[Any]) -> None:
        for event in events:
            take = self._take.get(type(event))
            if take is not None:
                take(event)

    def finish(self) -> tuple[Node, ...]:
        while self._open:
            self._close(len(self._text))
        return tuple(self._documents)

    def _new_document(self, _event: Any) -> None:
        self._anchors.clear()

    def _scalar(self, event: Any) -> None:
        node = self._read(event, self._without_properties(event))
        if self._has_halves and _HALF.search(self._text, *node.span):
            node = node._replace(value=NOT_LITERAL)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._nodes.append(node)

    def _alias(self, event: Any) -> None:
        span = Span(event.start_mark.index, event.end_mark.index)
        target = self._anchors.get(event.anchor)
        if target is None:
            inside = any(one.anchor == event.anchor for one in self._open)
            why = (
                "is inside of what it stands for" if inside else "stands for nothing: there is no such anchor"
            )
            raise _StopError("syntax-error", f"`*{event.anchor}` {why}", span)
        self._nodes.append(Alias(span, target))

    def _begin(self, event: Any) -> None:
        span = self._without_properties(event)
        if len(self._open) >= DEEPEST:
            raise _StopError("syntax-error", f"nested more than {DEEPEST} levels deep", span)
        kind = "sequence" if type(event).__name__ == "SequenceStartEvent" else "mapping"
        self._open.append(_Open(kind, span.start, short_tag(event.tag), event.anchor))
        self._nodes = self._open[-1].nodes

    def _end(self, event: Any) -> None:
        self._close(event.end_mark.index)

    def _close(self, end: int) -> None:
        done = self._open.pop()
        node = done.closed(end)
        if done.anchor:
            self._anchors[done.anchor] = node
        self._nodes = self._open[-1].nodes if self._open else self._documents
        self._nodes.append(node)

    def _without_properties(self, event: Any) -> Span:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor or event.tag:
            found = _PROPERTIES.match(self._text, start, end)
            start = found.end() if found else start
        return Span(start, end)


def _events(yaml: Any, text: str) -> Iterator[Any]:
    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # type: ignore[no-any-return]


def _syntax_error(error: Any, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = mark.index if mark is not None else getattr(error, "position", 0)
    at = min(max(at, 0), len(text))
    said = [
        getattr(error, "context", None),
        getattr(error, "problem", None) or getattr(error, "reason", None),
    ]
    message = ", ".join(one for one in said if one) or str(error)
    if text[at : at + 1] == "\t":
        message = "lines are indented by spaces, and here is a tab"
    return Problem("syntax-error", f"not valid YAML: {message}", Span(at, min(at + 1, len(text))))
