"""Messages on stdin and stdout: frames in and out, and a stream that nothing else can write to.

pygls reads with three executor calls a message and knows one spelling of one header; this reader is a
thread of its own, so that it runs ahead of the work (facts 6 and 13 in `tests/lsp/server/test_pygls_faults.py`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from io import BufferedIOBase, BufferedReader, FileIO
from typing import BinaryIO

# What nearly all clients send, and what else the specification allows. The latter also behind other bytes: after a
# message whose length was wrong or missing, the next header is found again.
_PLAIN_HEADER = re.compile(rb"Content-Length: (\d{1,9})\r\n\r\n")
_CONTENT_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,18})\s*\Z", re.IGNORECASE)

# What a burst of messages needs, so that all of them are read, with what cancels them, before the first has its turn.
BUFFER = 1 << 16

# No real message comes near; a length beyond it is damage, and reserving it would end the process.
MAX_LENGTH = 1 << 30


def claim_stdio() -> tuple[BufferedReader[FileIO], BinaryIO]:
    """Take stdin and stdout for the protocol alone, and give (input, output).

    From here on whatever prints, a library or a child process too, prints to stderr.
    """
    incoming = BufferedReader(FileIO(os.dup(0)), BUFFER)
    outgoing = os.fdopen(os.dup(1), "wb")
    _discard_input()
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


def _discard_input() -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)


class Frames:
    """The messages of a stream: all that one read of it brings are given at once."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self._unread = bytearray()
        self._length: int | None = None  # of the body, by the header that is being read
        self._due: int | None = None  # of the body that comes now

    def read(self) -> list[bytes]:
        """Wait until there are whole messages, and give their bodies; none at the stream's end.

        Header names in any case and any other headers are accepted; lines that are no header are passed over.
        """
        while data := self._stream.read1(BUFFER):
            self._unread += data
            if bodies := self._whole():
                return bodies
        return []

    def _whole(self) -> list[bytes]:
        bodies = []
        at = self._body_at(0)
        while self._due is not None and at + self._due <= len(self._unread):
            end = at + self._due
            bodies.append(bytes(self._unread[at:end]))
            self._due = None
            at = self._body_at(end)
        del self._unread[:at]
        return bodies

    def _body_at(self, at: int) -> int:
        """Read the lines of a header from an offset on, and give the offset behind them."""
        if self._due is not None:
            return at
        if self._length is None and (plain := _PLAIN_HEADER.match(self._unread, at)):
            self._due = int(plain[1])
            return plain.end()
        while end := self._unread.find(b"\n", at) + 1:
            line, at = self._unread[at:end], end
            if self._ends_header(line):
                break
        return at

    def _ends_header(self, line: bytearray) -> bool:
        if found := _CONTENT_LENGTH.search(line):
            self._length = int(found[1])
        elif not line.strip() and self._length is not None and self._length <= MAX_LENGTH:
            self._due, self._length = self._length, None
            return True
        return False


def write_frames(stream: BinaryIO, bodies: Iterable[bytes]) -> None:
    """Send messages, whole.

    Raises: OSError, ValueError if the other side is gone.
    """
    stream.write(b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies))
    stream.flush()
