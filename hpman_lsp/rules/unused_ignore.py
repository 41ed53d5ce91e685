"""`unused-ignore`: a comment to hpman that does nothing: its code is none, or it is misspelt, or nothing is silenced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hpman._names import alike, did_you_mean
from hpman_lsp.workspace.python.directives import VERBS, Directive
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.finding import Violation
from .helpers.kinds import Kind, kind_of
from .helpers.silence import commented

CODE = "unused-ignore"


def check_of(codes: Callable[[], Iterable[str]]) -> Callable[[Snapshot, str], Iterator[Violation]]:
    """Give the rule, which has to know all codes; that a comment silences nothing is known once all rules have run."""

    def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
        """Tell it at the word that is not known."""
        file, kind = commented(snapshot, path), kind_of(snapshot, path)
        for one in file.directives if file is not None else ():
            yield from _unknown(one, tuple(codes()), kind)

    return check


def _unknown(directive: Directive, codes: tuple[str, ...], kind: Kind | None) -> Iterator[Violation]:
    verb = directive.verb
    if verb not in VERBS:
        meant = alike(verb, VERBS)
        if meant:  # else it is prose
            message = f"hpman knows no `{verb}` in a comment{did_you_mean(meant[:1])}"
            yield Violation(directive.span, message)
    elif verb == "uses" and kind != "source":
        message = "`uses` is for Python files: here it does nothing; write it where the names are used"
        yield Violation(directive.span, message)
    elif verb == "uses" and not directive.words:
        yield Violation(directive.span, "`uses` needs the names that are used: `# hpman: uses lr_*`")
    elif verb != "uses":
        for word in directive.words:
            if word.text not in codes:
                meant = alike(word.text, codes)
                yield Violation(word.span, f"no problem has the code `{word.text}`{did_you_mean(meant)}")
