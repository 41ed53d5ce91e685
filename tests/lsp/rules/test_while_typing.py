"""What is said does not flicker: a file that is broken for a moment keeps what it gave its names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hpman.static.tree import syntax
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import snapshot_of

GIVES = 'from hpman.m import _\nx = f(_("lr", 1), 2)\n_.set_values({"optim.decay": 3})\n'
READS = 'from hpman.m import _\n_("lr"), _.get_value("optim.decay")\n'
A, B = "/w/a.py", "/w/b.py"


def typed(snapshot: Snapshot, text: str) -> Snapshot:
    """The workspace after an edit of a.py, which is open."""
    return snapshot.with_files({A: source_file(A, text, 1, snapshot.placeholders, snapshot.files.get(A))})


def opened() -> Snapshot:
    return typed(snapshot_of({A: GIVES, B: READS}), GIVES)


def said(snapshot: Snapshot) -> list[str]:
    return [f"{one.code} {READS[slice(*one.span)]}" for one in diagnostics(snapshot, B)]


def parses(text: str) -> bool:
    return not isinstance(syntax.module(text), syntax.Fault)


@pytest.mark.parametrize("offset", range(0, len(GIVES), 3))
def test_a_file_that_a_key_has_broken_still_gives_its_names_their_values(offset: int) -> None:
    for text in (GIVES[:offset] + GIVES[offset + 1 :], GIVES[:offset], GIVES[:offset] + "(" + GIVES[offset:]):
        if not parses(text):
            assert said(typed(opened(), text)) == [], text


def test_it_is_remembered_from_key_to_key_until_the_file_can_be_read_again() -> None:
    snapshot = opened()
    for text in (
        GIVES.replace('_("lr", 1)', "("),
        GIVES.replace('_("lr", 1)', "(g"),
        "from hpman.m impor _\nx = (",
    ):
        snapshot = typed(snapshot, text)
        assert said(snapshot) == []
    mended = typed(snapshot, GIVES.replace('_("lr", 1)', "g"))
    assert said(mended) == ['missing-default "lr"']
    assert B in affected(snapshot, mended)
    assert mended.index.perhaps == {}
    assert said(typed(mended, GIVES)) == []


def test_a_file_that_reads_well_is_taken_at_its_word() -> None:
    assert said(typed(opened(), GIVES.replace("lr", "rate"))) == ['missing-default "lr"']


def test_a_default_in_a_broken_statement_is_still_one_of_two() -> None:
    other = 'from hpman.m import _\nimport a\n_("lr", 2)\n'
    snapshot = typed(snapshot_of({A: GIVES, B: other}), GIVES.replace("2)", "2"))
    assert [one.code for one in diagnostics(snapshot, B)] == ["duplicate-default"]


PROGRAM = """\
from hpman.m import _

LR = f(_("lr", 1e-3, help="step"))


class Net:
    depth = f(_("net.depth", [1, 2]))

    def run(self, x):
        for _ in range(3):
            print(x)
        y = f"{_('width', 3):>{_('pad', 1)}}"
        return self.go(x, _("drop", 0.5), {"a": (_("seed"), 1)})


rate = f(_("rate", 5, choices=[1, 2], type="int"))
if rate:
    best = f(_("lr", 2))
