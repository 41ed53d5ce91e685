"""Values as a file can hold them, and as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from .foreign import unwrapped
from .nodes import DICT_ANNOTATION
from .package import pyyaml
from .yaml_scalars import looks_like_a_number

Format: TypeAlias = Literal["yaml", "json"]
_MAP = "tag:yaml.org,2002:map"


class NotEncodableError(ValueError):
    """A value that no file of a format can hold; the message says what it is, and what to do."""


def encoded(value: object, like: object, form: Format) -> object:
    """Give a value as plain data; raises NotEncodableError.

    like: the hyperparameter's default. Where that has a tuple or a set, so will the value once it is loaded (see
        `fitting`), so that a plain list says all; elsewhere YAML has tags for them, and JSON nothing.
    """
    if isinstance(value, dict) and DICT_ANNOTATION in value:
        raise NotEncodableError(
            f"a dict with the key {DICT_ANNOTATION!r}, which is a mark in files of values"
        )
    try:
        return _Encoder(form).encode(value, like)
    except RecursionError:
        raise NotEncodableError("a value that holds itself, or is nested too deeply") from None


def text_of(values: Mapping[str, object], form: Format) -> str:
    """Give encoded values as the text of a file."""
    if form == "json":
        return json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    yaml = pyyaml()
    style = {"sort_keys": False, "allow_unicode": True, "width": 2**30, "default_flow_style": None}
    text: str = yaml.dump(_Lines(values), Dumper=_dumper(yaml), **style)
    return text


class _Lines(dict[str, object]):
    """A dict of which each item begins a line."""


class _Encoder:
    def __init__(self, form: Format) -> None:
        self._form = form

    def encode(self, value: object, like: object) -> object:
        value = unwrapped(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, list | tuple):
            return self._sequence(value, like)
        return self._dict(value, like) if isinstance(value, dict) else self._other(value, like)

    def _other(self, value: object, like: object) -> object:
        if isinstance(value, set) and (self._form == "yaml" or isinstance(like, set)):
            items = [self.encode(item, None) for item in _in_order(value)]
            return set(items) if self._form == "yaml" else items
        if isinstance(value, bytes | complex) and self._form == "yaml":
            return value
        raise NotEncodableError(_described(value, self._form))

    def _number(self, value: float) -> object:
        plain = int(value) if isinstance(value, int) else float(value)
        if self._form == "json" and isinstance(plain, float) and plain - plain != 0:
            raise NotEncodableError(f"the number {plain}, which JSON does not have: save as YAML")
        try:
            repr(plain)
        except ValueError:
            raise NotEncodableError("an integer with more digits than Python writes") from None
        return plain

    def _sequence(self, value: list[object] | tuple[object, ...], like: object) -> object:
        alike = like if isinstance(like, list | tuple) and like else (None,)
        items = [self.encode(item, alike[min(at, len(alike) - 1)]) for at, item in enumerate(value)]
        if isinstance(value, list) or isinstance(like, tuple):
            return items
        if self._form == "yaml":
            return tuple(items)
        raise NotEncodableError("a tuple where the default has none, and JSON has lists only: save as YAML")

    def _dict(self, value: dict[object, object], like: object) -> object:
        known: Mapping[object, object] = like if isinstance(like, dict) else {}
        if self._form == "json":
            odd = next((key for key in value if not isinstance(key, str)), None)
            if odd is not None or None in value:
                raise NotEncodableError(
                    f"a dict with the key {odd!r}, and in JSON keys are text: save as YAML"
                )
        return {self.encode(key, None): self.encode(item, known.get(key)) for key, item in value.items()}


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise NotEncodableError(f"the text {value!r}, which is half a character") from None
    return str.__str__(value)


def _described(value: object, form: Format) -> str:
    kind = f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")
    if form == "json" and isinstance(value, bytes | complex | set):
        return f"a value of the type {kind}, which JSON does not have: save as YAML"
    return f"a value of the type {kind}: make it of numbers, text, lists and dicts"


def _in_order(items: Iterable[object]) -> list[object]:
    """Sets have no order, and a file shall not change with each run."""
    return sorted(items, key=lambda item: (type(item).__name__, repr(item)))


def _dumper(yaml: Any) -> Any:
    class Dumper(yaml.SafeDumper):  # type: ignore[misc]
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
            """One object in two places is written twice: a person reads this."""
            return True

    Dumper.add_representer(_Lines, lambda one, data: one.represent_mapping(_MAP, data, flow_style=not data))
    Dumper.add_representer(str, _represented_text)
    Dumper.add_representer(
        tuple, lambda one, data: one.represent_sequence("tag:yaml.org,2002:python/tuple", data)
    )
    Dumper.add_representer(
        set,
        lambda one, data: one.represent_mapping(
            "tag:yaml.org,2002:set", [(item, None) for item in _in_order(data)]
        ),
    )
    Dumper.add_representer(
        complex,
        lambda one, data: one.represent_scalar("tag:yaml.org,2002:python/complex", f"{data!r}".strip("()")),
    )
    return Dumper


def _represented_text(dumper: Any, text: str) -> Any:
    """Line ends are escaped, for PyYAML folds some of them into spaces; what another reader takes for a number is quoted."""
    style = '"' if not text.isprintable() or looks_like_a_number(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
