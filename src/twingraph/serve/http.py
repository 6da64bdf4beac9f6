"""uvicorn's protocol, with limits on what a client may take: time, and bytes before its request.

uvicorn itself limits only the time between two requests. Without more, a client that sends a byte a
minute, or takes none of its answer, holds its connection for ever, and a head has no end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

_REQUEST_TIME: Final = 20.0  # seconds from the first byte, or the connection, to the whole request
_TAKING_TIME: Final = 20.0  # seconds in which a client has to take some of its answer
_HEAD: Final = 1 << 16  # bytes of the head of a request
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\n"
    b"connection: close\r\n\r\nthe address and the headers have more than 64 kB\n"
)


class PatientProtocol(HttpToolsProtocol):
    """Cuts a connection off on which a request or an answer does not get on in time."""

    _coming: TimerHandle | None = None  # until when the request has to be whole
    _going: TimerHandle | None = None  # until when something has to be taken
    _is_in_head = True
    _size = 0  # bytes of the head so far

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(transport)
        self._expect_request()

    def data_received(self, data: bytes) -> None:
        """Something has come of a request, or of several."""
        super().data_received(data)
        if self._is_in_head:
            self._size += len(data)
            if self._size > _HEAD and not self.transport.is_closing():
                self._refuse_head()
        elif self._coming is None and (self.cycle is None or self.cycle.response_complete):
            self._expect_request()  # what has come begins none yet

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._is_in_head, self._size = True, 0
        self._expect_request()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._stop_expecting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer is whole, though perhaps not taken."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._expect_taking()

    def timeout_keep_alive_handler(self) -> None:
        """No further request has come."""
        super().timeout_keep_alive_handler()
        self._expect_taking()

    def pause_writing(self) -> None:
        """The client has to take what there is first."""
        super().pause_writing()
        self._expect_taking()

    def resume_writing(self) -> None:
        """The client has taken something."""
        super().resume_writing()
        self._stop_taking()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        super().connection_lost(exc)
        self._stop_taking()
        self._stop_expecting()

    def _refuse_head(self) -> None:
        self.transport.write(_TOO_LARGE)
        self.transport.close()
        self._expect_taking()

    def _expect_taking(self) -> None:
        if self._going is None:
            self._going = self.loop.call_later(_TAKING_TIME, self._cut_off)

    def _stop_taking(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None

    def _expect_request(self) -> None:
        self._stop_expecting()
        self._coming = self.loop.call_later(_REQUEST_TIME, self._give_up)

    def _stop_expecting(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _give_up(self) -> None:
        if self.flow.read_paused:  # by us, while one before is answered
            self._expect_request()
        else:
            self._cut_off()

    def _cut_off(self) -> None:
        """End the connection, whatever is still to be sent on it."""
        transport: Any = self.transport
        transport.abort()
