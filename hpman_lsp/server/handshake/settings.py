"""What a user sets under `hpman`, read leniently: a wrong value is one line in the log, and the default is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hpman_lsp.rules.helpers.finding import OFF, SEVERITIES
from hpman_lsp.rules.table import RULES
from hpman_lsp.workspace.configuration.display import Display, read_display
from hpman_lsp.workspace.configuration.settings import Settings

SECTION = "hpman"
_CHOICES = (OFF, *reversed(SEVERITIES))


def settings_of(sent: object) -> tuple[Settings, tuple[str, ...]]:
    """The settings in what a client sends, and what is wrong with it.

    sent: the section's content, or an object that holds it under `hpman`; clients do both. Nothing (null) gives
        the defaults.
    """
    section = sent.get(SECTION, sent) if isinstance(sent, dict) else sent
    if section is None:
        return Settings(), ()
    if not isinstance(section, dict):
        return Settings(), (f"settings: `{SECTION}` must be an object; the defaults are used",)
    problems: list[str] = []
    exclude = _patterns("exclude", section.get("exclude", []), problems)
    value_files = _patterns("valueFiles", section.get("valueFiles", []), problems)
    severities = tuple(_severities(section.get("diagnostics", {}), problems))
    return Settings(exclude, severities, _display(section, problems), value_files), tuple(problems)


def _display(section: dict[str, object], problems: list[str]) -> Display:
    faults: list[str] = []
    changes = {change.field: change.value for change in read_display(section, faults)}
    problems += (f"settings: in `{SECTION}`: {fault}" for fault in faults)
    return replace(Display(), **changes)  # type: ignore[arg-type]  # each is of its field's type


def _patterns(name: str, value: object, problems: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    problems.append(f"settings: `{SECTION}.{name}` must be a list of patterns; the default is used")
    return ()


def _severities(value: object, problems: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        problems.append(f"settings: `{SECTION}.diagnostics` must be an object; the defaults are used")
        return
    codes = {rule.code for rule in RULES}
    for code, severity in value.items():
        if code not in codes:
            problems.append(f"settings: `{SECTION}.diagnostics` has `{code}`, which is no problem's code")
        elif severity not in _CHOICES:
            shown = ", ".join(f"`{one}`" for one in _CHOICES)
            problems.append(
                f"settings: `{SECTION}.diagnostics.{code}` must be one of {shown}; the default is used"
            )
        else:
            yield code, severity
