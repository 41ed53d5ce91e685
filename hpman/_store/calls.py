"""What each name was called with last, so that a call that says the same again is not recorded again."""

from __future__ import annotations

from hpman.primitives import EMPTY

from .values import is_alike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class LastCalls:
    """The last call with a default, by name; it stays until another call comes, or a row is changed.

    same: its default, where it can be told by identity. alike: where it cannot, a copy of it.
    """

    __slots__ = ("_hints", "alike", "same")

    def __init__(self) -> None:
        self.same: dict[str, Any] = {}
        self.alike: dict[str, Any] = {}
        self._hints: dict[str, Mapping[str, Any]] = {}

    def note(self, name: str, stored: Any, hints: Mapping[str, Any], is_copy: bool) -> None:
        """Remember a call."""
        self.forget(name)
        (self.alike if is_copy else self.same)[name] = stored
        self._hints[name] = hints

    def repeats(self, name: str, value: Any, hints: Mapping[str, Any]) -> bool:
        """Whether the last call of a name had a default like this one, of literals, and these hints."""
        try:
            held = self.alike.get(name, EMPTY)
            return is_alike(held, value) and (not hints or self.has_hints(name, hints))
        except (TypeError, RecursionError):  # a name that cannot be hashed, a list that holds itself
            return False

    def has_hints(self, name: str, hints: Mapping[str, Any]) -> bool:
        """Whether the last call of a name had these hints."""
        try:
            return bool(self._hints[name] == hints)
        except Exception:  # noqa: BLE001 - an array or a tensor among them does not tell whether it is equal
            return False

    def forget(self, name: str) -> None:
        """Forget the last call of a name."""
        self.same.pop(name, None)
        self.alike.pop(name, None)
        self._hints.pop(name, None)

    def clear(self) -> None:
        """Forget all."""
        self.same.clear()
        self.alike.clear()
        self._hints.clear()
