"""What comes first: in order of arrival, but no message waits for long; and the end last."""

from __future__ import annotations

import pytest

from hpman_lsp.server import inbox as inbox_module
from hpman_lsp.server.inbox import Inbox, Item
from hpman_lsp.server.reading.indexing import Finished, Read
from hpman_lsp.server.wire.messages import Request
from hpman_lsp.workspace.batch import Batch
from tests.lsp.server.client import DEADLINE

READ, FINISHED = Read(0, Batch()), Finished(0, loaded=True, error=None)
HOVER = Request(1, "textDocument/hover", {})


def taken(inbox: Inbox) -> list[Item]:
    found: list[Item] = []
    while (item := inbox.get()) is not None:
        found.append(item)
    return found


@pytest.mark.parametrize(("patience", "order"), [(DEADLINE, "rrfh"), (-1.0, "hrrf")])
def test_a_request_waits_for_reports_that_came_before_it_but_not_for_long(
    monkeypatch: pytest.MonkeyPatch, patience: float, order: str
) -> None:
    monkeypatch.setattr(inbox_module, "PATIENCE_SECONDS", patience)
    inbox = Inbox()
    for item in (READ, READ, FINISHED, HOVER):
        inbox.put(item)
    inbox.end()
    items: dict[str, Item] = {"r": READ, "f": FINISHED, "h": HOVER}
    assert taken(inbox) == [items[one] for one in order]


def test_a_report_that_comes_later_never_goes_before_a_request() -> None:
    inbox = Inbox()
    for item in (HOVER, READ):
        inbox.put(item)
    inbox.end()
    assert taken(inbox) == [HOVER, READ]


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
    inbox.put(HOVER)
    inbox.put(READ)
    seen = [(inbox.get(), inbox.idle)]
    inbox.end()
    seen.append((inbox.get(), inbox.idle))
    assert seen == [(HOVER, False), (READ, True)]


def taken_by_nobody() -> None:
    """Stand for a call that another thread hands over."""
