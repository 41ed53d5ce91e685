"""Fixes by comments: one that silences a diagnostic, and those of comments that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from hpman._names import alike
from hpman.static.facts import Span
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.helpers.silence import Commented, commented
from hpman_lsp.rules.table import CODES
from hpman_lsp.rules.unused_ignore import CODE
from hpman_lsp.text.edits import Edit, apply_edits
from hpman_lsp.workspace.python.directives import VERBS, Directive
from hpman_lsp.workspace.snapshot import Snapshot

from .fix import Fix, call_around, one_edit


def ignored(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Fix | None:
    """Silence a diagnostic: on the line where it ends, or where its call does; None where no comment can be."""
    file = commented(snapshot, path)
    if file is None or diagnostic.code == CODE:
        return None
    call = call_around(snapshot, path, diagnostic.span)
    ends = [diagnostic.span.end, *([call.call.end] if call is not None else [])]
    for line in dict.fromkeys(map(file.lines.line_of, ends)):
        edit = _ignoring(file, line, diagnostic.code)
        if _is_comment(file, edit):
            return Fix(f"Ignore `{diagnostic.code}` here", {path: (edit,)})
    return None


def unused_ignore(snapshot: Snapshot, path: str, diagnostic: Diagnostic) -> Iterator[Fix]:
    """Write what was meant, or remove what does nothing."""
    file = commented(snapshot, path)
    if file is None:
        return
    for one in file.directives:
        word = next((word for word in one.words if word.span == diagnostic.span), None)
        if word is not None:
            if word.text not in CODES:
                for code in alike(word.text, CODES)[:1]:
                    yield from one_edit(f"Write `{code}`", path, Edit(word.span, code))
            yield from one_edit(
                f"Remove `{word.text}`", path, _without_word(file, one, word.span), safe=diagnostic.faded
            )
        elif one.span == diagnostic.span:
            for verb in alike(one.verb, VERBS)[:1] if one.verb not in VERBS else ():
                at = file.lines.text.index(one.verb, one.span.start)
                yield from one_edit(f"Write `{verb}`", path, Edit(Span(at, at + len(one.verb)), verb))
            yield from one_edit("Remove this comment", path, _without(file, one), safe=diagnostic.faded)


def _ignoring(file: Commented, line: int, code: str) -> Edit:
    """Name a code in the comment that a line has, or in a new one at its end."""
    for one in file.directives:
        if one.verb == "ignore" and one.words and file.lines.line_of(one.span.start) == line:
            at = one.words[-1].span.end
            return Edit(Span(at, at), f", {code}")
    at = file.lines.end_of(line)
    return Edit(Span(at, at), f"  # hpman: ignore[{code}]")


def _is_comment(file: Commented, edit: Edit) -> bool:
    """Tell whether a comment that is written so is one: it is none in a string, or behind a backslash."""
    if file.lines.text.endswith("\\", 0, edit.span.start):
        return False
    before, after = (
        [word for one in file.reads(text) if one.verb == "ignore" for word in one.words]
        for text in (file.lines.text, apply_edits(file.lines.text, [edit]))
    )
    return len(after) > len(before)


def _without_word(file: Commented, directive: Directive, word: Span) -> Edit:
    words = [one.span for one in directive.words]
    at = words.index(word)
    if len(words) == 1:
        return _without(file, directive)
    return Edit(Span(words[at - 1].end, word.end) if at else Span(word.start, words[1].start), "")


def _without(file: Commented, directive: Directive) -> Edit:
    """Remove a comment; with its line if nothing else is there."""
    line = file.lines.line_of(directive.span.start)
    start, end = file.lines.start_of(line), file.lines.end_of(line)
    before = file.lines.text[start : directive.span.start]
    if not before.strip() and directive.span.end == end:
        return Edit(Span(start, file.lines.start_of(line + 1)), "")
    return Edit(Span(start + len(before.rstrip()), directive.span.end), "")
