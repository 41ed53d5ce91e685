"""A request is answered exactly once, whenever it is cancelled: before, while and after it has its turn."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.server import app
from hpman_lsp.server.inbox import Inbox, start_reading
from hpman_lsp.server.reading.indexing import Indexer
from hpman_lsp.server.requests.route import Route
from hpman_lsp.server.wire.cancelling import without_cancelled
from hpman_lsp.server.wire.messages import Notification, Request, parse_message
from hpman_lsp.server.wire.transport import write_frames
from tests.lsp.server.client import DEADLINE, Json, at
from tests.lsp.server.harness import INITIALIZE, Output, Server, Trickle

WHERE = at("file:///nowhere/a.py", 0, 0, context={"includeDeclaration": True})
HOVER: Json = {"id": "hover", "method": "textDocument/hover", "params": WHERE}


def references(request: object) -> Json:
    return {"id": request, "method": "textDocument/references", "params": WHERE}


def cancel(request: object) -> Json:
    return {"method": "$/cancelRequest", "params": {"id": request}}


class Held:
    """Stands for features that are at work until the test lets them go on: each number is one run."""

    def __init__(self) -> None:
        self.begun = [Event() for _ in range(3)]
        self.go_on = [Event() for _ in range(3)]
        self.runs = 0

    def __call__(self, *_: object) -> str:
        run, self.runs = self.runs, self.runs + 1
        self.begun[run].set()
        assert self.go_on[run].wait(DEADLINE)
        return "done"

    def wait_for(self, run: int) -> None:
        assert self.begun[run].wait(DEADLINE)

    def release(self) -> None:
        for one in self.go_on:
            one.set()


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    yield from _held(monkeypatch, "textDocument/references", aside=True)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    yield from _held(monkeypatch, "textDocument/hover", aside=False)


def _held(monkeypatch: pytest.MonkeyPatch, method: str, *, aside: bool) -> Iterator[Held]:
    held = Held()
    assert isinstance(app.REQUESTS, dict)
    monkeypatch.setitem(app.REQUESTS, method, Route(held, aside=aside))
    yield held
    held.release()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.end()


def codes(server: Server, request: object) -> list[int]:
    """The error codes of all answers to a request, 0 for a result; the server has ended."""
    return [one.get("error", {}).get("code", 0) for one in server.answers(request)]


def test_cancelled_while_the_main_thread_works_on_it(at_once: Held, server: Server) -> None:
    server.send(HOVER)
    at_once.wait_for(0)
    server.send(cancel("hover"))
    at_once.release()
    server.end()
    assert codes(server, "hover") == [-32800]


def test_cancelled_when_the_work_aside_is_done_but_has_not_been_sent(
    aside: Held, at_once: Held, server: Server
) -> None:
    server.send(references(1), references(2), HOVER)
    aside.wait_for(0)
    at_once.wait_for(0)  # the main thread can send nothing
    aside.go_on[0].set()
    aside.wait_for(1)  # so the answer to the first one waits
    server.send(cancel(1), cancel(2))
    aside.release()
    at_once.release()
    server.end()
    assert (codes(server, 1), codes(server, 2)) == ([0], [-32800])


def test_cancelled_before_the_work_aside_is_done(aside: Held, at_once: Held, server: Server) -> None:
    server.send(references(1), references(2), HOVER)
    aside.wait_for(0)
    at_once.wait_for(0)
    server.send(cancel(1))
    aside.go_on[0].set()
    aside.wait_for(1)  # its answer comes behind the word that it is cancelled
    aside.release()
    at_once.release()
    assert server.answer(2)["result"] == "done"
    server.end()
    assert codes(server, 1) == [-32800]


def test_cancelled_after_the_answer_nothing_happens_and_the_id_is_free(server: Server) -> None:
    server.send(HOVER)
    server.answer("hover")
    server.send(cancel("hover"), HOVER)
    server.end()
    assert codes(server, "hover") == [0, 0]


def test_cancelled_twice_it_is_answered_once(aside: Held, server: Server) -> None:
    server.send(references(1))
    aside.wait_for(0)
    server.send(cancel(1), cancel(1))
    aside.release()
    server.end()
    assert codes(server, 1) == [-32800]


@pytest.mark.parametrize("other", [7, "hover ", None, True, 1.0, [1]])
def test_cancelling_what_is_no_request_cancels_none(server: Server, other: object) -> None:
    server.send({**HOVER, "id": 1}, cancel(other), HOVER)
    server.end()
    assert codes(server, 1) == codes(server, "hover") == [0]


def test_what_waits_and_is_cancelled_is_answered_after_all_that_waits(at_once: Held, server: Server) -> None:
    server.send(HOVER)
    at_once.wait_for(0)
    server.send(references(1), cancel(1), {**HOVER, "id": 2})
    at_once.release()
    server.end()
    assert [one["id"] for one in server.messages] == [0, "hover", 2, 1]


def encoded(message: Json, form: int) -> bytes:
    """A message as clients write it: with blanks or without, and the keys in any order."""
    content = {"jsonrpc": "2.0", **message}
    if form == 2:
        content = dict(reversed(content.items()))
    return json.dumps(content, separators=(",", ":") if form else None).encode()


IDS = st.integers(0, 3)
OURS = st.builds(lambda one: {"id": one, "result": None}, IDS)
SENT = st.lists(
    st.builds(encoded, st.builds(references, IDS) | st.builds(cancel, IDS) | OURS, st.integers(0, 2)),
    max_size=12,
)


@given(SENT)
def test_of_what_comes_at_once_only_pairs_of_a_request_and_its_cancelling_are_taken(
    sent: list[bytes],
) -> None:
    withdrawn, left = without_cancelled(sent)
    taken = [*sent]
    for body in left:
        taken.remove(body)
    messages = [*map(parse_message, taken)]
    requests = [one.id for one in messages if isinstance(one, Request)]
    cancelled = [one.params for one in messages if isinstance(one, Notification)]
    assert sorted(requests) == sorted(withdrawn)
    assert len(messages) == len(requests) + len(cancelled)
    assert Counter(requests) == Counter(one["id"] for one in cancelled if isinstance(one, dict))
    assert all(left.count(body) <= sent.count(body) for body in left)


def test_a_cancelling_takes_the_request_before_it_and_none_behind_it() -> None:
    request, cancelling, other = encoded(references(1), 0), encoded(cancel(1), 1), encoded(references(2), 1)
    assert without_cancelled([cancelling, request]) == ([], [cancelling, request])
    assert without_cancelled([request, other, cancelling, request]) == ([1], [other, request])


def test_an_answer_of_the_client_is_no_request() -> None:
    answer, cancelling = encoded({"id": 1, "result": {"method": "x"}}, 0), encoded(cancel(1), 0)
    assert without_cancelled([answer, cancelling]) == ([], [answer, cancelling])


def answered(bodies: Sequence[bytes], size: int) -> list[Json]:
    """What the server answers to a stream, of which so many bytes come at a time."""
    stream, sent, inbox = io.BytesIO(), SimpleQueue[Json](), Inbox()
    write_frames(stream, [encoded(INITIALIZE, 0), *bodies])
    start_reading(Trickle(stream.getvalue(), size), inbox, lambda _: None)
    app.serve(inbox, Indexer(lambda _: None), Output(sent))
    messages = [sent.get() for _ in range(sent.qsize())]
    return [one for one in messages if "method" not in one]


def test_a_burst_that_is_cancelled_is_answered_behind_the_hover_that_follows() -> None:
    burst = [*map(references, range(1, 71)), *map(cancel, range(1, 71)), HOVER]
    answers = answered([encoded(one, 0) for one in burst], 1 << 16)
    assert [one["id"] for one in answers] == [0, "hover", *range(1, 71)]
    assert {one["error"]["code"] for one in answers[2:]} == {-32800}


@settings(max_examples=25)
@given(st.lists(st.sampled_from([0, 1, 2, 3]), max_size=30), st.integers(20, 2000))
def test_however_the_messages_come_each_request_is_answered_once(kinds: list[int], size: int) -> None:
    bodies, ids = [], [0]
    for number, kind in enumerate(kinds, 1):
        if kind == 0:
            bodies.append(encoded(cancel(ids[-1]), number % 3))
        else:
            ids.append(number)
            message = references(number) if kind == 1 else {**HOVER, "id": number}
            bodies.append(encoded(message, number % 3))
    bodies.append(encoded({"id": 99, "method": "shutdown"}, 0))  # which answers what is under way
    assert sorted(one["id"] for one in answered(bodies, size)) == [*ids, 99]
