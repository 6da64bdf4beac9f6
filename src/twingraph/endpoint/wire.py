"""An HTTP connection with one deadline for all that happens on it.

`http.client` has a timeout for each single read, so a server that sends a byte now and then holds a
client for ever. Here every connect, send and receive gets the time that is left of the whole.
"""

from __future__ import annotations

import io
import socket
import ssl
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from urllib.parse import SplitResult


class Deadline:
    """The end of the time that a whole exchange may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left.

        :raises TimeoutError: if there are none.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Received(io.RawIOBase):
    """What a socket receives before the deadline."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._raw = connected.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._deadline.left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Socket:
    """The part of a socket that `http.client` uses, with a deadline."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        view = memoryview(content)
        while view:
            self._socket.settimeout(self._deadline.left())
            view = view[self._socket.send(view) :]

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Received(self._socket, self._deadline))

    def close(self) -> None:
        self._socket.close()


class Connection(HTTPConnection):
    """A connection to the host of a URL, over TLS for https."""

    def __init__(self, url: SplitResult, deadline: Deadline) -> None:
        self._is_secure = url.scheme == "https"
        super().__init__(url.hostname or "", url.port or (443 if self._is_secure else 80))
        self.default_port = 443 if self._is_secure else 80
        self._deadline = deadline

    def connect(self) -> None:
        """Connect to the first address that answers."""
        found = _look_up(self.host, self.port, self._deadline)
        failed: OSError | None = None
        for family, kind, protocol, _, address in found:
            connecting = socket.socket(family, kind, protocol)
            try:
                connecting.settimeout(self._deadline.left())
                connecting.connect(address)
                if self._is_secure:
                    context = ssl.create_default_context()
                    connecting.settimeout(self._deadline.left())
                    connecting = context.wrap_socket(connecting, server_hostname=self.host)
            except OSError as error:
                connecting.close()
                failed = error
                continue
            self.sock = _Socket(connecting, self._deadline)
            return
        raise failed or OSError(f"{self.host} has no address")


def _look_up(host: str, port: int, deadline: Deadline) -> list[tuple[Any, ...]]:
    """The addresses of a host. The system's look-up knows no limit of time, so a thread waits."""
    found: SimpleQueue[list[tuple[Any, ...]] | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.put(error)

    Thread(target=look_up, daemon=True).start()
    try:
        answer = found.get(timeout=deadline.left())
    except Empty as error:
        raise TimeoutError from error
    if isinstance(answer, OSError):
        raise answer
    return answer
