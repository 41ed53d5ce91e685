"""Values of a manager from files, and to files.

The format is that of the file's suffix: `.yaml` and `.yml` (which need the extra `yaml`), or `.json`. Names are dotted or
nested; they are written dotted, as hpargparse writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hpman._names import fault_of, prefixes
from hpman._store.lookup import refuse_unknown
from hpman._store.shape import below
from hpman._store.tree import HyperParamTree
from hpman.primitives import SET, NotLiteralEvaluable, UnknownNameError
from hpman.static.facts import NOT_LITERAL, Problem, Span
from hpman.valuefiles.encoding import NotEncodableError, encoded, text_of
from hpman.valuefiles.entries import Entry, clashes_in, entries_of
from hpman.valuefiles.errors import UnsavableError, ValueFileError, ValueProblem
from hpman.valuefiles.fitting import NO_FIT, fitted, misfit, written
from hpman.valuefiles.foreign import unwrapped
from hpman.valuefiles.nodes import DICT_ANNOTATION, is_empty, value_of
from hpman.valuefiles.reading import decode_values, format_of, line_and_column, parse_values

from .atomic import replace_files

if TYPE_CHECKING:
    from hpman._store.store import Store
    from hpman.valuefiles.encoding import Format

_SHOWN = 20  # faults in one message; `.faults` has all


class Allowed(NamedTuple):
    """What a file may have beyond what the program knows."""

    unknown: bool = False
    any_type: bool = False


def load(store: Store, path: str, allowed: Allowed) -> None:
    """Set the values of a file: all of them, or none and an error.

    Raises ValueFileError, which tells all that is wrong; UnsupportedFormatError, MissingPackageError, or OSError if
    the file cannot be read; ImpossibleTree as `set_value` does.
    """
    form = format_of(path)
    with open(path, "rb") as file:
        text = decode_values(file.read())
    if isinstance(text, Problem):
        raise _error(path, "", [(text, "")])
    values, found = _read(store, text, form, allowed)
    if found:
        raise _error(path, text, found)
    store.set(values, path)


def save(store: Store, path: str, *, leave_out: bool) -> None:
    """Write all values in force to a file, which is replaced at once.

    leave_out: write the others where some cannot be written.

    Raises UnsavableError, UnsupportedFormatError, MissingPackageError or OSError; then the file is as it was.
    """
    form = format_of(path)
    values: dict[str, object] = {}
    reasons: dict[str, str] = {}
    for node in HyperParamTree(_store=store).flatten():
        plain = _encoded(store, node.name, form)
        if isinstance(plain, NotEncodableError):
            reasons[node.name] = str(plain)
        else:
            values[node.name] = plain
    if reasons and not leave_out:
        listed = "\n".join(f"`{name}` is {reason}" for name, reason in reasons.items())
        raise UnsavableError(f"cannot save to {path}, and nothing was written:\n{listed}", reasons=reasons)
    replace_files({path: text_of(values, form).encode("utf-8")})


def _read(
    store: Store, text: str, form: Format, allowed: Allowed
) -> tuple[dict[str, Any], list[tuple[Problem, str]]]:
    """Give the values of a text, and what is wrong, each problem with the name that it is about."""
    parsed = parse_values(text, form)
    named = entries_of(parsed.documents, store.separator, partial(_is_defined, store))
    found = [(problem, "") for problem in (*parsed.problems, *named.problems)]
    if len(parsed.documents) > 1:
        found.append(
            (
                Problem(
                    "several-documents", "a second document: which one is meant?", _span(parsed.documents[1])
                ),
                "",
            )
        )
    found += [(problem, entry.name) for entry, problem in clashes_in(named.entries, store.separator)]
    values: dict[str, Any] = {}
    for entry in named.entries:
        if entry.kind == "value" and not _is_empty_group(store, entry):
            value = _value(store, entry, allowed)
            if isinstance(value, Problem):
                found.append((value, entry.name))
            else:
                values[entry.name] = value
    return values, found


def _value(store: Store, entry: Entry, allowed: Allowed) -> Any:
    """Give what a hyperparameter takes of an entry, or the problem."""
    name, span = entry.name, entry.key.span
    fault = fault_of(name, store.separator)
    if fault:
        return Problem("bad-name", fault, span)
    misplaced = _misplaced(store, name)
    if misplaced:
        return Problem("leaf-and-branch", misplaced, span)
    if not allowed.unknown:
        try:
            refuse_unknown(store, [name])
        except UnknownNameError as error:
            return Problem("unknown-name", str(error), span)
    value = value_of(entry.value)
    if value is NOT_LITERAL:
        return Problem("value-not-of-type", f"`{name}` has a value that is no plain data", _span(entry.value))
    default = _default(store, name)
    taken = fitted(value, default)
    if taken is not NO_FIT:
        return taken
    return (
        fitted(value, None)
        if allowed.any_type
        else Problem("value-not-of-type", misfit(name, entry.value, default), _span(entry.value))
    )


def _is_empty_group(store: Store, entry: Entry) -> bool:
    """Tell whether nothing stands behind the name of a group: it has names, and the file none of them."""
    return is_empty(entry.value) and _held(store, entry.name) is not None


def _held(store: Store, name: str) -> str | None:
    """Give a name that a source or a call has in a group; None where it is no group."""
    return next((row.name for row in below(store, name) if row.level != SET), None)


def _misplaced(store: Store, name: str) -> str:
    """Say why a name cannot have a value: it is a group, or would be a part of a value that has none; "" if it can."""
    held = _held(store, name)
    if held is not None:
        return f"`{name}` is a group (it holds `{held}`), so that it cannot have a value"
    for prefix in prefixes(name, store.separator):
        value = _default(store, prefix)
        if value is not None and not isinstance(value, dict):
            return f"`{prefix}` is a value (by default {written(value)}), so that it cannot hold `{name}`"
    return ""


def _default(store: Store, name: str) -> object:
    """Give the value that the source or a call has for a name, or an item's in a dict; None where there is none."""
    for row in store.rows_of(name):
        if row.level != SET and row.has_default_value:
            return None if isinstance(row.value, NotLiteralEvaluable) else unwrapped(row.value)
    for prefix in prefixes(name, store.separator):
        item = _default(store, prefix)
        for part in name[len(prefix) + 1 :].split(store.separator):
            item = item.get(part) if isinstance(item, dict) else None
        if item is not None:
            return item
    return None


