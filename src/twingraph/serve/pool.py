"""The workers of one generation of a build, and who is served next.

A job is done by one worker at a time and is answered, or its worker killed, by its deadline. Those
who wait are served in turn, client by client, and nobody has all workers: a client who asks for
much stays in nobody's way. To wake a process takes as long as a small query, so workers are given
several jobs at once while jobs are quick; one that proves slow loses those behind it to others.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec

from twingraph.serve.jobs import Reply, frame, read_reply, refuse
from twingraph.serve.pace import Pace
from twingraph.serve.process import EXCESS, WorkerProcess
from twingraph.serve.waiting import Queue, Waiting

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Coroutine

    from twingraph.serve.jobs import Job
    from twingraph.serve.worker import Settings

_log: Final = logging.getLogger(__name__)
_START_UP: Final = 30.0  # seconds in which a worker has to be there
_TOGETHER: Final = 6  # jobs that a worker is given at once, at most
_SLOW: Final = 0.02  # seconds after which a job keeps others waiting
_FAREWELL: Final = 3.0  # seconds in which a worker that does nothing has to end
_PAUSE: Final = 0.5  # seconds before another start where one has failed
_QUIET: Final = 0.2  # seconds in which nothing is asked, before a spare worker starts
_PUT_OFF: Final = 10.0  # seconds after which it starts nonetheless


class PoolError(Exception):
    """The workers of a build do not start."""


class Pool:
    """So many workers on one generation of a build, and at most `longest` jobs that wait."""

    def __init__(self, settings: Settings, workers: int, longest: int) -> None:
        self._settings = settings
        self._size = workers
        self._first = min(workers, os.cpu_count() or 1)
        self._longest = longest
        self._queue = Queue()
        self._workers: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._busy: Counter[str] = Counter()  # workers by client
        self._pace = Pace()
        self._tasks: set[Task[None]] = set()
        self._is_open = True
        self._have_started = asyncio.Event()
        self._has_grown = asyncio.Event()

    @property
    def ready(self) -> int:
        """The number of workers that are at work, or can be."""
        return sum(worker.is_ready for worker in self._workers)

    @property
    def waiting(self) -> int:
        """The number of jobs for which no worker is free."""
        return len(self._queue)

    async def start(self, patience: float | None = _START_UP) -> None:
        """Start the workers; there is one for each processor when this returns.

        Or after `patience` seconds at least one at all. The others come later, one after another,
        when nothing is asked or somebody waits for a worker: their start makes pages slower.

        :raises PoolError: if none is there in time.
        """
        for _ in range(self._first):
            self._spawn(self._keep_worker())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._have_started.wait(), patience)
        if not self.ready:
            await self.close()
            raise PoolError("no worker has started")
        self._spawn(self._add_spares())

    async def _add_spares(self) -> None:
        for number in range(self._first + 1, self._size + 1):
            await self._wait_for_quiet()
            self._spawn(self._keep_worker(is_spare=True))
            while self._is_open and self.ready < number:
                self._has_grown.clear()
                await self._has_grown.wait()

    async def _wait_for_quiet(self) -> None:
        began = now = self._now()
        while self._is_open and not self._queue and now - began < _PUT_OFF:
            latest = max((worker.since for worker in self._workers), default=began)
            if not self._busy and now - max(began, latest) >= _QUIET:
                return
            await asyncio.sleep(_QUIET / 4)
            now = self._now()

    async def do(self, job: Job, client: str, deadline: float) -> Reply:
        """What a worker replies by the deadline, a time of the running loop's clock.

        Its status is 504 where the job takes longer, 503 where no worker was free.
        """
        if len(self._queue) >= self._longest:
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many queries are waiting")
        loop = asyncio.get_running_loop()
        waiting = Waiting(frame(job), client, loop.create_future())
        timer = loop.call_at(deadline, self._expire, waiting)
        self._queue.put(waiting)
        self._hand_out()
        try:
            return await waiting.future
        finally:
            self._queue.remove(waiting)
            worker = waiting.worker
            if worker is None:
                timer.cancel()
            elif worker.jobs[0] is waiting:  # nobody waits any more for what it does
                timer.cancel()
                worker.kill()

    async def close(self) -> None:
        """End the workers, each once it has done what it does."""
        self._is_open = False
        self._has_grown.set()
        for worker in self._workers:
            if worker.is_ready:
                worker.let_go()
            else:
                worker.kill()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL)
        for worker in self._workers:
            if not worker.jobs:  # a job has a time limit of its own
                worker.kill()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep_worker(self, *, is_spare: bool = False) -> None:
        """See to it that there is a worker, always a new one after the last."""
        client = None  # who has lost the last one
        settings = msgspec.structs.replace(self._settings, is_spare=is_spare)
        while self._is_open:
            try:
                worker = await WorkerProcess.start(settings)
            except OSError as error:  # no memory, no file, no process is free now
                _log.error("a worker cannot be started", extra={"error": str(error)})
                await asyncio.sleep(_PAUSE)
                continue
            settings = self._settings
            self._workers.add(worker)
            if not self._is_open:
                worker.kill()
            code = await worker.run(partial(self._take, worker, client))
            self._workers.discard(worker)
            if worker in self._idle:
                self._idle.remove(worker)
            client = self._bury(worker, code) if worker.is_ready else client
            if not worker.is_ready and self._is_open:
                _log.error("a worker ended before it was ready", extra={"code": code})
                await asyncio.sleep(_PAUSE)

    def _take(self, worker: WorkerProcess, client: str | None, message: bytes) -> None:
        """Give a reply to who waits for it, and the worker the next job.

        A client whose job has cost a worker has it no longer when the next one is ready.
        """
        if not worker.is_ready:
            worker.is_ready = True
            self._has_grown.set()
            if self.ready >= self._first:
                self._have_started.set()
            self._release(client)
        elif worker.jobs:
            job = worker.jobs.popleft()
            job.worker = None
            job.reply(read_reply(message))
            now = self._now()
            self._pace.learn(now - worker.since)
            worker.since = now
            if worker.jobs:
                return
            self._release(job.client)
            if worker.is_doomed:
                worker.kill()
                return
        self._idle.append(worker)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give those who are idle what is next: several jobs at once where jobs are quick."""
        while self._idle:
            share = len(self._queue) // len(self._idle) if self._pace.is_quick else 1
            jobs = self._queue.take(self._may_have_another, max(1, min(share, _TOGETHER)))
            if not jobs:
                return
            worker = self._idle.pop()
            if not worker.send(b"".join(job.message for job in jobs)):
                self._queue.put_back(jobs)
                continue
            worker.jobs.extend(jobs)
            worker.since = self._now()
            for job in jobs:
                job.worker = worker
            jobs[0].tries += 1
            self._busy[jobs[0].client] += 1
            if len(jobs) > 1:
                asyncio.get_running_loop().call_later(_SLOW, self._part, worker, jobs[0])

    def _part(self, worker: WorkerProcess, head: Waiting) -> None:
        """Look whether a job keeps others waiting that the same worker was given; others do those.

        The worker would do them nonetheless, so it ends after that job.
        """
        if len(worker.jobs) < 2:  # noqa: PLR2004 - there is nobody behind
            return
        if worker.jobs[0] is not head:
            asyncio.get_running_loop().call_later(_SLOW, self._part, worker, worker.jobs[0])
            return
        worker.is_doomed = True
        self._pace.learn_slow()
        worker.jobs.popleft()
        self._put_back(worker)
        worker.jobs.append(head)
        self._hand_out()

    def _put_back(self, worker: WorkerProcess) -> None:
        """Let what a worker has not begun wait again."""
        jobs = [job for job in worker.jobs if not job.future.done()]
        worker.jobs.clear()
        for job in jobs:
            job.worker = None
        self._queue.put_back(jobs)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _may_have_another(self, client: str) -> bool:
        return self._busy[client] < max(1, self._size - 1)

    def _release(self, client: str | None) -> None:
        """Count one worker less that a client has."""
        if client is not None:
            self._busy[client] -= 1
            if not self._busy[client]:
                del self._busy[client]

    def _expire(self, waiting: Waiting) -> None:
        """The time of a job is up."""
        worker = waiting.worker
        if worker is not None and worker.jobs[0] is waiting:
            reply = refuse(HTTPStatus.GATEWAY_TIMEOUT, "the query takes longer than is allowed")
            worker.kill()
            self._pace.learn_slow()
        else:
            reply = refuse(HTTPStatus.SERVICE_UNAVAILABLE, "no worker was free in time")
        waiting.reply(reply)

    def _bury(self, worker: WorkerProcess, code: int) -> str | None:
        """See to the job of a worker that has ended; for whom it was, if it had one."""
        if not worker.jobs:
            return None
        waiting = worker.jobs.popleft()
        waiting.worker = None
        self._put_back(worker)
        if not waiting.future.done():
            self._retry(waiting, code)
        self._hand_out()
        return waiting.client

    def _retry(self, waiting: Waiting, code: int) -> None:
        """Have a job done again whose worker has ended, unless the job itself is to blame."""
        _log.warning("a worker ended within a job", extra={"code": code})
        if code in EXCESS:
            text = "the query is nested too deeply, or needs more memory than is allowed"
            waiting.reply(refuse(HTTPStatus.BAD_REQUEST, text))
        elif waiting.tries <= self._size:  # so that all can be ended at once
            self._queue.put_back([waiting])
        else:
            text = "workers were ended from outside, one after another"
            waiting.reply(refuse(HTTPStatus.INTERNAL_SERVER_ERROR, text))
