"""What a key of a value file means to the program: whether it knows the name, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from hpman._names import prefixes
from hpman.static.facts import NOT_LITERAL, Expression, Occurrence
from hpman.valuefiles.fitting import NO_FIT, fitted
from hpman.valuefiles.nodes import Node, Scalar, resolved
from hpman_lsp.workspace.index.index import Key, Use
from hpman_lsp.workspace.snapshot import Snapshot

from .describe import given

# "name": a hyperparameter; "group": one of names only; "item": of a hyperparameter that is a dict, or may be one;
# "no-item": of a dict that has not got it; "below": below a value that is no dict.
Meaning: TypeAlias = Literal["name", "group", "item", "no-item", "below", "unknown"]


class Taken(NamedTuple):
    """What one definition takes: values like its default, and only some where it has choices."""

    use: Use
    default: object
    choices: tuple[object, ...] | None


class Meant(NamedTuple):
    """What a name in a value file is to the program.

    use: what says so, if one does.
    taken: what the definitions of the name, or of the item of a dict, take; nothing where that is not known.
    """

    meaning: Meaning
    use: Use | None
    taken: tuple[Taken, ...]


def meant_by(snapshot: Snapshot, path: str) -> Callable[[str], Meant]:
    """Give what tells of a name in a value file what it means; of each it finds that out once."""
    known: dict[str, Meant] = snapshot.values.found_out(path)

    def meant(name: str) -> Meant:
        found = known.get(name)
        if found is None:
            found = known[name] = _meant(snapshot, path, name)
        return found

    return meant


def allows(taken: Taken, value: object) -> bool:
    """Tell whether a value is of the type that a definition takes."""
    return taken.default is NOT_LITERAL or fitted(value, taken.default) is not NO_FIT


def chooses(taken: Taken, value: object) -> bool:
    """Tell whether a value is one of the choices; where there are none, any is."""
    if taken.choices is None:
        return True
    fit = value if taken.default is NOT_LITERAL else fitted(value, taken.default)
    return any(isinstance(one, bool) == isinstance(fit, bool) and one == fit for one in taken.choices)


def is_known_when_read(snapshot: Snapshot, path: str, node: Node) -> bool:
    """Whether only the reader of a file can tell a value: OmegaConf's `${...}` and `???`, where nothing loads values.

    For `load_values`, which knows nothing of them, they are text.
    """
    value = resolved(node)
    if (
        not isinstance(value, Scalar)
        or not isinstance(value.value, str)
        or not _OF_OMEGACONF.search(value.value)
    ):
        return False
    links, index = snapshot.values, snapshot.index
    return not any(
        one.method == "load_values"
        for manager, users in index.open_ended.items()
        for user in filter(links.shares(path, manager), users)
        for one in (snapshot.files[user].facts.accesses if user in snapshot.files else ())
    )


_OF_OMEGACONF = re.compile(r"\$\{.*\}|\A\?\?\?\Z", re.DOTALL)
_UNKNOWN: Final = Meant("unknown", None, ())


def _meant(snapshot: Snapshot, path: str, name: str) -> Meant:
    meaning, use = _meaning(snapshot, path, name)
    return _UNKNOWN if meaning == "unknown" else Meant(meaning, use, _taken(snapshot, path, name))


def _meaning(snapshot: Snapshot, path: str, name: str) -> tuple[Meaning, Use | None]:
    links = snapshot.values
    if links.keys(path, name):
        return ("name", None) if links.is_value(path, name) else ("group", _below(snapshot, path, name))
    if (below := _below(snapshot, path, name)) is not None:
        return "group", below
    for above in prefixes(name, "."):
        for use in _definitions(snapshot, path, above):
            return _item_of(use, name[len(above) + 1 :]), use
        if any(snapshot.index.users(key).giving for key in links.keys(path, above)):
            return "item", None
    return "unknown", None


def _taken(snapshot: Snapshot, path: str, name: str) -> tuple[Taken, ...]:
    own = tuple(
        Taken(use, value.value, _choices(use))
        for use in _definitions(snapshot, path, name)
        if (value := given(use)) is not None
    )
    return own or tuple(_items(snapshot, path, name))


def _definitions(snapshot: Snapshot, path: str, name: str) -> Iterator[Use]:
    for key in snapshot.values.keys(path, name):
        shares = snapshot.values.shares(path, key.manager)
        uses = snapshot.index.uses(key, filter(shares, snapshot.index.users(key).giving))
        yield from (use for use in uses if use.kind == "definition")


def _below(snapshot: Snapshot, path: str, name: str) -> Use | None:
    index = snapshot.index
    for manager in index.managers:
        shares = snapshot.values.shares(path, manager)
        for key in index.nested(Key(manager, name)):
            for use in index.uses(key, filter(shares, index.users(key).paths)):
                return use
    return None


def _item_of(use: Use, rest: str) -> Meaning:
    value = given(use)
    item: object = NOT_LITERAL if value is None else value.value
    for part in rest.split("."):
        if item is NOT_LITERAL or item is None:  # anything fits None
            return "item"
        if not isinstance(item, dict):
            return "below"
        if part not in item:
            return "no-item"
        item = item[part]
    return "item"


def _items(snapshot: Snapshot, path: str, name: str) -> Iterator[Taken]:
    for above in prefixes(name, "."):
        for use in _definitions(snapshot, path, above):
            if _item_of(use, name[len(above) + 1 :]) == "item" and (value := given(use)) is not None:
                item = value.value
                for part in name[len(above) + 1 :].split("."):
                    item = item.get(part, NOT_LITERAL) if isinstance(item, dict) else NOT_LITERAL
                yield Taken(use, item, None)


def _choices(use: Use) -> tuple[object, ...] | None:
    hints = use.source.hints if isinstance(use.source, Occurrence) else ()
    value: Expression | None = next((hint.value for hint in hints if hint.key == "choices"), None)
    literal = None if value is None else value.value
    return tuple(literal) if isinstance(literal, list | tuple | set) else None
