"""The store of open documents, against a plain string that is edited by counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from hpman_lsp.server.documents.store import (
    NO_DOCUMENTS,
    Documents,
    NotificationError,
    changed,
    closed,
    opened,
)
from hpman_lsp.text.lines import ENCODINGS, Encoding

URI = "file:///x/a.py"
TEXTS = st.text(alphabet="ab_\n\r\f\v\x85\u2028\té漢😀", max_size=25)
POSITIONS = st.tuples(st.integers(0, 6), st.integers(0, 12))
CHANGES = st.lists(st.tuples(st.none() | st.tuples(POSITIONS, POSITIONS), TEXTS), min_size=1, max_size=4)

CODECS: dict[Encoding, tuple[str, int]] = {
    "utf-8": ("utf-8", 1),
    "utf-16": ("utf-16-le", 2),
    "utf-32": ("utf-32-le", 4),
}


def model_offset(text: str, position: tuple[int, int], encoding: Encoding) -> int:
    """The last offset that is not behind a position, found by walking; inside CR LF there is none."""
    codec, unit = CODECS[encoding]
    line = character = best = 0
    for offset, point in enumerate(text):
        inside = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        if (line, character) <= position and not inside:
            best = offset
        if point == "\n" or (point == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, character = line + 1, 0
        elif point != "\r":
            character += len(point.encode(codec)) // unit
    return len(text) if (line, character) <= position else best


def model_change(
    text: str, bounds: tuple[tuple[int, int], tuple[int, int]] | None, new: str, encoding: Encoding
) -> str:
    if bounds is None:
        return new
    start, end = sorted(model_offset(text, position, encoding) for position in bounds)
    return text[:start] + new + text[end:]


def event(
    bounds: tuple[tuple[int, int], tuple[int, int]] | None, text: str
) -> types.TextDocumentContentChangeEvent:
    if bounds is None:
        return types.TextDocumentContentChangeWholeDocument(text)
    start, end = (types.Position(*position) for position in bounds)
    return types.TextDocumentContentChangePartial(types.Range(start, end), text)


def document(text: str, version: int = 1, uri: str = URI) -> Documents:
    return opened(NO_DOCUMENTS, types.TextDocumentItem(uri, "python", version, text), "/w")[0]


def change(version: int, *events: types.TextDocumentContentChangeEvent) -> types.DidChangeTextDocumentParams:
    return types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version, URI), events)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, changes=CHANGES)
def test_changes_give_the_text_that_a_plain_string_gives(
    text: str,
    changes: list[tuple[tuple[tuple[int, int], tuple[int, int]] | None, str]],
    encoding: Encoding,
) -> None:
    _, after = changed(document(text), change(2, *(event(*one) for one in changes)), encoding)
    for bounds, new in changes:
        text = model_change(text, bounds, new, encoding)
    assert after.lines.text == text
    assert after.version == 2


def test_a_version_that_was_read_stays_as_it_was() -> None:
    before = document("a")
    changed(before, change(2, event(None, "b")), "utf-8")
    assert [one.lines.text for one in before.values()] == ["a"]


def test_a_version_that_goes_backwards_is_refused_with_both_numbers() -> None:
    with pytest.raises(NotificationError, match="version 5 back to 3"):
        changed(document("abc", version=5), change(3, event(((0, 0), (0, 1)), "x")), "utf-8")


def test_a_full_text_mends_a_version_that_goes_backwards() -> None:
    _, after = changed(
        document("abc", version=5), change(3, event(None, "x"), event(((0, 1), (0, 1)), "y")), "utf-8"
    )
    assert (after.version, after.lines.text) == (3, "xy")


def test_a_change_of_a_document_that_is_not_open_is_refused() -> None:
    with pytest.raises(NotificationError, match="not open"):
        changed(NO_DOCUMENTS, change(1, event(None, "x")), "utf-8")


def test_a_document_that_is_not_open_cannot_be_closed() -> None:
    with pytest.raises(NotificationError, match="not open"):
        closed(NO_DOCUMENTS, URI)


@pytest.mark.parametrize("uri", ["file:///C%3A/a.py", "file:///c:/a.py"])
def test_two_spellings_of_a_uri_are_one_document(uri: str) -> None:
    left, gone = closed(document("abc", uri="file:///C:/a.py"), uri)
    assert (dict(left), gone.lines.text) == ({}, "abc")


def test_a_document_that_is_no_file_is_kept_under_its_uri() -> None:
    _, gone = closed(document("abc", uri="git:/x/a.py"), "git:/x/a.py")
    assert gone.path is None
