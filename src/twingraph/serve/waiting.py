"""Jobs that wait for a worker, and whose turn it is."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Callable, Sequence

    from twingraph.serve.jobs import Reply
    from twingraph.serve.process import WorkerProcess


class Waiting:
    """A job, framed; for whom it is; the worker that does it, if one does; its reply to come."""

    __slots__ = ("client", "future", "message", "tries", "worker")

    def __init__(self, message: bytes, client: str, future: Future[Reply]) -> None:
        self.message = message
        self.client = client
        self.future = future
        self.tries = 0
        self.worker: WorkerProcess | None = None

    def reply(self, reply: Reply) -> None:
        """Give who waits the reply, unless one was given, or nobody waits any more."""
        if not self.future.done():
            self.future.set_result(reply)


class Queue:
    """Who waits, by client: the next is the oldest job of the client whose turn it is."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[Waiting]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def put(self, waiting: Waiting) -> None:
        """Let a job wait, behind those of its client."""
        self._lines.setdefault(waiting.client, deque()).append(waiting)
        self._length += 1

    def put_back(self, jobs: Sequence[Waiting]) -> None:
        """Let jobs of one client wait again, before its others."""
        for waiting in reversed(jobs):
            self._lines.setdefault(waiting.client, deque()).appendleft(waiting)
            self._length += 1

    def take(self, may: Callable[[str], bool], most: int = 1) -> list[Waiting]:
        """The next jobs, at most so many, of a client who may have some done; [] if nobody may."""
        client = next(filter(may, self._lines), None)
        if client is None:
            return []
        line = self._lines[client]
        jobs = [line.popleft() for _ in range(min(most, len(line)))]
        self._length -= len(jobs)
        self._lines.move_to_end(client)
        if not line:
            del self._lines[client]
        return jobs

    def remove(self, waiting: Waiting) -> None:
        """Let a job wait no longer."""
        line = self._lines.get(waiting.client, deque())
        if waiting in line:
            line.remove(waiting)
            self._length -= 1
            if not line:
                del self._lines[waiting.client]
