"""Hands set values to child processes, through an environment variable that they inherit.

The variable holds a Python literal, `{placeholder: {name: value}}`, which is read by `ast.literal_eval`: it is
data and never code. Whoever can write a process's environment can set its hyperparameters, as they
can set `PYTHONPATH`.
"""

from __future__ import annotations

import os

from hpman.primitives import ExportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from typing import Any

VARIABLE = "HPMAN_VALUES"
ORIGIN = f"<{VARIABLE}>"  # the file name of values that came this way
LIMIT = 100_000  # bytes; Linux takes 131,072 for one variable, and starts no process beyond that

_ATOMS = frozenset({int, bool, str, bytes, complex, type(None)})
_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ",)"), set: ("{", "}")}


def export(placeholder: str, values: Mapping[str, Any], environ: MutableMapping[str, str] | None) -> None:
    """Write a manager's values to an environment, beside those of other managers.

    environ: os.environ, if None.

    Raises ExportError for a value that is no literal, and for more than `LIMIT` bytes in all; then the
    environment is as it was.
    """
    target = os.environ if environ is None else environ
    written = {name: _written(name, value) for name, value in values.items()}
    others = {key: _dict_of(held) for key, held in _read(target).items() if key != placeholder}
    text = _dict({**others, placeholder: _dict(written)})
    if len(text.encode()) > LIMIT:
        raise ExportError(
            f"the values of `{placeholder}` take {len(text.encode())} bytes of at most {LIMIT} in the environment: "
            "write them to a file, and give the file's name to the child processes"
        )
    target[VARIABLE] = text


def inherited(placeholder: str) -> dict[str, Any]:
    """Give the values that a manager inherits; raises ExportError if they cannot be read."""
    return _read(os.environ).get(placeholder, {}) if VARIABLE in os.environ else {}


def _read(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    from ast import literal_eval  # noqa: PLC0415 - in processes that inherit values only

    text = environ.get(VARIABLE, "{}")
    try:
        found = literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ExportError(
            f"the environment variable {VARIABLE} cannot be read: {error}: {text[:200]!r}"
        ) from error
    if not isinstance(found, dict) or not all(isinstance(held, dict) for held in found.values()):
        raise ExportError(
            f"the environment variable {VARIABLE} holds no values by placeholder: {text[:200]!r}"
        )
    return found


def _written(name: str, value: Any) -> str:
    try:
        return _literal(value)
    except (_NoLiteralError, RecursionError) as error:
        raise ExportError(
            f"the value of `{name}` cannot be handed to child processes: {error} is no literal; pass the manager "
            "itself to them, which pickles its values",
            name=name,
        ) from error


class _NoLiteralError(Exception):
    """Its text shows what cannot be written."""


def _literal(value: Any) -> str:
    """Write a value so that `literal_eval` gives an equal one of the same types; raises _NoLiteralError."""
    kind = type(value)
    if kind in _ATOMS:
        return repr(value)
    if kind is float and value == value:  # noqa: PLR0124 - not a number is the only float that no literal gives
        return repr(value).replace("inf", "1e999")
    if kind is dict:
        return _dict_of(value)
    if kind not in _BRACKETS:
        from hpman.valuefiles.foreign import unwrapped  # noqa: PLC0415 - few values need it

        plain = unwrapped(value)
        if plain is not value:
            return _literal(plain)
        raise _NoLiteralError(f"{value!r} ({kind.__name__})")
    if not value:
        return repr(value)
    opening, closing = _BRACKETS[kind]
    return opening + ",".join(map(_literal, value)) + closing


def _dict_of(values: Mapping[Any, Any]) -> str:
    return "{" + ",".join(f"{_literal(key)}:{_literal(value)}" for key, value in values.items()) + "}"


def _dict(written: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{key!r}:{value}" for key, value in written.items()) + "}"
