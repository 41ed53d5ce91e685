"""Hands values to child processes, through an environment variable that they inherit.

The variable holds a Python literal, `{placeholder: {name: value}}` for set values and `{(placeholder, "called"): ...}`,
`{(placeholder, "parsed"): ...}` for defaults, which is read by `ast.literal_eval`: it is data and never code. Whoever can write a process's environment can set its hyperparameters, as they
can set `PYTHONPATH`.
"""

from __future__ import annotations

import os

from hpman.primitives import ExportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from typing import Any

    from hpman._store.handing import Ranked

VARIABLE = "HPMAN_VALUES"
LIMIT = 100_000  # bytes; Linux takes 131,072 for one variable, and starts no process beyond that

_ATOMS = frozenset({int, bool, str, bytes, complex, type(None)})
_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ",)"), set: ("{", "}")}
_DEFAULTS = ("called", "parsed")


def export(placeholder: str, values: Ranked, environ: MutableMapping[str, str] | None) -> str:
    """Write a manager's values to an environment, beside those of other managers.

    Defaults are left out that are no literals, and all of them where they are too long; that is warned of.

    environ: os.environ, if None.

    Returns the text with all of them. Raises ExportError for a set value that is no literal, and for more than `LIMIT`
    bytes; then the environment is as it was.
    """
    target = os.environ if environ is None else environ
    held = {key: _dict_of(some) for key, some in _read(target).items() if _placeholder(key) != placeholder}
    held[placeholder] = _dict({name: _written(name, value) for name, value in values["set"].items()})
    short = _dict(held)
    if len(short.encode()) > LIMIT:
        raise ExportError(
            f"the values of `{placeholder}` take {len(short.encode())} bytes of at most {LIMIT} in the environment: "
            "write them to a file, and give the file's name to the child processes"
        )
    defaults = {(placeholder, rank): _literals(values[rank]) for rank in _DEFAULTS}
    whole = _dict({**held, **{key: _dict(some) for key, some in defaults.items() if some}})
    if len(whole.encode()) > LIMIT:
        from warnings import warn  # noqa: PLC0415

        warn(
            f"export_values: the defaults of `{placeholder}` are too long for the environment "
            f"({len(whole.encode())} bytes of at most {LIMIT}): parse in the child processes too",
            RuntimeWarning,
            stacklevel=4,
        )
    target[VARIABLE] = whole if len(whole.encode()) <= LIMIT else short
    return whole


def ranked(placeholder: str, environ: Mapping[str, str]) -> Ranked:
    """Return all values that an environment has for a manager; raises ExportError if they cannot be read."""
    found = _read(environ) if VARIABLE in environ else {}
    defaults = {rank: found.get((placeholder, rank), {}) for rank in _DEFAULTS}
    return {"set": found.get(placeholder, {}), **defaults}


def placeholders(environ: Mapping[str, str]) -> list[str]:
    """Return the placeholders of the managers that an environment has values for."""
    return list(dict.fromkeys(map(_placeholder, _read(environ))))


def _placeholder(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else key[0]


def _literals(values: Mapping[str, Any]) -> dict[str, str]:
    """Write the values that are literals."""
    written = {name: _literal_or_none(value) for name, value in values.items()}
    return {name: text for name, text in written.items() if text is not None}


def _literal_or_none(value: Any) -> str | None:
    try:
        return _literal(value)
    except (_NoLiteralError, RecursionError):
        return None


def _read(environ: Mapping[str, str]) -> dict[Any, dict[str, Any]]:
    from ast import literal_eval  # noqa: PLC0415 - in processes that inherit values only

    text = environ.get(VARIABLE, "{}")
    try:
        found = literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ExportError(
            f"the environment variable {VARIABLE} cannot be read: {error}: {text[:200]!r}"
        ) from error
    if not isinstance(found, dict) or not all(map(_is_entry, found, found.values())):
        raise ExportError(
            f"the environment variable {VARIABLE} holds no values by placeholder: {text[:200]!r}"
        )
    return found


def _is_entry(key: object, held: object) -> bool:
    """Whether this is what a manager may have in the variable."""
    is_default = isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], str) and key[1] in _DEFAULTS
    return (isinstance(key, str) or is_default) and isinstance(held, dict)


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


def _dict(written: Mapping[Any, str]) -> str:
    return "{" + ",".join(f"{key!r}:{value}" for key, value in written.items()) + "}"
