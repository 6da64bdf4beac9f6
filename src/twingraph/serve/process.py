"""A worker as the server sees it: a process, and a pipe on which messages go and come."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

import msgspec

from twingraph.serve.jobs import Frames

if TYPE_CHECKING:
    from asyncio import Task
    from asyncio.subprocess import Process
    from collections.abc import Callable

    from twingraph.serve.waiting import Waiting
    from twingraph.serve.worker import Settings

_PIECE: Final = 1 << 18
# The codes with which a process ends whose stack or memory does not suffice.
EXCESS: Final = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGILL}


class WorkerProcess:
    """A worker that runs. Of its `jobs` it does the first; one that is doomed gets no others."""

    def __init__(self, process: Process, pipe: socket.socket) -> None:
        self.is_ready = False
        self.jobs: deque[Waiting] = deque()
        self.since = 0.0  # when it began the job, by the clock of the loop
        self.is_doomed = False
        self._process = process
        self._pipe = pipe
        self._frames = Frames()
        self._rest: Task[None] | None = None

    @classmethod
    async def start(cls, settings: Settings) -> Self:
        """Start a process; its first message says that it is ready.

        :raises OSError: if the system starts none.
        """
        ours, theirs = socket.socketpair()
        ours.settimeout(0)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "twingraph.serve.worker",
                msgspec.json.encode(settings).decode(),
                stdin=theirs.fileno(),
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return cls(process, ours)

    async def run(self, take: Callable[[bytes], None]) -> int:
        """Give each message of the worker to `take` until its end; its exit code."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._pipe.fileno(), self._read, take)
        try:
            code = await self._process.wait()
            while self._read(take):
                pass  # what it wrote before its end
        finally:
            loop.remove_reader(self._pipe.fileno())
            self._pipe.close()
        return code

    def _read(self, take: Callable[[bytes], None]) -> bool:
        """Take what has come; whether there was something."""
        try:
            piece = self._pipe.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            piece = b""
        if not piece:
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        for message in self._frames.feed(piece):
            take(message)
        return bool(piece)

    def send(self, message: bytes) -> bool:
        """Send a message; False where the worker is there no more, which its end will tell."""
        try:
            sent = self._pipe.send(message)
        except BlockingIOError:
            sent = 0
        except OSError:
            return False
        if sent < len(message):
            self._rest = asyncio.create_task(self._send_rest(message[sent:]))
        return True

    async def _send_rest(self, rest: bytes) -> None:
        with suppress(OSError):
            await asyncio.get_running_loop().sock_sendall(self._pipe, rest)

    def let_go(self) -> None:
        """Let the worker end, once it has done what it does."""
        with suppress(OSError):
            self._pipe.shutdown(socket.SHUT_WR)

    def kill(self) -> None:
        """End the worker at once."""
        with suppress(ProcessLookupError):
            self._process.kill()
