"""What rules find, and what becomes of it once its rule and its severity are known."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from hpman.static.facts import Span

Severity = Literal["error", "warning", "information", "hint"]

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
OFF: Final = "off"

# Other places that one diagnostic points to: of thousands, each pointing to all others, nobody reads more.
MOST_RELATED: Final = 20


class Related(NamedTuple):
    """Another place that a diagnostic is about."""

    path: str
    span: Span
    message: str


class Violation(NamedTuple):
    """What a rule finds at one place of the file that it checks.

    span: what an editor underlines; message: what is wrong, where else, and what to do, in one line.
    faded: the code could as well not be there; editors that can show it so.
    data: what a fix has to know of it, which no words say.
    """

    span: Span
    message: str
    related: tuple[Related, ...] = ()
    faded: bool = False
    data: str = ""


class Diagnostic(NamedTuple):
    """A violation of a known rule, as severe as the user wants it.

    code: the rule's, stable; link: its page; data: as in `Violation`.
    """

    span: Span
    code: str
    severity: Severity
    message: str
    related: tuple[Related, ...] = ()
    faded: bool = False
    link: str = ""
    data: str = ""
