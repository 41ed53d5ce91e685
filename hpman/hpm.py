"""The manager: what `from hpman.m import _` gives."""

from __future__ import annotations

import os
from _collections_abc import Mapping  # `collections.abc` without the cost of `collections`
from sys import _getframe

from ._exchange.portable import Portable
from ._names import checked_placeholder, checked_separator, plain
from ._store import lookup
from ._store.store import LOCK, Store
from ._store.tree import HyperParamTree, flattened
from .primitives import (
    EMPTY,
    UNKNOWN_FILENAME,
    InvalidArgumentError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sys
    from collections.abc import Iterable, MutableMapping
    from typing import Any, overload

    from ._store.node import HyperParamNode
    from ._store.occurrence import HyperParameterOccurrence
    from ._store.origin import Origin
    from ._store.table import HyperParameterDB
    from ._types import AnyEnum, Copied, Value
    from .sources import Path


class HyperParameterManager(Portable):
    """Knows all hyperparameters of a placeholder: where they are used, and which value is in force.

    A value comes from one of three: the default that a source was parsed to have, the default that a
    call gave at run time, a setter; the last of them that there is decides. Names with a separator
    are nested: `a.b` is the part `b` of the branch `a`.

    A manager may be used by several threads. Of what `hpman.m` gives, copies and what is unpickled are the same
    manager (see `hpman._exchange.portable`).

    placeholder: the name that sources call the manager by; an identifier.
    separator: one character, between the parts of a name.
    """

    __slots__ = ("__weakref__", "_cache", "_called", "_placeholder", "_store", "strict")

    strict: bool
    """Whether setters refuse a name that no occurrence has: set it once everything is parsed."""

    def __init__(self, placeholder: str, separator: str = ".") -> None:
        self._placeholder = checked_placeholder(placeholder)
        self._store = Store(checked_separator(separator))
        # Not through the store: these two lookups are all that most calls do.
        self._cache = self._store.cache
        self._called = self._store.calls.same
        self.strict = False

    if TYPE_CHECKING:
        # Plain types first: else a checker may find `_("depth", 4)` to be `Literal[4]`, and check no branch for others.
        @overload
        def __call__(self, /, hp_name: str, hp_value: None, **hints: Any) -> Any: ...

        if sys.version_info >= (3, 11):

            @overload
            def __call__(self, /, hp_name: str, hp_value: Copied[AnyEnum], **hints: Any) -> AnyEnum: ...
        else:

            @overload
            def __call__(self, /, hp_name: str, hp_value: AnyEnum, **hints: Any) -> AnyEnum: ...

        @overload
        def __call__(self, /, hp_name: str, hp_value: bool, **hints: Any) -> bool: ...
        @overload
        def __call__(self, /, hp_name: str, hp_value: int, **hints: Any) -> int: ...
        @overload
        def __call__(self, /, hp_name: str, hp_value: float, **hints: Any) -> float: ...
        @overload
        def __call__(self, /, hp_name: str, hp_value: str, **hints: Any) -> str: ...
        @overload
        def __call__(self, /, hp_name: str, hp_value: Value, **hints: Any) -> Value: ...
        @overload
        def __call__(self, /, hp_name: str, **hints: Any) -> Any: ...

    def __call__(self, /, hp_name: str, hp_value: Any = EMPTY, **hints: Any) -> Any:
        """Give the value in force; with `hp_value`, define the hyperparameter first.

        hp_name: a string literal, so that it can be found without running the program.
        hp_value: the default: in force unless a value is set; that of the last call counts.
        hints: whatever those who ask for it understand (`choices`, `help` ...).

        Raises UnknownNameError (a KeyError) if there is no value, or if the default is no literal and the call
        that has it has not run yet; ImpossibleTree and InvalidNameError as `set_value` does.

        What it costs: one lookup in a dict, unless the value has lists, dicts, sets or bytearrays: those are
        copied for each caller (see `hpman._store.values`).
        """
        try:
            if hp_value is EMPTY or (
                hp_value is self._called[hp_name]
                and (not hints or self._store.calls.has_hints(hp_name, hints))
            ):
                return self._cache[hp_name]
        except (KeyError, TypeError):  # TypeError: a name that cannot be hashed
            pass
        if hp_value is not EMPTY:
            self._define(hp_name, hp_value, hints)
        return lookup.value_for_call(self._store, hp_name)

    def _define(self, name: str, value: Any, hints: dict[str, Any]) -> None:
        if not self._store.calls.repeats(name, value, hints):
            caller = _getframe(2)
            self._store.call(name, value, hints, caller.f_code.co_filename, caller.f_lineno)

    # torch.compile runs it once, while it traces: it gives nothing, so that nothing of it can be stale.
    _define._dynamo_marked_constant = True  # type: ignore[attr-defined]

    @property
    def placeholder(self) -> str:
        """The name that sources call this manager by."""
        return self._placeholder

    @property
    def separator(self) -> str:
        """What separates the parts of a name."""
        return self._store.separator

    @property
    def db(self) -> HyperParameterDB:
        """All occurrences as a table: a view, always up to date."""
        with LOCK:
            self._store.synchronize()
            return self._store.rows

    @property
    def tree(self) -> HyperParamTree:
        """All occurrences as a tree of nested names: a view, always up to date."""
        return HyperParamTree(_store=self._store)

    def parse_file(self, path: Path | Iterable[Path]) -> HyperParameterManager:
        """Find the hyperparameters of source files, without running them; gives the manager itself.

        path: a file, a folder, or any iterable of them. In folders, every `.py` file is read at any depth, but in
            hidden folders, environments, caches and build folders (see `hpman.sources`).

        A file that was parsed before has its occurrences replaced. Either all files are taken over, or, if
        anything is wrong, none: then the exception's class is that of the first problem, and its `problems`
        has all of them. Raises SourceNotFoundError, UnsupportedSourceError, SourceUnreadableError,
        SourceSyntaxError, DoubleAssignmentException, NotLiteralNameException, NotLiteralEvaluable,
        WrongArgumentsError, BadLiteralError, InvalidNameError or ImpossibleTree.
        """
        from ._parsing import parsing  # noqa: PLC0415 - it costs `ast` and `re`

        parsing.take_files(self._store, self.placeholder, path)
        return self

    def parse_source(self, source: str, filename: str = UNKNOWN_FILENAME) -> HyperParameterManager:
        """Find the hyperparameters of a text, without running it; gives the manager itself.

        filename: the file that the text is of, whose occurrences it replaces. Without one, it adds up.

        Raises what `parse_file` raises.
        """
        from ._parsing import parsing  # noqa: PLC0415

        if not isinstance(source, str):
            raise InvalidArgumentError(f"parse_source takes a text, not {type(source).__name__}")
        parsing.take_text(self._store, self.placeholder, source, os.fsdecode(filename))
        return self

    def exists(self, hp_name: str) -> bool:
        """Tell whether a hyperparameter, or a branch, has a value."""
        return self.get_value(hp_name, raise_exception=False) is not EMPTY

    def get_value(self, name: str, raise_exception: bool = True) -> Any:
        """Give the value in force, its containers copied; a branch gives a dict of its parts.

        A default that is no literal, and whose call has not run yet, gives a `NotLiteralEvaluable`.

        raise_exception: whether to raise UnknownNameError (a KeyError) where there is no value; else an
            `EmptyValue` is given.
        """
        value = self._store.value(name)
        if value is EMPTY and raise_exception:
            raise lookup.unknown(self._store, name)
        return value

    def get_values(self) -> dict[str, Any]:
        """Return all values in force by name; names without a value are left out.

        A dict of which items were set is one value, with these items in it.
        """
        return {node.name: self._store.value(node.name) for node in self.tree.flatten()}

    def get_origin(self, name: str) -> Origin:
        """Give the value in force and where it comes from; raises UnknownNameError where there is none."""
        return lookup.origin(self._store, name)

    def get_occurrence(self, name: str) -> HyperParameterOccurrence | None:
        """Return the occurrence that decides the value; None for a branch, or where there is none."""
        tree = self.tree.get(name) if name else None
        node = tree.node if tree is not None else None
        return None if tree is None or node is None or (node.empty and not tree.is_leaf()) else node.get()

    get_occurrence_of_value = get_occurrence

    def get_nodes(self) -> list[HyperParamNode]:
        """Give the node of each hyperparameter that has a value."""
        return list(self.tree.flatten())

    def get_tree(self, prefix: str = "", annotate_dict: bool = False) -> dict[str, Any]:
        """Give the values of a branch as nested dicts; {} if there is no such branch.

        prefix: the branch's name; "" for all.
        annotate_dict: mark values that are dicts, so that `set_tree` takes them for values again.
        """
        tree = self.tree.get(prefix)
        return {} if tree is None else tree.tree_values(annotate_dict)

    def set_value(self, name: str, value: Any) -> HyperParameterManager:
        """Set a value, which is in force from now on; gives the manager itself.

        `set_value("c.d", 3)` over a default `_("c", {"d": 2})` overrides this item of it, until `c` is set as a whole.

        Raises InvalidNameError; ImpossibleTree if the name is a branch, or below a value that is no dict or that
        nothing but a setter gives; InvalidArgumentError for an `EmptyValue`; and UnknownNameError if the manager is
        strict and no occurrence has the name. Then nothing is changed.
        """
        return self._set({plain(name): value})

    def set_values(self, values: Mapping[str, Any]) -> HyperParameterManager:
        """Set values by name: all, or none and an error, as `set_value` does."""
        return self._set(values)

    def set_tree(self, tree_values: Mapping[str, Any], prefix: str = "") -> HyperParameterManager:
        """Set the values of nested mappings, such as dicts: all, or none and an error, as `set_value` does.

        One with a true key `HyperParamTree.DICT_ANNOTATION` is one value, a dict without this key; the caller's
        mappings are left as they are.

        prefix: the name of the branch that they are the parts of.
        """
        is_tree = isinstance(tree_values, Mapping)
        return self._set(flattened(tree_values, prefix, self.separator) if is_tree else tree_values)

    def load_values(
        self, path: str | os.PathLike[str], *, allow_unknown: bool = False, allow_any_type: bool = False
    ) -> HyperParameterManager:
        """Set the values of a file: all, or none and an error; gives the manager itself.

        path: a `.yaml` or `.yml` file (needs the extra `yaml`) or a `.json` file. Names are dotted or nested; a dict that
            has a true key `HyperParamTree.DICT_ANNOTATION`, or is the value of a known name, is one value. Parse first:
            names and types are compared with what is known by now.
        allow_unknown: take names too that no occurrence has; a strict manager never does.
        allow_any_type: take values too that are not of the type that the default has. An int is a float's value, and a
            list a tuple's, in any case.

        Raises ValueFileError, which tells everything that is wrong with its line; UnsupportedFormatError,
        MissingPackageError, OSError, and what `set_value` does.
        """
        from ._exchange import value_io  # noqa: PLC0415 - it costs `typing`, `json` and more

        allowed = value_io.Allowed(allow_unknown and not self.strict, allow_any_type)
        value_io.load(self._store, os.fspath(path), allowed)
        return self

    def save_values(self, path: str | os.PathLike[str], *, leave_out: bool = False) -> HyperParameterManager:
        """Write all values in force to a file, which is replaced at once; gives the manager itself.

        path: as in `load_values`, which gives the same values again in the same program.
        leave_out: write the other values where some cannot be written: objects, and defaults that are no
            literals and whose calls have not run yet.

        Raises UnsavableError, which tells of all values that cannot be written; UnsupportedFormatError,
        MissingPackageError or OSError. Then the file is as it was.
        """
        from ._exchange import value_io  # noqa: PLC0415

        value_io.save(self._store, os.fspath(path), leave_out=leave_out)
        return self

    def export_values(self, environ: MutableMapping[str, str] | None = None) -> HyperParameterManager:
        """Hand the values in force to processes that start from now on; returns the manager itself.

        Set values, and defaults that were called or parsed, each as what it is: in a worker `_("lr")` answers as here at
        this call. That holds for `subprocess`, for all start methods of `multiprocessing`, also where its fork server
        runs already, and for what is built on them. A later call hands on the values of then.

        Nothing that is handed on is code: it is a Python literal in an environment variable (`HPMAN_VALUES`). Defaults
        that are no literals are left out.

        environ: where to write them, such as the `env` of a subprocess; os.environ, if None.

        Raises ExportError for a set value that is not made of literals, and for more than 100,000 bytes. Warns of
        processes that run already: they keep what they have.
        """
        self._export(environ)
        return self

    def _set(self, values: Mapping[str, Any]) -> HyperParameterManager:
        if not isinstance(values, Mapping):
            raise InvalidArgumentError(
                f"values are given by name, in a dict, not as {type(values).__name__}: {values!r}"
            )
        with LOCK:
            if self.strict:
                lookup.refuse_unknown(self._store, values)
            self._store.set(values)
        return self

    def __repr__(self) -> str:
        return f"<hyperparameter manager `{self.placeholder}`: {self.tree.count()} values>"


def shared(placeholder: str) -> HyperParameterManager:
    """Return the process's one manager of a placeholder, which `from hpman.m import ...` gives.

    When it is made, the values that the process inherits are set (see `export_values`); raises ExportError if
    they cannot be read.
    """
    manager: HyperParameterManager = HyperParameterManager._shared(placeholder)
    return manager