"""
OTHER = """\
from hpman.m import _
x = [_("lr", 7), _("width"), _("pad"), _("drop"), _("net.depth"), _("rate", choices=[3]), _("seed", 2)]
"""
CLOSING = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}


def typed_texts(before: str, text: str, behind: str, closes: bool) -> Iterator[str]:
    """The texts while one is typed between two others, in an editor that may close brackets and quotes by itself."""
    closing = ""
    for at, character in enumerate(text):
        if closing.startswith(character):
            closing = closing[1:]
        elif closes and character in CLOSING:
            closing = CLOSING[character] + closing
        yield before + text[: at + 1] + closing + behind


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize(
    "start", [0, *(PROGRAM.index(one) for one in ("LR", "    depth", "rate", "    best"))]
)
def test_another_file_is_told_nothing_that_is_not_so_before_or_after(start: int, closes: bool) -> None:
    end = PROGRAM.index("\n", start) if start else len(PROGRAM)
    snapshot = typed(snapshot_of({A: PROGRAM, B: OTHER}), PROGRAM[:start] + PROGRAM[end:])
    earlier, between = told_of_other(snapshot), list[tuple[str, set[str]]]()
    for text in typed_texts(PROGRAM[:start], PROGRAM[start:end], PROGRAM[end:], closes):
        snapshot = typed(snapshot, text)
        between.append((text, told_of_other(snapshot)))
        if parses(text):
            later = between[-1][1]
            for shown, told in between:
                assert earlier & later <= told <= earlier | later, shown
            earlier, between = later, []


def told_of_other(snapshot: Snapshot) -> set[str]:
    return {
        f"{one.code} {OTHER[slice(*one.span)]}"
        for one in diagnostics(snapshot, B)
        if one.code != "unused"  # it is faded only, and `x = _` on the way to `x = _("lr")` may use all
    }


PARSING = """\
from hpman.m import _
_.parse_file(["a.py", "c.py"])
x = _("lr", 1)
"""
C = "/w/c.py"


def keys(text: str, start: int, end: int) -> list[str]:
    """The texts while characters are deleted from the last to the first, and typed again."""
    fewer = [text[:at] + text[end:] for at in range(end - 1, start - 1, -1)]
    return [*fewer, *reversed(fewer), text]


@pytest.mark.parametrize("line", PARSING.splitlines())
def test_which_files_belong_together_stays_while_a_line_does_not_parse(line: str) -> None:
    snapshot = typed(snapshot_of({A: PARSING, C: READS}), PARSING)
    start, last = PARSING.index(line), ["inferred"]
    for text in keys(PARSING, start, start + len(line)):
        snapshot = typed(snapshot, text)
        kinds = [str(one.kind) for one in snapshot.scopes.of(C, "_").scopes]
        assert kinds == last or parses(text), text
        last = kinds
    assert last == ["inferred"]


def test_a_call_that_is_deleted_parses_nothing_once_the_file_can_be_read() -> None:
    snapshot = typed(snapshot_of({A: PARSING, C: READS}), PARSING)
    for text in (PARSING.replace('"])', ""), PARSING.replace('_.parse_file(["a.py", "c.py"])', "")):
        snapshot = typed(snapshot, text)
    assert [one.kind for one in snapshot.scopes.of(C, "_").scopes] == ["default"]


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize(
    "call", ['_.set_values({"a": 3})', '_.set_value("a", 3)', "_.get_values()", '_.get_tree("a")']
)
def test_a_method_on_its_way_to_a_call_is_no_use_of_all_names(call: str, closes: bool) -> None:
    before, other = 'from hpman.m import _\n_("idle", 1)\n', 'from hpman.m import _\nx = _("gone")\n'
    snapshot = typed(snapshot_of({A: before, B: other}), before)
    for text in typed_texts(before, call.partition("(")[0], "\n", closes):
        snapshot = typed(snapshot, text)
        assert [one.code for one in diagnostics(snapshot, B)] == ["missing-default"], text
        assert not parses(text) or [one.code for one in diagnostics(snapshot, A)] == ["unused"], text


@pytest.mark.parametrize(
    "text",
    [
        "f(\n    _.set_values\n)",
        "x = (1,\n_.set_values)",
        "x = 1 or \\\n_.set_values",
        "x = [1 or\n_.set_values\n]",
    ],
)
def test_a_method_on_a_line_of_its_own_may_be_handed_on(text: str) -> None:
    snapshot = snapshot_of({A: f"from hpman.m import _\n{text}\n", B: READS})
    assert said(snapshot) == []