def _is_defined(store: Store, name: str) -> bool:
    """Tell whether a source or a call has a name for a value of its own: not only to read a branch as a whole."""
    return any(
        row.level != SET and (row.has_default_value or name not in store.branches)
        for row in store.rows_of(name)
    )


def _encoded(store: Store, name: str, form: Format) -> object:
    """Give a value as a file can hold it, or what is in the way."""
    value = store.value(name)
    if isinstance(value, NotLiteralEvaluable):
        return NotEncodableError(f"not known yet: the call with its default `{value}` has not run")
    try:
        plain = encoded(value, _default(store, name), form)
    except NotEncodableError as error:
        return error
    if isinstance(plain, dict) and not (_is_defined(store, name) and _can_be_group(plain, store.separator)):
        # Where the name is not defined, nobody who loads it could tell this dict from a group of names.
        return {DICT_ANNOTATION: True, **plain}
    return plain


def _can_be_group(value: Mapping[object, object], separator: str) -> bool:
    """Whether a dict that is taken for a group of names gives itself: its keys can be parts of names."""
    return all(
        isinstance(key, str)
        and key not in ("", DICT_ANNOTATION)
        and separator not in key
        and not (isinstance(item, dict) and not _can_be_group(item, separator))
        for key, item in value.items()
    )


def _error(path: str, text: str, found: list[tuple[Problem, str]]) -> ValueFileError:
    ordered = sorted(found, key=lambda pair: pair[0].span)
    faults = tuple(
        ValueProblem(problem.code, problem.message, path, *line_and_column(text, problem.span.start), name)
        for problem, name in ordered
    )
    shown = [str(fault) for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        shown.append(f"... and {len(faults) - _SHOWN} more: see `faults` of this exception")
    return ValueFileError("\n".join(shown), filename=path, faults=faults)


def _span(node: Any) -> Span:
    span: Span = node.span
    return span
