"""Frames, from a stream that may hold anything."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman_lsp.server.wire.transport import MAX_LENGTH, Frames, write_frames
from tests.lsp.server.harness import Trickle

BODY = b'{"a": 1}'


def frames(raw: bytes) -> list[bytes]:
    return received(io.BytesIO(raw))


def received(stream: io.BufferedIOBase) -> list[bytes]:
    incoming, found = Frames(stream), []
    while bodies := incoming.read():
        found += bodies
    return found


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_what_is_written_is_read_again(bodies: list[bytes]) -> None:
    stream = io.BytesIO()
    write_frames(stream, bodies)
    assert frames(stream.getvalue()) == bodies


@given(st.lists(st.binary(max_size=40), max_size=4), st.integers(1, 30))
def test_messages_are_read_whole_however_they_come(bodies: list[bytes], size: int) -> None:
    stream = io.BytesIO()
    write_frames(stream, bodies)
    assert received(Trickle(stream.getvalue(), size)) == bodies


def test_what_comes_at_once_is_given_at_once() -> None:
    stream = io.BytesIO()
    write_frames(stream, [BODY] * 140)
    stream.seek(0)
    assert Frames(stream).read() == [BODY] * 140


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: 8\r\n\r\n",
        b"CONTENT-LENGTH:8\r\n\r\n",
        b"Content-Length:   8  \r\n\r\n",
        b"Content-Length: 8\n\n",
        b"Content-Length: 8\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: 8\r\n\r\n",
        b"X-Other: 1\r\ncontent-length: 8\r\nX-More: Content-Length\r\n\r\n",
        b"\r\n\r\nContent-Length: 8\r\n\r\n",
    ],
)
def test_headers_are_read_in_any_case_among_others(header: bytes) -> None:
    assert frames(header + BODY) == [BODY]


@pytest.mark.parametrize(
    "damage",
    [
        b"X-Other: 1\r\n\r\n" + BODY,
        b"Content-Length: eight\r\n\r\n" + BODY,
        b"Content-Length: -8\r\n\r\n" + BODY,
        b"Content-Length: %d\r\n\r\n" % (MAX_LENGTH + 1),
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"\0\xff\xfe",
    ],
)
def test_after_damage_the_next_message_is_found(damage: bytes) -> None:
    assert frames(damage + b"Content-Length: 8\r\n\r\n" + BODY) == [BODY]


@pytest.mark.parametrize("cut", range(len(b"Content-Length: 8\r\n\r\n" + BODY)))
def test_a_message_that_is_cut_off_is_the_end(cut: int) -> None:
    assert frames((b"Content-Length: 8\r\n\r\n" + BODY)[:cut]) == []
