"""Whether a value that was read fits a hyperparameter, by what its default is; and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Final

from .nodes import Node, Scalar, WrittenNumber, resolved, value_of

_LONGEST = 60  # characters of a value in a message


class NoFit:
    """Stands for "this value does not fit"; its one instance is `NO_FIT`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_FIT"


NO_FIT: Final = NoFit()


def fitted(value: object, default: object) -> object:
    """Give a value as a hyperparameter with a default takes it, or NO_FIT.

    An int fits a float and becomes one; a float fits an int where it is a whole number. A list fits a tuple or a set
    and becomes one, inside of containers too, since files of values have lists. What only some readers take for a
    number is text where the default is. Anything fits None.
    """
    if default is None or isinstance(value, WrittenNumber):
        value = reshaped(value, default)
    if default is None:
        return value
    if isinstance(default, bool) or isinstance(value, bool):
        return value if isinstance(default, bool) and isinstance(value, bool) else NO_FIT
    if isinstance(default, int | float | complex):
        return _number(value, default)
    if isinstance(default, list | tuple | set) and isinstance(value, list | tuple):
        return reshaped(value, default)
    return reshaped(value, default) if isinstance(value, type(default)) else NO_FIT


def misfit(name: str, node: Node, default: object) -> str:
    """Say why a value that was read does not fit."""
    one = resolved(node)
    text = f" `{_short(one.text)}`" if isinstance(one, Scalar) and one.text else ""
    quoting = ": put it in quotes" if isinstance(default, str) and text else ""
    takes = f"`{name}` takes {_a(type(default).__name__)} like its default {_short(written(default))}"
    return f"{takes}, not the {type(reshaped(value_of(one), None)).__name__}{text}{quoting}"


def written(value: object) -> str:
    """Write a value as Python does; of a number with too many digits for that, only say so."""
    try:
        return repr(value)
    except ValueError:
        return "a number of thousands of digits"


def reshaped(value: object, like: object) -> object:
    """Return a value whose lists are tuples or sets where a similar value has such; NO_FIT for a set of lists.

    What only some readers take for a number becomes one, or text where the similar value has text.
    """
    if isinstance(value, WrittenNumber):
        return _number_or_text(value, like)
    if isinstance(value, dict):
        known = like if isinstance(like, dict) else {}
        return {_key(key, known): reshaped(item, known.get(key)) for key, item in value.items()}
    if isinstance(value, set):
        return {reshaped(item, _item_like(like, 0)) for item in value}
    if not isinstance(value, list | tuple):
        return value
    items = [reshaped(item, _item_like(like, at)) for at, item in enumerate(value)]
    try:
        return type(value)(items) if not isinstance(value, list) else _collection(like)(items)
    except TypeError:
        return NO_FIT


def _item_like(like: object, at: int) -> object:
    """Return what an item at an index should be like, by a similar value; None where that does not tell."""
    if isinstance(like, set):
        return next((one for one in like if isinstance(one, str)), None)
    return like[min(at, len(like) - 1)] if isinstance(like, list | tuple) and like else None


def _number_or_text(value: WrittenNumber, like: object) -> float | str:
    """Return the number, but text where the similar value is text, or where it is too large for anything else."""
    is_number = isinstance(like, int | float | complex)
    return value.text if isinstance(like, str) or (isinf(value) and not is_number) else float(value)


def _key(key: object, known: Mapping[object, object]) -> object:
    """Return a key: what most readers take for text is text, but where the similar dict has the number."""
    return key.text if isinstance(key, WrittenNumber) and key not in known else reshaped(key, None)


def _collection(like: object) -> type[list[object] | tuple[object, ...] | set[object]]:
    return tuple if isinstance(like, tuple) else set if isinstance(like, set) else list


def _number(value: object, default: object) -> object:
    if isinstance(default, int):
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value if isinstance(value, int) else NO_FIT
    if not isinstance(value, int | float) and not (
        isinstance(value, complex) and isinstance(default, complex)
    ):
        return NO_FIT
    try:
        return float(value) if isinstance(default, float) and isinstance(value, int) else value
    except OverflowError:
        return NO_FIT


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
