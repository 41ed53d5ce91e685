"""The tree of nested names: `a.b` is the part `b` of the branch `a`."""

from __future__ import annotations

from _collections_abc import Mapping  # `collections.abc` without the cost of `collections`
from types import MappingProxyType

from hpman._names import checked, checked_separator
from hpman.primitives import ImpossibleTree, InvalidArgumentError

from . import shape
from .node import HyperParamNode
from .store import LOCK, Store
from .values import fresh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hpman.source_helper import SourceHelper

    from .occurrence import HyperParameterOccurrence


class HyperParamTree:
    """Hyperparameters by the parts of their names; a view, always up to date.

    A manager's tree (`_.tree`) shows the manager's occurrences, and what is set or pushed in the tree reaches
    the manager; a tree made by itself has occurrences of its own. `children` and `node` are for reading.

    separator: one character, between the parts of a name.
    name: the last part of this branch's name; "" for the root.
    """

    DICT_ANNOTATION = "__is_dict__"  # the key that marks a dict in a tree as one value

    __slots__ = ("_path", "_store", "name")

    def __init__(
        self, separator: str = ".", name: str = "", *, _store: Store | None = None, _path: str = ""
    ) -> None:
        self.name = name
        self._store = Store(checked_separator(separator)) if _store is None else _store
        self._path = _path

    @property
    def sep(self) -> str:
        """The separator."""
        return self._store.separator

    @property
    def children(self) -> Mapping[str, HyperParamTree]:
        """The trees one part further, by that part."""
        with LOCK:
            self._store.synchronize()
            parts = list(self._store.branches.get(self._path, ()))
        return MappingProxyType({part: self._child(part) for part in parts})

    @property
    def node(self) -> HyperParamNode | None:
        """The occurrences of the name that ends here, or None where there are none."""
        return HyperParamNode(self._path, _owner=self._store) if self._store.rows_of(self._path) else None

    def flatten(self) -> Iterator[HyperParamNode]:
        """Return the nodes that have a value of their own, a branch's parts one after the other.

        A value of which items were set is one node: what was set is in its value.
        """
        node = self.node
        if node is not None and not node.empty:
            yield node
            return
        for child in self.children.values():
            yield from child.flatten()

    def count(self) -> int:
        """Count the hyperparameters that have a value."""
        return sum(1 for _ in self.flatten())

    @property
    def empty(self) -> bool:
        """Whether there is nothing here, not even a use without a value."""
        return not self.children and self.node is None

    def is_leaf(self) -> bool:
        """Tell whether no name goes further."""
        return not self.children

    def is_branch(self) -> bool:
        """Tell whether names go further, and no set value stands in their way."""
        return bool(self.children) and self.is_valid()

    def is_valid(self, strict: bool = False) -> bool:
        """Tell whether this is not both a value and a branch.

        strict: parts that were set do not excuse the value of a definition (see `shape`).
        """
        rows = self._store.rows_of(self._path)
        if not rows or not rows[0].has_default_value or self.is_leaf():
            return True
        return not strict and shape.is_defined(rows)

    def validate(self) -> bool:
        """Give True; raises ImpossibleTree if something here is both a value and a branch."""
        if not self.is_valid(strict=True):
            raise ImpossibleTree(f"`{self._path}` is both a value and a branch", name=self._path)
        return all(child.validate() for child in self.children.values())

    def tree_values(self, annotate_dict: bool = False) -> dict[str, Any]:
        """Give the values here as nested dicts, copied; names without a value are left out.

        annotate_dict: mark every value that is a dict with the key `DICT_ANNOTATION`, so that `set_tree`
            takes it for one value again.

        Raises ImpossibleTree for a name that is a value.
        """
        with LOCK:
            self._store.synchronize()
            if self._path not in self._store.branches and self.node is not None:
                raise ImpossibleTree(
                    f"`{self._path}` is a value, not a branch: use get_value", name=self._path
                )
            leaf = _annotated if annotate_dict else _itself
            values = shape.merged(self._store, self._path, leaf)
            return fresh(values) if isinstance(values, dict) else {}

    def push_occurrence(
        self, occurrence: HyperParameterOccurrence, *, source_helper: SourceHelper | None = None
    ) -> None:
        """Add an occurrence; in a branch, its name counts from the branch.

        Raises DoubleAssignmentException, ImpossibleTree, InvalidNameError or InvalidArgumentError; then
        nothing is changed.
        """
        if self._path:
            occurrence = occurrence.copy()
            occurrence.name = self._full(occurrence.name)
        self._store.push(occurrence, source_helper)

    def get(self, key: str) -> HyperParamTree | None:
        """Give the tree of a name, or None if there is no such name; "" is this tree."""
        if not key:
            return self
        full = self._full(key)
        if full not in self._store.branches and not self._store.rows_of(full):
            return None
        return HyperParamTree(name=full.rpartition(self.sep)[2], _store=self._store, _path=full)

    def __setitem__(self, key: str, value: Any) -> None:
        """Set a value, as `set_value` does."""
        self._store.set({self._full(key): value})

    def __repr__(self) -> str:
        name = f" `{self._path}`" if self._path else ""
        return f"<hyperparameter tree{name}: {self.count()} values>"

    def _child(self, part: str) -> HyperParamTree:
        return HyperParamTree(name=part, _store=self._store, _path=self._full(part))

    def _full(self, name: str) -> str:
        return f"{self._path}{self.sep}{name}" if self._path else name


def flattened(values: Mapping[str, Any], prefix: str, separator: str) -> dict[str, Any]:
    """Return the values of nested mappings by their whole names; these are left as they are.

    prefix: the name of the branch that they are in.

    One that has a true `DICT_ANNOTATION` is one value, without that key. Raises ImpossibleTree for a
    key that is not a string, and InvalidArgumentError for such a prefix.
    """
    if not isinstance(prefix, str):
        raise InvalidArgumentError(
            f"the prefix of a tree is a string, not {type(prefix).__name__}: {prefix!r}"
        )
    flat: dict[str, Any] = {}
    _flatten(values, prefix, separator, flat)
    return flat


def _flatten(value: Any, name: str, separator: str, flat: dict[str, Any]) -> None:
    if not isinstance(value, Mapping):
        flat[name] = value
        return
    inner = {key: item for key, item in value.items() if key != HyperParamTree.DICT_ANNOTATION}
    if value.get(HyperParamTree.DICT_ANNOTATION):
        flat[name] = inner
        return
    for key, item in inner.items():
        if not isinstance(key, str):
            raise ImpossibleTree(
                f"the keys of a tree are strings, but one in `{name}` is {key!r}, a {type(key).__name__}: "
                f"if this dict is one value, mark it with {HyperParamTree.DICT_ANNOTATION!r}: True",
                name=name,
            )
        part = checked(key, separator)
        _flatten(item, f"{name}{separator}{part}" if name else part, separator, flat)


def _annotated(value: Any) -> Any:
    return {**value, HyperParamTree.DICT_ANNOTATION: True} if isinstance(value, dict) else value


def _itself(value: Any) -> Any:
    return value
