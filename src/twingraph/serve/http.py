"""uvicorn's protocol, with a time limit on the head of a request.

Without it a client that sends a byte a minute holds its connection for ever; uvicorn itself limits
only the time between two requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

_HEAD_TIME: Final = 15.0  # seconds from the first byte, or the connection, to the end of the head


class PatientProtocol(HttpToolsProtocol):
    """Closes a connection on which the head of a request is not whole in time."""

    _limit: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(transport)
        self._expect_head()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._stop()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._stop()
        self._limit = self.loop.call_later(_HEAD_TIME, self._give_up)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self) -> None:
        transport: Any = self.transport
        transport.close()
