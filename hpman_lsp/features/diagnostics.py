"""What is wrong with the hyperparameters of a file, or with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpman.static.facts import Span
from hpman_lsp.rules import internal_error, unused_ignore
from hpman_lsp.rules.helpers.finding import OFF, Diagnostic, Severity, Violation
from hpman_lsp.rules.helpers.kinds import Kind, kind_of
from hpman_lsp.rules.helpers.severities import severities, severity_of
from hpman_lsp.rules.helpers.silence import Commented, commented, silenced
from hpman_lsp.rules.table import CODES, RULES, Rule
from hpman_lsp.workspace import faults
from hpman_lsp.workspace.snapshot import Snapshot


def diagnostics(snapshot: Snapshot, path: str) -> tuple[Diagnostic, ...]:
    """Find what all rules that are on tell of a file, and no comment silences, in source order."""
    kind = kind_of(snapshot, path)
    chosen = severities(snapshot, path)
    severity = {rule: severity_of(rule, chosen) for rule in RULES}
    on = {rule: one for rule, one in severity.items() if one != OFF}
    comments = commented(snapshot, path)
    if comments is not None and comments.directives:
        found = _unsilenced(snapshot, path, on, comments)
    else:
        found = _found(snapshot, path, kind, on)
    return tuple(sorted(found, key=lambda one: (one.span, one.code)))


def _found(
    snapshot: Snapshot, path: str, kind: Kind | None, rules: dict[Rule, Severity]
) -> Iterator[Diagnostic]:
    for rule, severity in rules.items():
        check = rule.check_of(kind)
        if check is not None:
            try:
                yield from _diagnostics(rule, severity, check(snapshot, path))
            except Exception as error:  # noqa: BLE001 - what one rule cannot say must not silence the others
                message = internal_error.message_of(faults.words(error))
                yield Diagnostic(Span(0, 0), internal_error.CODE, "error", message)


def _unsilenced(
    snapshot: Snapshot, path: str, on: dict[Rule, Severity], file: Commented
) -> Iterator[Diagnostic]:
    """A comment against what is off is not idle, so all rules run."""
    everything = {rule: on.get(rule, rule.severity) for rule in RULES}
    outcome = silenced(file, _found(snapshot, path, kind_of(snapshot, path), everything), CODES)
    yield from (one for one in outcome.told if any(one.code == rule.code for rule in on))
    if snapshot.complete and not file.is_broken:  # else something may not have been found yet
        for rule, severity in on.items():
            if rule.code == unused_ignore.CODE:
                yield from _diagnostics(rule, severity, outcome.idle)


def _diagnostics(rule: Rule, severity: Severity, found: Iterable[Violation]) -> Iterator[Diagnostic]:
    for one in found:
        yield Diagnostic(
            one.span, rule.code, severity, one.message, one.related, one.faded, rule.link, one.data
        )
