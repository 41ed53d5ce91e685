"""Values of expressions that are paths, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import product
from typing import NamedTuple

from hpman.static.facts import PathFact

_MOST = 64  # paths of one value: beyond it nothing is known
IMPORTED = "import"  # the anchor of an imported name, which is a path only by its `__file__`


class Value(NamedTuple):
    """What an expression may be.

    paths: those that are known; several where it is a list, or one of them.
    more: it may be others too, or have others in it.
    many: it is an iterable of paths, and no path.
    """

    paths: tuple[PathFact, ...] = ()
    more: bool = False
    many: bool = False


UNKNOWN = Value(more=True)
FILE = Value((PathFact("file", ""),))
SCRIPT = Value((PathFact("script", ""),))
HERE = Value((PathFact("cwd", ""),))


def text(written: str) -> Value:
    """Return the value of a string."""
    slashed = written.replace("\\", "/")
    absolute = slashed.startswith("/") or slashed[1:3] == ":/"
    return Value((PathFact("root" if absolute else "cwd", slashed),))


def imported(module: str) -> Value:
    """Return what a name is that an import binds: a module, or something in one."""
    return SCRIPT if module == "__main__" else Value((PathFact(IMPORTED, "", module),))


def union(values: Iterable[Value]) -> Value:
    """Return all of some values, as a list has them."""
    some = tuple(values)
    found = tuple(dict.fromkeys(path for one in some for path in one.paths))
    return Value(found[:_MOST], any(one.more for one in some) or len(found) > _MOST, many=True)


def either(one: Value, other: Value) -> Value:
    """Return one of two values; what both have is sure."""
    if one == other:
        return one
    shared = {path for path in one.paths if path in other.paths}
    paths = dict.fromkeys((*one.paths, *other.paths))
    found = (path if path in shared else path._replace(sure=False) for path in paths)
    return Value(tuple(dict.fromkeys(found)), one.more or other.more, one.many or other.many)


def perhaps(value: Value) -> Value:
    """Return a value of which nothing is sure."""
    return value._replace(paths=tuple(dict.fromkeys(path._replace(sure=False) for path in value.paths)))


def each(value: Value) -> Value:
    """Return what the variable of a loop over a value stands for: all that is in it, one after the other."""
    return value._replace(many=False) if value.many else UNKNOWN


def mapped(value: Value, change: Callable[[PathFact], PathFact | None]) -> Value:
    """Return a value with each path changed; unknown is what the change says None of."""
    changed = [(change(path), path.sure) for path in value.paths]
    found = tuple(one._replace(sure=sure and one.sure) for one, sure in changed if one is not None)
    return Value(tuple(dict.fromkeys(found)), value.more or len(found) < len(changed), value.many)


def joined(*values: Value) -> Value:
    """Return what `os.path.join` gives."""
    return reduce(lambda one, other: _combined(one, other, _joined), values)


def concatenated(values: Iterable[Value]) -> Value:
    """Return texts one behind the other."""
    return reduce(lambda one, other: _combined(one, other, _appended), values, text(""))


def parent(value: Value) -> Value:
    """Return the folders of paths."""
    return mapped(value, _parent)


def named(value: Value, change: Callable[[str], str]) -> Value:
    """Return paths with another last part, which has to be known for that."""
    return mapped(value, lambda path: _renamed(path, change))


def file_of(value: Value) -> Value:
    """Return the files of imported modules, which are known by their names."""
    return mapped(value, lambda path: path._replace(anchor="module") if path.anchor == IMPORTED else None)


def matching(value: Value, *, deep: bool) -> Value:
    """Return what a pattern with wildcards leads to.

    deep: `**` in it stands for folders of any depth, and not for those of one.
    """

    def pattern(path: PathFact) -> PathFact | None:
        if path.anchor == IMPORTED:
            return None
        return path._replace(
            relative=path.relative if deep else path.relative.replace("**", "*"), pattern=True
        )

    return mapped(value, pattern)._replace(many=True)


def _combined(one: Value, other: Value, combine: Callable[[PathFact, PathFact], PathFact | None]) -> Value:
    found: list[PathFact] = []
    more = one.more or other.more
    for first, second in product(one.paths[:_MOST], other.paths[:_MOST]):
        path = combine(first, second)
        if path is None:
            more = True
            continue
        sure, pattern = first.sure and second.sure, first.pattern or second.pattern
        found.append(path._replace(sure=sure, pattern=pattern))
    return Value(tuple(dict.fromkeys(found)), more, one.many or other.many)


def _joined(path: PathFact, other: PathFact) -> PathFact | None:
    if IMPORTED in (path.anchor, other.anchor):
        return None
    if other.anchor != "cwd":
        return other if other.anchor == "root" or path == PathFact("cwd", "") else None
    if not path.relative:
        return path._replace(relative=other.relative)
    return path._replace(
        relative=f"{path.relative.rstrip('/')}/{other.relative}" if other.relative else path.relative
    )


def _parent(path: PathFact) -> PathFact | None:
    head, _, last = path.relative.rstrip("/").rpartition("/")
    if path.anchor == IMPORTED or path.pattern:
        return None
    if last in ("", ".", ".."):
        return _joined(path, PathFact("cwd", ".."))
    return path._replace(relative=head or ("/" if path.anchor == "root" else ""))


def _appended(path: PathFact, other: PathFact) -> PathFact | None:
    if path._replace(sure=True) == PathFact("cwd", ""):
        return other
    if IMPORTED in (path.anchor, other.anchor) or other.anchor not in ("cwd", "root"):
        return None
    end = other.relative
    last = path.relative.rpartition("/")[2]
    if last in ("", ".", "..") and end and not end.startswith("/") and not path.relative.endswith("/"):
        return None
    return path._replace(relative=path.relative + end)


def _renamed(path: PathFact, change: Callable[[str], str]) -> PathFact | None:
    head, slash, last = path.relative.rpartition("/")
    if path.anchor == IMPORTED or path.pattern or last in ("", ".", ".."):
        return None
    return path._replace(relative=f"{head}{slash}{change(last)}")
