"""Where a manager may arrive under a local name: as a parameter, from a call, from an attribute."""

from __future__ import annotations

from collections.abc import Iterable

from hpman.static.facts import Binding

HOME = "hpman.m"  # the module that managers are imported from
CLASS = "HyperParameterManager"

_ARRIVALS = frozenset({"parameter", "assignment", "alias", "with", "made"})
_KNOWN = frozenset({"import", "module", "alias", "made"})


def may_arrive(name: str, scope: Iterable[Binding], module: Iterable[Binding]) -> bool:
    """Whether one of the bindings that hide a module's name from a call may give it the manager of that name.

    `_` is everybody's throw-away name: it counts where it is said to be a manager, or the module imports its own.

    name: by which the manager is called.
    scope: the bindings, as in `Occurrence.scope`.
    module: those of the module.
    """
    arriving = arrivals(scope)
    if not arriving or not is_throwaway(name):
        return bool(arriving)
    return any(map(is_said, arriving)) or any(one.module == HOME for one in module)


def arrivals(bindings: Iterable[Binding]) -> tuple[Binding, ...]:
    """Give the bindings that may give a name what is a manager, as far as only running the program tells."""
    return tuple(one for one in bindings if one.kind in _ARRIVALS and not one.plain and not _is_other(one))


def _is_other(binding: Binding) -> bool:
    """Whether what is bound is a name's that stands for itself, or one of gettext's functions."""
    _, dot, last = binding.name.rpartition(".")
    return binding.kind in ("alias", "assignment") and (last.endswith("gettext") or (bool(last) and not dot))


def is_anothers(name: str, module: Iterable[Binding]) -> bool:
    """Whether a module surely binds a manager's name to something else, and to nothing that may be a manager.

    That is a function, a class or a value of its own, gettext's function, or another module. `_ = func` is none of these: it
    is followed no further.

    module: the bindings of the module.
    """
    found = [one for one in module if one.local == name]
    return bool(found) and all(map(_is_elsewhere, found))


def _is_elsewhere(binding: Binding) -> bool:
    if binding.kind == "definition":
        return binding.plain
    if binding.kind == "assignment" and binding.plain:
        return True
    return binding.kind == "module" or "gettext" in binding.name.rpartition(".")[2]


def is_throwaway(name: str) -> bool:
    """Whether a name is made of underscores alone."""
    return not name.strip("_")


def is_said(binding: Binding) -> bool:
    """Whether a parameter's annotation says that it is a manager."""
    return binding.kind == "parameter" and binding.name.rpartition(".")[2] == CLASS


def only_arrives(scope: Iterable[Binding] | None) -> bool:
    """Whether a call's name is local, and only running the program tells what it is bound to."""
    return scope is not None and all(one.kind not in _KNOWN for one in scope)
