"""How severe each rule is for a file: what its project says, else what the user says, else the rule's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hpman_lsp.rules.table import Rule
from hpman_lsp.workspace.configuration.projects import project_of
from hpman_lsp.workspace.snapshot import Snapshot

from .finding import OFF, SEVERITIES, Severity


def severities(snapshot: Snapshot, path: str) -> Mapping[str, str]:
    """Give what is set for a file, by code; what is no severity is still in it."""
    project = project_of(snapshot.projects, path)
    ours = project.severities if project is not None else ()
    return dict((*snapshot.settings.severities, *ours))


def severity_of(rule: Rule, chosen: Mapping[str, str]) -> Severity | Literal["off"]:
    """Give a rule's severity; a value that is none counts for nothing."""
    value = chosen.get(rule.code)
    if value == OFF:
        return "off"
    return next((one for one in SEVERITIES if one == value), rule.severity)
