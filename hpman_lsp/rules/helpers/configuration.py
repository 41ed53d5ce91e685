"""What `[tool.hpman]` can hold, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from hpman._names import alike, did_you_mean
from hpman_lsp.text.toml import Path
from hpman_lsp.workspace.disk.ignore import bad_pattern

from .finding import OFF, SEVERITIES

SECTION: Final[Path] = ("tool", "hpman")
_SHORTEST_HINT: Final = 4
_SWITCHES: Final = {
    **dict.fromkeys(("true", "yes", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "off", "0"), "false"),
}


class Fault(NamedTuple):
    """One thing that is wrong: at a key, or at its value.

    meant: what may stand in its place, as TOML, the likeliest first.
    """

    path: Path
    message: str
    at_key: bool = False
    meant: tuple[str, ...] = ()


# Checks a value: (its path, the value).
_Check = Callable[[Path, object], Iterator[Fault]]


def faults_in(document: Mapping[str, object]) -> Iterator[Fault]:
    """Find what is wrong with the `[tool.hpman]` of a document that was read."""
    value: object = document
    for key in SECTION:
        if not isinstance(value, Mapping) or key not in value:
            return
        value = value[str(key)]
    yield from _table(_KEYS)(SECTION, value)


def _table(keys: Mapping[str, _Check]) -> _Check:
    def check(path: Path, value: object) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, f"{_shown(path)} must be a table of {_listed(keys)}{_not(value)}")
            return
        for key, item in value.items():
            if key in keys:
                yield from keys[key]((*path, key), item)
            else:
                meant = alike(key, keys)
                hint = did_you_mean(meant) or f"; there are {_listed(keys)}"
                yield Fault((*path, key), f"{_shown(path)} has no key `{key}`{hint}", True, meant)

    return check


def _scopes(path: Path, value: object) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(path, f"{_shown(path)} must be a table: name = [patterns]{_not(value)}")
        return
    for name, patterns in value.items():
        yield from _patterns((*path, name), patterns)


def _patterns(path: Path, value: object) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _pattern(path, value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _pattern((*path, index), item)
    else:
        yield Fault(path, f"{_shown(path)} must be a pattern or a list of patterns{_not(value)}")


def _pattern(path: Path, value: object) -> Iterator[Fault]:
    if not isinstance(value, str) or not value:
        yield Fault(path, f"a pattern is a string, such as `lib/**`{_not(value)}")
    elif reason := bad_pattern(value):
        yield Fault(path, f"`{value}` is no pattern: {reason}")


def _diagnostics(path: Path, value: object) -> Iterator[Fault]:
    from hpman_lsp.rules.table import RULES  # noqa: PLC0415 - it has this rule too

    if not isinstance(value, Mapping):
        yield Fault(path, f'{_shown(path)} must be a table: code = "severity"{_not(value)}')
        return
    codes = [rule.code for rule in RULES]
    for code, severity in value.items():
        if code not in codes:
            meant = alike(code, codes)
            yield Fault((*path, code), f"`{code}` is no problem's code{did_you_mean(meant)}", True, meant)
        elif severity not in (OFF, *SEVERITIES):
            shown = _listed((OFF, *reversed(SEVERITIES)))
            message = f"a severity is one of {shown}{_not(severity)}"
            yield Fault((*path, code), message, meant=tuple(_severities_like(severity)))


def _severities_like(value: object) -> Iterator[str]:
    """Give the severities that a value may be meant for, `"warning"` for "warn"."""
    text = str(value).lower()
    known = (OFF, *SEVERITIES)
    near = (*alike(text, known), *(one for one in known if text and one.startswith(text)))
    meant = OFF if value is False or text in ("none", "ignore", "disabled") else None
    yield from (f'"{one}"' for one in dict.fromkeys((*([meant] if meant else []), *near)))


def _switch(path: Path, value: object) -> Iterator[Fault]:
    if not isinstance(value, bool):
        meant = _SWITCHES.get(str(value).lower())
        message = f"{_shown(path)} must be true or false{_not(value)}"
        yield Fault(path, message, meant=() if meant is None else (meant,))


def _length(path: Path, value: object) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool) or value < _SHORTEST_HINT:
        message = f"{_shown(path)} must be a whole number from {_SHORTEST_HINT} on{_not(value)}"
        number = re.match(r"\d{1,9}", str(value))
        yield Fault(path, message, meant=(str(max(_SHORTEST_HINT, int(number[0]))),) if number else ())


_KEYS: Final[Mapping[str, _Check]] = {
    "scopes": _scopes,
    "exclude": _patterns,
    "value-files": _patterns,
    "diagnostics": _diagnostics,
    "inlay-hints": _table({"enabled": _switch, "max-length": _length}),
    "code-lens": _table({"enabled": _switch}),
}


def _shown(path: Path) -> str:
    below = ".".join(map(str, path[len(SECTION) :]))
    return f"`{below}`" if below else "[tool.hpman]"


def _not(value: object) -> str:
    """Word what a value is instead."""
    if isinstance(value, str):
        return f', not "{value}"' if len(value) < 40 else ", not this string"
    if isinstance(value, bool):
        return f", not {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f", not {value}"
    return (
        ", not a list" if isinstance(value, list) else ", not a table" if isinstance(value, Mapping) else ""
    )


def _listed(words: Iterator[str] | Mapping[str, object] | tuple[str, ...]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} and {last}" if most else last
