"""What an editor shows beside the source: a user sets it, and a project may say otherwise for its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True)
class Display:
    """The switches.

    inlay_hints: show the value behind a call that has none itself; inlay_length: characters of it at most.
    code_lens: show above each default how often it is used.
    """

    inlay_hints: bool = True
    inlay_length: int = 30
    code_lens: bool = False


class Change(NamedTuple):
    """One switch that is set: the name of its field in `Display`, and its value."""

    field: str
    value: bool | int


class _Switch(NamedTuple):
    """group, name: as an editor's settings have them; in a pyproject.toml they are in kebab case."""

    group: str
    name: str
    field: str
    least: int | None = None  # of a number; None for a switch that is on or off


SHORTEST: Final = 4
_SWITCHES: Final = (
    _Switch("inlayHints", "enabled", "inlay_hints"),
    _Switch("inlayHints", "maxLength", "inlay_length", SHORTEST),
    _Switch("codeLens", "enabled", "code_lens"),
)


def read_display(
    section: Mapping[str, object], faults: list[str], *, kebab: bool = False
) -> Iterator[Change]:
    """Read the switches that a section sets; what is wrong is added to faults, as a sentence each.

    kebab: names are spelled as in a pyproject.toml.
    """
    for switch in _SWITCHES:
        group, name = (_kebab(switch.group), _kebab(switch.name)) if kebab else (switch.group, switch.name)
        table = section.get(group, {})
        if not isinstance(table, dict):
            faults.append(f"`{group}` must hold `{name}`; the default is used")
        elif name in table:
            value = table[name]
            if _fits(value, switch):
                yield Change(switch.field, value)
            else:
                faults.append(f"`{group}.{name}` must be {_wanted(switch)}; the default is used")


def _fits(value: object, switch: _Switch) -> bool:
    if switch.least is None:
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool) and value >= switch.least


def _wanted(switch: _Switch) -> str:
    return "true or false" if switch.least is None else f"a whole number from {switch.least} on"


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda capital: f"-{capital[0].lower()}", name)
