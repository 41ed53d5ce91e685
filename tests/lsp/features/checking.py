"""One check for each feature: a fixture (see `tests.lsp.workspace.fixtures`), and the answer beside it."""

from __future__ import annotations

from textwrap import dedent

from hpman_lsp.features.completion import completion
from hpman_lsp.features.definition import definition
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.highlights import highlights
from hpman_lsp.features.hover import hover
from hpman_lsp.features.references import references
from hpman_lsp.features.rename import prepare_rename, rename
from hpman_lsp.features.symbols import document_symbols, workspace_symbols
from hpman_lsp.refactoring.renaming import Refusal
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import Fixture, fixture, short

IMPORT = "from hpman.m import _\n"


def check_hover(text: str, answer: str | None) -> None:
    """Compare the plain text; the lines about scope and manager only where the answer has them."""
    at = fixture(text)
    found = hover(at.snapshot, at.path, at.offset)
    shown = None if found is None else found.plaintext
    if shown is not None and "scope:" not in (answer or ""):
        shown = "\n".join(
            line for line in shown.splitlines() if "scope:" not in line and " of hpman.m" not in line
        )
    assert shown == (None if answer is None else dedent(answer).strip("\n"))


def check_definition(text: str, *answer: str) -> None:
    """Compare targets as `path: call`; no answer: null."""
    at = fixture(text)
    found = definition(at.snapshot, at.path, at.offset)
    targets = () if found is None else found.targets
    assert [f"{short(one.path)}: {at.files[one.path][slice(*one.call)]}" for one in targets] == list(answer)


def check_references(text: str, *answer: str, declaration: bool = True) -> None:
    """Compare places as `path:line: name` (lines from 1); no answer: null."""
    at = fixture(text)
    found = references(at.snapshot, at.path, at.offset, declaration)
    assert [
        f"{_place(at, one.path, one.span.start)}: {at.files[one.path][slice(*one.span)]}"
        for one in found or ()
    ] == list(answer)


def check_highlights(text: str, *answer: str) -> None:
    """Compare places as `line kind`."""
    at = fixture(text)
    found = highlights(at.snapshot, at.path, at.offset)
    lines = [(at.files[at.path].count("\n", 0, one.span.start) + 1, one.kind) for one in found or ()]
    assert [f"{line} {kind}" for line, kind in lines] == list(answer)


def check_rename(new_name: str, text: str, answer: str | None) -> None:
    """Compare the files that change, in the fixture's form; `error: ...` for a refusal; None for null."""
    at = fixture(text)
    found = rename(at.snapshot, at.path, at.offset, new_name)
    prepared = prepare_rename(at.snapshot, at.path, at.offset)
    assert (found is None) == (prepared is None)
    if found is None:
        assert answer is None
    elif isinstance(found, Refusal):
        assert f"error: {found.message}" == answer
    else:
        assert answer is not None
        assert renamed(at, new_name) == fixture(answer).files


def renamed(at: Fixture, new_name: str) -> dict[str, str]:
    """Give the texts of the files that a rename changes."""
    found = rename(at.snapshot, at.path, at.offset, new_name)
    assert found is not None
    assert not isinstance(found, Refusal), found.message
    return {path: apply_edits(at.files[path], edits) for path, edits in found.edits.items()}


def check_completion(text: str, *answer: str) -> None:
    """Compare `label detail`, in order; no answer: null or nothing."""
    at = fixture(text)
    found = completion(at.snapshot, at.path, at.offset)
    assert [f"{one.label} {one.detail}".strip() for one in found or ()] == list(answer)


def completed(text: str, label: str) -> str:
    """Give the file under the cursor after a completion is taken."""
    at = fixture(text)
    found = completion(at.snapshot, at.path, at.offset)
    chosen = next(one for one in found or () if one.label == label)
    content = at.files[at.path]
    return content[: chosen.replace.start] + chosen.new_text + content[chosen.replace.end :]


def check_diagnostics(text: str, *answer: str) -> None:
    """Compare what is said of all files as `path:line code name`."""
    at = fixture(text)
    assert said(at.snapshot) == list(answer)


def said(snapshot: Snapshot) -> list[str]:
    """Give all diagnostics of a workspace as `path:line code name`.

    Without `unused`: sources of tests are full of calls whose value nobody needs.
    """
    found = []
    for path in sorted({*snapshot.files, *snapshot.value_files}):
        lines = snapshot.lines(path)
        assert lines is not None
        content = lines.text
        for one in diagnostics(snapshot, path):
            if one.code == "unused":
                continue
            line = content.count("\n", 0, one.span.start) + 1
            found.append(
                f"{short(path)}:{line} {one.code} {content[slice(*one.span)].strip(chr(34) + chr(39))}"
            )
    return found


def check_outline(text: str, *answer: str) -> None:
    """Compare a file's symbols as `kind name detail`."""
    at = fixture(text)
    found = document_symbols(at.snapshot, at.path)
    assert [f"{one.kind} {one.name} {one.detail}".strip() for one in found] == list(answer)


def check_search(query: str, text: str, *answer: str) -> None:
    """Compare workspace symbols as `kind name (container)`."""
    found = workspace_symbols(fixture(text).snapshot, query)
    assert [f"{one.kind} {one.name} ({one.container})" for one in found] == list(answer)


def _place(at: Fixture, path: str, offset: int) -> str:
    return f"{short(path)}:{at.files[path].count(chr(10), 0, offset) + 1}"
