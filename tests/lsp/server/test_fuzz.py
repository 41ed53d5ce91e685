"""Any messages in any order, against the real process: each request is answered exactly once, and the text stays right.

The oracle is a record of what was sent: it says which answers each request may get, and what the text is in the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Literal, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.server import app
from tests.lsp.server.client import Client, Json, at, edit, hovered

HEAD = "from hpman.m import _\n"
URI = "file:///nowhere/fuzz.py"
WHERE = at(URI, 1, 3, context={"includeDeclaration": True})
ASIDE = {"textDocument/references", "textDocument/rename", "workspace/symbol"}

NO_ERROR, CANCELLED, STALE = 0, -32800, -32801
TOO_EARLY, TOO_LATE = -32002, -32600

Phase = Literal["before", "running", "after"]


class Conversation:
    """What is sent, and what has to come back.

    frames: the bytes. allowed: the codes that each request may be answered with. unreadable: how many answers come
    under no id. digit: the default that a hover tells in the end.
    """

    def __init__(self, first_id: int, phase: Phase = "running") -> None:
        self.phase = phase
        self.frames: list[bytes] = []
        self.allowed: dict[int | str, set[int]] = {}
        self.unreadable = 0
        self.digit = 1
        self._version = 1
        self._first_id = first_id

    def tell(self, method: str, params: object) -> None:
        self._frame(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def request(self, method: str, params: object, code: int) -> None:
        request = self._new_id({"before": TOO_EARLY, "running": code, "after": TOO_LATE}[self.phase])
        if method in ASIDE:
            self.allowed[request].add(STALE)
        message = {"jsonrpc": "2.0", "id": request, "method": method, "params": params}
        self._frame(json.dumps(message).encode())

    def invalid(self, rest: str) -> None:
        """Send an object that is no message, but has an id."""
        self._frame(f'{{"id":{json.dumps(self._new_id(TOO_LATE))},{rest}}}'.encode())

    def unread(self, body: bytes) -> None:
        """Send what has no id that could be read."""
        self.unreadable += 1
        self._frame(body)

    def damage(self, raw: bytes) -> None:
        """Send what is no message at all."""
        self.frames.append(raw)

    def change(self, step: int, digit: int, event: Json, valid: bool) -> None:
        """Change the document to a later version, or to an earlier one."""
        version = self._version + step
        document = {"uri": URI, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [event]})
        if valid and self.phase == "running":
            self.digit, self._version = digit, version

    def cancel(self, back: int) -> None:
        """Cancel an earlier request, or, with a negative number, one that comes later."""
        number = len(self.allowed) - back
        request = self._id(number)
        if request in self.allowed:
            self.allowed[request].add(CANCELLED)
        self.tell("$/cancelRequest", {"id": request})

    def _new_id(self, code: int) -> int | str:
        request = self._id(len(self.allowed))
        self.allowed[request] = {code}
        return request

    def _id(self, number: int) -> int | str:
        """Numbers, and strings of the same digits."""
        half, is_text = divmod(number, 2)
        return str(self._first_id + half) if is_text else self._first_id + half

    def _frame(self, body: bytes) -> None:
        self.frames.append(b"Content-Length: %d\r\n\r\n" % len(body) + body)


Step: TypeAlias = Callable[[Conversation], None]


def requests(*found: tuple[str, object, int]) -> st.SearchStrategy[Step]:
    return st.sampled_from([
        partial(Conversation.request, method=method, params=params, code=code) for method, params, code in found
    ])  # fmt: skip


def change(step: int, digit: int, event: Json, valid: bool = True) -> Step:
    return partial(Conversation.change, step=step, digit=digit, event=event, valid=valid)


def changes(digit: int) -> st.SearchStrategy[Step]:
    typed, text = edit((1, 8), (1, 9), str(digit)), f'{HEAD}_("lr", {digit})'
    return st.sampled_from([
        change(1, digit, typed),
        change(5, digit, {"text": text}),
        change(1, digit, {"text": f"{text}  # \ud83d \f \u2028\n"}),
        change(-1, digit, {"text": text}),
        change(-1, digit, typed, valid=False),
    ])  # fmt: skip


VALID = requests(
    ("textDocument/hover", WHERE, NO_ERROR),
    ("textDocument/hover", at(URI, 2**31 - 1, 2**31 - 1), NO_ERROR),
    ("textDocument/hover", at("untitled:x", 0, 0), NO_ERROR),
    ("textDocument/completion", at(URI, 1, 3), NO_ERROR),
    ("textDocument/references", WHERE, NO_ERROR),
    ("textDocument/rename", {**WHERE, "newName": "rate"}, NO_ERROR),
    ("textDocument/rename", {**WHERE, "newName": ""}, -32803),
    ("workspace/symbol", {"query": "l"}, NO_ERROR),
)
MALFORMED: tuple[object, ...] = (None, [], "x", {}, {"textDocument": 7, "position": None})
REFUSED = requests(
    ("no/such", {}, -32601),
    ("$/no", None, -32601),
    ("initialize", {"capabilities": {}}, -32600),
    *(
        (method, params, -32602)
        for method in sorted(app.REQUESTS)
        if method.startswith("textDocument/")
        for params in MALFORMED
    ),
)
TOLD: st.SearchStrategy[Step] = st.sampled_from([
    partial(Conversation.tell, method=method, params=params)
    for method, params in (
        ("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere/other.py"}}),
        ("textDocument/didOpen", [1]),
        ("no/such", None),
        ("$/cancelRequest", {"id": [1]}),
        ("$/setTrace", {"value": "off"}),
    )
])  # fmt: skip
DAMAGED: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from([b"", b"{", b"[" * 100_000, b"[]", b"7", b'"\xff"', b'{"jsonrpc":"2.0","id":null}']).map(
        lambda body: partial(Conversation.unread, body=body)
    ),
    st.sampled_from([b"Content-Length: x\r\n", b"\r\n\r\n"]).map(
        lambda raw: partial(Conversation.damage, raw=raw)
    ),
    st.sampled_from(['"method":"textDocument/hover"', '"jsonrpc":"2.0","method":7']).map(
        lambda rest: partial(Conversation.invalid, rest=rest)
    ),
)
CANCELS = st.integers(-3, 12).map(lambda back: partial(Conversation.cancel, back=back))
STEPS = st.lists(VALID | REFUSED | TOLD | DAMAGED | CANCELS | st.integers(0, 9).flatmap(changes), max_size=30)
WITHOUT_INITIALIZE = STEPS.map(
    lambda steps: [step for step in steps if getattr(step, "keywords", {}).get("method") != "initialize"]
)

rounds = iter(range(100_000, 10_000_000, 1000))


@settings(max_examples=60)
@given(steps=STEPS)
def test_each_request_is_answered_once_and_the_text_is_right_whatever_comes(
    shared: Client, steps: list[Step]
) -> None:
    shared.open(URI, f'{HEAD}_("lr", 1)')
    talk = Conversation(next(rounds))
    hold(shared, talk, steps)
    assert hovered(shared, URI, 1, 3) == f"lr: int = {talk.digit}"


@settings(max_examples=3)
@given(before=WITHOUT_INITIALIZE, running=STEPS, after=STEPS)
def test_each_request_is_answered_once_in_every_phase(
    before: list[Step], running: list[Step], after: list[Step]
) -> None:
    with Client() as client:
        hold(client, Conversation(next(rounds), "before"), before)
        client.initialize()
        client.open(URI, f'{HEAD}_("lr", 1)')
        hold(client, Conversation(next(rounds), "running"), running)
        client.ask("shutdown")
        hold(client, Conversation(next(rounds), "after"), after)
        client.tell("exit", None)
        assert client.exit_code() == 0
        assert client.stray == b""
        assert client.errors() == ""


def hold(client: Client, talk: Conversation, steps: list[Step]) -> None:
    """Send it all at once, and compare what comes with what has to."""
    known = len(client.messages)
    for step in steps:
        step(talk)
    client.send_bytes(b"".join(talk.frames))
    for request in talk.allowed:
        client.answer(request)
    client.settle()
    answers = [message for message in client.messages[known:] if "method" not in message][:-1]
    assert sum(one["id"] is None for one in answers) == talk.unreadable
    codes = [
        (one["id"], one.get("error", {}).get("code", NO_ERROR)) for one in answers if one["id"] is not None
    ]
    assert sorted(map(repr, talk.allowed)) == sorted(repr(request) for request, _ in codes)
    assert [(request, code) for request, code in codes if code not in talk.allowed[request]] == []
