"""The client, as far as we call it: its log, registrations, settings, diagnostics and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import BinaryIO, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from hpman_lsp.server.handshake.settings import SECTION
from hpman_lsp.server.wire.protocol import Protocol, make_converter

Answer = TypeVar("Answer")


class Remote(LanguageServer):
    """Calls to the client. No fault opens a window in the editor: it is a line in its log."""

    protocol: Protocol

    def __init__(self, name: str, version: str, output: BinaryIO) -> None:
        super().__init__(name, version, protocol_cls=Protocol, converter_factory=make_converter)
        self.protocol.output = output

    def log(self, line: str, severity: types.MessageType = types.MessageType.Warning) -> None:
        """Write one line to the log that the editor keeps for this server."""
        self.window_log_message(types.LogMessageParams(severity, line))

    def show(self, text: str) -> None:
        """Tell the user what has to be looked at after something that was asked for."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))

    def register(self, registrations: list[types.Registration]) -> None:
        """Ask for notifications; a client that refuses is served without them."""
        if registrations:
            answer = self.client_register_capability(types.RegistrationParams(registrations))
            self._then(answer, "registration", lambda _: None)

    def fetch_settings(self, take: Callable[[object], None]) -> None:
        """Ask for the user's settings; take: gets the section's content, once it is there and not null."""
        item = types.ConfigurationItem(section=SECTION)
        answer = self.workspace_configuration(types.ConfigurationParams([item]))

        def answered(sections: Sequence[object]) -> None:
            for section in sections:
                if section is not None:
                    take(section)

        self._then(answer, "settings", answered)

    def refresh_diagnostics(self) -> None:
        """Ask a client that pulls diagnostics to pull them again."""
        self._then(self.workspace_diagnostic_refresh(None), "refresh", lambda _: None)

    def refresh_inlay_hints(self) -> None:
        """Ask a client to ask for its inlay hints again."""
        self._then(self.workspace_inlay_hint_refresh(None), "refresh of inlay hints", lambda _: None)

    def refresh_code_lenses(self) -> None:
        """Ask a client to ask for its code lenses again."""
        self._then(self.workspace_code_lens_refresh(None), "refresh of code lenses", lambda _: None)

    def notify(self, method: str, params: object) -> None:
        """Send a notification that the protocol does not have, to a client that announced it."""
        self.protocol.notify_own(method, params)

    def create_progress(self, token: str, created: Callable[[], None]) -> None:
        """Ask the client to show work under a token."""
        answer = self.window_work_done_progress_create(types.WorkDoneProgressCreateParams(token))
        self._then(answer, "progress", lambda _: created())

    def report_server_error(self, error: Exception, source: object) -> None:
        """Replace pygls's window by a line for whoever reads stderr."""
        sys.stderr.write(f"hpman-lsp: {error} ({source})\n")

    def _then(self, answer: Future[Answer], what: str, take: Callable[[Answer], None]) -> None:
        def settled(done: Future[Answer]) -> None:
            if error := done.exception():
                self.log(f"the client refused: {what}: {error}")
            else:
                take(done.result())

        answer.add_done_callback(settled)
