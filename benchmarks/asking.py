"""What people do in an editor, each as one function that checks the answer: a wrong one has no speed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from benchmarks.client import Client, Json, ServerError, TooSlowError
from benchmarks.workspace import Place, Use

POLL_SECONDS = 0.002
# A server that publishes nothing in this time after an edit does not see what is wrong with it.
PATIENCE_SECONDS = 5.0
BURST = 70

TYPED = "x"


def at(use: Use, **more: object) -> Json:
    """The params of a request about a name: on its second character, which is one also with one more before it."""
    position = Place(use.at.line, use.at.character + 1)
    return {"textDocument": {"uri": use.path.as_uri()}, "position": position._asdict(), **more}


def hover(client: Client, use: Use, speaks: bool) -> None:
    """Ask what a name is; speaks: whether the server knows."""
    _check((client.request("textDocument/hover", at(use)) is not None) == speaks, "hover", use)


def references(client: Client, use: Use, expected: int) -> None:
    """Ask for all uses of a name, of which there are so many."""
    _check(len(_references(client, use)) == expected, "references", use)


def first_references(client: Client, use: Use, expected: int) -> float:
    """Ask until all uses of a name are known; gives the seconds since the server's start.

    Raises: TooSlowError, if they are not until the client's limit.
    """
    end = time.monotonic() + client.limit
    while len(_references(client, use)) < expected:
        if time.monotonic() > end:
            raise TooSlowError(client.limit)
        time.sleep(POLL_SECONDS)
    return time.perf_counter() - client.started


def rename(client: Client, use: Use, expected: int) -> None:
    """Ask for the edits of a rename, of which there are so many."""
    last = Place(use.at.line, use.at.character + len(use.name) - 1)  # further in front it means the group
    where = {**at(use, newName="renamed"), "position": last._asdict()}
    edit = client.request("textDocument/rename", where) or {}
    changes = [change["edits"] for change in edit.get("documentChanges") or ()]
    _check(
        len([*itertools.chain(*changes, *(edit.get("changes") or {}).values())]) >= expected, "rename", use
    )


def cancelled_burst(client: Client, use: Use) -> float:
    """Send many requests, cancel all, and ask for a hover; gives the seconds that this takes from its own sending."""
    burst = [
        client.message("textDocument/references", at(use, context={"includeDeclaration": True}))
        for _ in range(BURST)
    ]
    cancels = [{"method": "$/cancelRequest", "params": {"id": one["id"]}} for one in burst]
    wanted = client.message("textDocument/hover", at(use))
    answered: list[int] = []
    client.send(*burst, *cancels)
    started = time.perf_counter()
    client.send(wanted)
    client.wait_for(lambda message: _noted(message, answered) == wanted["id"])
    seconds = time.perf_counter() - started
    while len(answered) <= BURST:
        client.wait_for(lambda message: _noted(message, answered) is not None)
    _check(sorted(answered) == sorted([*(one["id"] for one in burst), wanted["id"]]), "a burst", use)
    return seconds


class Typist:
    """Types a character into an open file, and takes it back, again and again.

    versions: of the document, whoever types in it.
    typed: the character is there.
    """

    def __init__(self, client: Client, use: Use, place: Place, versions: Iterator[int]) -> None:
        self._client = client
        self._use = use
        self._places = self._moves(place)
        self._versions = versions
        self.typed = False

    def press(self) -> int:
        """The next key; gives the version of the document."""
        version = next(self._versions)
        self._client.change(self._use.path, version, next(self._places))
        self.typed = not self.typed
        return version

    def restore(self) -> None:
        """Leave the text as it was at first."""
        if self.typed:
            self.press()

    def _moves(self, place: Place) -> Iterator[Json]:
        after = Place(place.line, place.character + len(TYPED))
        while True:
            yield {"range": {"start": place._asdict(), "end": place._asdict()}, "text": TYPED}
            yield {"range": {"start": place._asdict(), "end": after._asdict()}, "text": ""}


def edit_then_hover(client: Client, typist: Typist, use: Use, speaks: bool) -> None:
    typist.press()
    hover(client, use, speaks)


def edit_then_diagnostics(client: Client, typist: Typist, use: Use) -> None:
    """Change the name to one that nothing defines, or back, and wait until this is published.

    Raises: ServerError, if it never is.
    """
    version, unknown = typist.press(), TYPED + use.name

    def published(message: Json) -> bool:
        if message.get("method") != "textDocument/publishDiagnostics":
            return False
        params = message["params"]
        is_newest = params["uri"] == use.path.as_uri() and params.get("version", version) == version
        return is_newest and typist.typed == any(unknown in one["message"] for one in params["diagnostics"])

    client.wait_for(published, PATIENCE_SECONDS)


def _references(client: Client, use: Use) -> list[Json]:
    params = at(use, context={"includeDeclaration": True})
    return client.request("textDocument/references", params) or []


def _noted(message: Json, answered: list[int]) -> int | None:
    if "method" in message:
        return None
    answered.append(message["id"])
    return int(message["id"])


def _check(holds: bool, what: str, use: Use) -> None:
    if not holds:
        raise ServerError(f"{what} of {use.name} in {use.path.name}: not what is there")
