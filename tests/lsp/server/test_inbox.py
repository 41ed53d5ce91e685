"""What comes first: a message before what was read meanwhile, and the end last."""

from __future__ import annotations

from hpman_lsp.server.inbox import Inbox, Item
from hpman_lsp.server.indexing import Finished, Read
from hpman_lsp.server.messages import Request
from hpman_lsp.workspace.snapshot import Batch

READ, FINISHED = Read(0, Batch()), Finished(0, loaded=True, error=None)
HOVER = Request(1, "textDocument/hover", {})


def taken(inbox: Inbox) -> list[Item]:
    found: list[Item] = []
    while (item := inbox.get()) is not None:
        found.append(item)
    return found


def test_a_request_goes_before_the_reports_that_arrived_before_it() -> None:
    inbox = Inbox()
    for item in (READ, READ, FINISHED, HOVER):
        inbox.put(item)
    inbox.end()
    assert taken(inbox) == [HOVER, READ, READ, FINISHED]


def test_messages_and_calls_stay_in_their_order() -> None:
    inbox = Inbox()
    later = HOVER._replace(id=2)
    items: list[Item] = [HOVER, taken_by_nobody, later]
    for item in items:
        inbox.put(item)
    inbox.end()
    inbox.end()  # by the stream's end, and by the editor's
    assert taken(inbox) == items
    assert inbox.get() is None


def test_it_is_idle_when_nothing_waits_but_the_end() -> None:
    inbox = Inbox()
    assert inbox.idle
    inbox.put(READ)
    inbox.put(HOVER)
    seen = [(inbox.get(), inbox.idle)]
    inbox.end()
    seen.append((inbox.get(), inbox.idle))
    assert seen == [(HOVER, False), (READ, True)]


def taken_by_nobody() -> None:
    """Stand for a call that another thread hands over."""
