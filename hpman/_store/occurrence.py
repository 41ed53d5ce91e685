"""A row of the table: one occurrence of a hyperparameter, a mapping with attributes."""

from __future__ import annotations

from _collections_abc import Mapping, MutableMapping  # `collections.abc` without the cost of `collections`
from types import MappingProxyType

from hpman.primitives import EMPTY, UNKNOWN_FILENAME, InvalidArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any, Protocol

    from hpman.source_helper import SourceHelper

    from .priority import HyperParameterPriority

    class Owner(Protocol):
        """What keeps rows, and has to know when one changes."""

        def row_changed(self) -> None:
            """A row's name, value or priority is another now."""


ALWAYS = ("name", "value", "priority", "filename", "lineno", "ast_node", "hints")
COLUMNS = (*ALWAYS, "source_helper", "index")
_DECISIVE = frozenset({"name", "value", "priority"})
_HALF = 32  # bits of an offset in a source
_END = (1 << _HALF) - 1
_NO_HINTS: Mapping[str, Any] = MappingProxyType({})


class HyperParameterOccurrence(MutableMapping[str, "Any"]):
    """One occurrence of a hyperparameter: a parsed call, the call at run time, or a value that was set.

    Columns are read and changed by item and by attribute: `row["value"]`, `row.value`. By item, a
    column holds what was recorded, and None where nothing was. By attribute, `filename` is always a
    string ("<unknown>" where there is none) and `hints` always a container (an empty one).

    name: of the hyperparameter.
    value: an `EmptyValue` where the occurrence has no default; the stored object itself, not a copy.
    priority: a `HyperParameterPriority`, which says what the occurrence comes from.
    filename, lineno: where the call is; lineno counts from 1, and is None for a value that was set.
    ast_node: the expression of a parsed default, positions as in its file; None where there is none.
    hints: the keyword arguments of the call, by name.
    source_helper, index: only in a row that has one; `index` counts the rows of a table.

    A row may be given more columns by item. What is changed in a row of a manager (`_.db`, `_.tree`)
    is in force at once.
    """

    # A project has thousands of rows: `_ast_node` is a number (see `stand_in`) and `_hints` is `_NO_HINTS`
    # until somebody asks for them.
    __slots__ = (
        "_ast_node", "_extra", "_filename", "_hints", "_index", "_lineno", "_name", "_owner", "_priority",
        "_source_helper", "_value",
    )  # fmt: skip

    _ast_node: ast.expr | int | None
    _extra: dict[str, Any] | None
    _filename: str | None
    _hints: Mapping[str, Any] | None
    _index: int
    _lineno: int | None
    _name: str
    _owner: Owner | None
    _priority: int | None
    _source_helper: SourceHelper
    _value: Any

    name: str
    value: Any
    priority: HyperParameterPriority
    filename: str
    lineno: int | None
    ast_node: ast.expr | None
    hints: Mapping[str, Any]
    source_helper: SourceHelper
    index: int

    def __init__(self, columns: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        self._prepare()
        for column in ALWAYS:
            _SLOTS[column].__set__(self, None)
        self._value = EMPTY
        for key, value in {**(columns or {}), **more}.items():
            self[key] = value

    @classmethod
    def of_columns(cls, columns: Mapping[str, Any]) -> HyperParameterOccurrence:
        """Make a row that has only these columns."""
        row = cls.__new__(cls)
        row._prepare()
        for key, value in columns.items():
            row[key] = value
        return row

    @classmethod
    def recorded(
        cls, name: str, value: Any, priority: int, filename: str | None, lineno: int | None, hints: Any
    ) -> HyperParameterOccurrence:
        """Make a row, fast; priority is one of the numbers in `primitives`."""
        row = cls.__new__(cls)
        row._owner = row._extra = row._ast_node = None
        row._name, row._value, row._priority = name, value, priority
        row._filename, row._lineno = filename, lineno
        row._hints = _NO_HINTS if hints == {} else hints
        return row

    @property
    def owner(self) -> Owner | None:
        """The store that this row is in; what changes in the row, it is told."""
        return self._owner

    def adopt(self, owner: Owner | None, index: int) -> None:
        """Make this a row of a store, or of none."""
        self._owner, self._index = owner, index

    def record(self, value: Any, hints: Any, filename: str | None, lineno: int | None) -> None:
        """Say something else, without telling the owner; for the owner."""
        self._value, self._hints, self._filename, self._lineno = value, hints, filename, lineno

    def stand_in(self, helper: SourceHelper, default: tuple[int, int] | None) -> None:
        """Say which source the row stands in, and where in it its default is (character offsets)."""
        self._source_helper = helper
        self._ast_node = None if default is None else default[0] << _HALF | default[1]

    @property
    def has_default_value(self) -> bool:
        """Whether the occurrence has a value."""
        return self._value is not EMPTY

    @property
    def value_priority(self) -> int:
        """The order in which occurrences decide the value, highest first."""
        return self.level * 10 - (self._value is EMPTY)

    @property
    def level(self) -> int:
        """The priority as a plain number; 0 where there is none."""
        return self._priority or 0

    def copy(self) -> HyperParameterOccurrence:
        """Give a row of its own with the same columns; hints and value are shared."""
        row = HyperParameterOccurrence.__new__(HyperParameterOccurrence)
        row._owner, row._extra = None, self._extra
        for key in self._stored():
            _SLOTS[key].__set__(row, _SLOTS[key].__get__(self))
        return row

    def __getitem__(self, key: str) -> Any:
        slot = _SLOTS.get(key)
        if slot is None:
            return (self._extra or {})[key]
        try:
            value = slot.__get__(self)
        except AttributeError:
            raise KeyError(key) from None
        if key == "hints" and value is _NO_HINTS:
            value = self._hints = {}
        elif key == "ast_node" and type(value) is int:
            value = self._ast_node = _parsed(self._source_helper.source, value >> _HALF, value & _END)
        elif key == "priority" and value is not None:
            value = _priority(value)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        slot = _SLOTS.get(key)
        if slot is None:
            self._extra = {**(self._extra or {}), key: value}
            return
        if key == "source_helper":
            self.get("ast_node")  # while the source that it stands in is known
        slot.__set__(self, value)
        if self._owner is not None and key in _DECISIVE:
            self._owner.row_changed()

    def __delitem__(self, key: str) -> None:
        self[key]
        if key not in _SLOTS:
            self._extra = {column: value for column, value in (self._extra or {}).items() if column != key}
        elif self._owner is not None and key in _DECISIVE:
            raise InvalidArgumentError(f"a manager's row needs its {key}")
        else:
            _SLOTS[key].__delete__(self)

    __hash__ = None  # type: ignore[assignment] # rows change

    def __eq__(self, other: object) -> bool:
        return _comparable(self) == _comparable(other) if isinstance(other, Mapping) else NotImplemented

    def __iter__(self) -> Iterator[str]:
        yield from self._stored()
        yield from self._extra or ()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or self._extra is None or key not in self._extra:
            raise AttributeError(f"this row has no column {key!r}")
        return self._extra[key]

    def __reduce__(self) -> tuple[Any, ...]:
        return HyperParameterOccurrence.of_columns, ({**self},)

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={self[key]!r}" for key in self if key not in ("ast_node", "source_helper"))
        return f"HyperParameterOccurrence({shown})"

    def _prepare(self) -> None:
        self._owner = self._extra = None

    def _stored(self) -> Iterator[str]:
        return (key for key in COLUMNS if hasattr(self, "_" + key))


def _parsed(source: str, start: int, end: int) -> ast.expr:
    """Parse an expression of a source so that its positions are those in the source."""
    from hpman.static.tree import syntax  # noqa: PLC0415 - `ast` costs more than the rest of the library

    line, column = source.count("\n", 0, start), start - source.rfind("\n", 0, start) - 1
    indent = len(source[start - column : start].encode())
    # A bracket before all else: inside it neither lines nor blanks matter.
    before = "(" + "\n" * line + " " * (indent if line else indent - 1)
    node = syntax.expression(f"{before}{source[start:end]}\n)")
    assert not isinstance(node, syntax.Fault)  # it was parsed before
    return node


def _comparable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what makes two rows the same: not the objects that only show where they come from."""
    return {key: row[key] for key in row if key not in ("ast_node", "source_helper")}


def _priority(number: int) -> HyperParameterPriority:
    from .priority import HyperParameterPriority  # noqa: PLC0415 - `enum`, for those who ask

    return HyperParameterPriority(number)


def _attribute(column: str) -> property:
    def read(row: HyperParameterOccurrence) -> Any:
        try:
            value = row[column]
        except KeyError:
            raise AttributeError(f"this row has no column {column!r}") from None
        return default if value is None else value

    def write(row: HyperParameterOccurrence, value: Any) -> None:
        row[column] = value

    default = {"filename": UNKNOWN_FILENAME, "hints": _NO_HINTS}.get(column)
    return property(_SLOTS[column].__get__ if column in _PLAIN else read, write)


_SLOTS: dict[str, Any] = {column: getattr(HyperParameterOccurrence, "_" + column) for column in COLUMNS}
_PLAIN = frozenset({"name", "value", "lineno"})  # recorded and read alike: the slot itself is fastest

for _column in COLUMNS:
    setattr(HyperParameterOccurrence, _column, _attribute(_column))
