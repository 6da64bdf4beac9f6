"""Processes that share the work on parts; with one of them all is done in this process."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from graphlib import TopologicalSorter
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from twingraph.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from types import TracebackType

_T = TypeVar("_T")
_COLLECT_EVERY: Final = 200_000  # allocations; records and texts hold no cycles

# What a worker inherits when it is forked.
_shop: Any = None


class Crew:
    """Workers forked from this process, with what it has in memory. Use it as a context.

    `shop` is what every task is given first; it is inherited, never sent.

    Fork it before any thread is started. Workers end with this process, however it ends, and at
    once when it fails or is interrupted: they read a pipe of which it alone holds the other end.
    """

    def __init__(self, shop: Any, jobs: int) -> None:
        self._shop = shop
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._life: int | None = None

    def __enter__(self) -> Self:
        global _shop  # noqa: PLW0603 - what a fork inherits is the process's own
        self._threshold = gc.get_threshold()
        _spare_collector()
        if self._jobs > 1:
            gc.collect()
            gc.freeze()  # a collection would touch, and so copy, what is shared
            _shop = self._shop
            context = multiprocessing.get_context("fork")
            ended, self._life = os.pipe()
            self._pool = ProcessPoolExecutor(
                self._jobs, context, initializer=_follow, initargs=(ended, self._life)
            )
            # Workers inherit that they take no interrupt: it is for this process to act on.
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._pool.submit(os.getpid).result()
            finally:
                os.close(ended)
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        global _shop  # noqa: PLW0603
        if self._pool is not None:
            if kind is not None:
                self._end_workers()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._end_workers()
            _shop = None
            gc.unfreeze()
        gc.set_threshold(*self._threshold)

    def _end_workers(self) -> None:
        if self._life is not None:
            os.close(self._life)
            self._life = None

    def start(self, task: Callable[..., _T], *arguments: Any) -> Callable[[], _T]:
        """Begin `task(shop, *arguments)`; call what comes back for what it gives, once it is done.

        :raises FileError: when called, if the worker was killed.
        """
        if self._pool is None:
            given = task(self._shop, *arguments)
            return lambda: given
        future = self._pool.submit(_work, task, arguments)
        return lambda: _wait_for(future)

    def run(self, task: Callable[..., _T], arguments: Iterable[tuple[Any, ...]]) -> Iterator[_T]:
        """What `task(shop, *arguments)` gives for each, in the order in which they are done.

        :raises FileError: if a worker is killed.
        """
        if self._pool is None:
            for given in arguments:
                yield task(self._shop, *given)
            return
        with _told_of_kills():
            futures = {self._pool.submit(_work, task, given) for given in arguments}
            for future in as_completed(futures):
                futures.discard(future)
                yield future.result()

    def run_steps(
        self, task: Callable[[Any, str], _T], needs: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, _T]]:
        """What `task(shop, step)` gives for each step, with its name, as they are done.

        `needs` has by step the steps that are done before it begins. Of those that may begin, the
        first of the mapping does.

        :raises FileError: if a worker is killed.
        """
        sorter = TopologicalSorter(needs)
        if self._pool is None:
            for step in sorter.static_order():
                yield step, task(self._shop, step)
            return
        order = list(needs)
        ready: list[str] = []
        running: dict[Future[_T], str] = {}
        sorter.prepare()
        with _told_of_kills():
            while sorter.is_active():
                ready = sorted((*ready, *sorter.get_ready()), key=order.index)
                free = self._jobs - len(running)
                running |= {self._pool.submit(_work, task, (step,)): step for step in ready[:free]}
                del ready[:free]
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    step = running.pop(future)
                    yield step, future.result()
                    sorter.done(step)


def _wait_for(future: Future[_T]) -> _T:
    with _told_of_kills():
        return future.result()


@contextmanager
def _told_of_kills() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        message = "a process that took part was killed, perhaps for want of memory"
        raise FileError(f"{message}; nothing was changed") from error


def _spare_collector() -> None:
    gc.set_threshold(_COLLECT_EVERY)


def _follow(ended: int, life: int) -> None:
    """Make this worker end when the process that it was forked from does, or closes `life`."""
    os.close(life)
    Thread(target=_wait_for_end, args=(ended,), daemon=True).start()


def _wait_for_end(ended: int) -> None:
    os.read(ended, 1)
    os._exit(1)


def _work(task: Callable[..., _T], given: tuple[Any, ...]) -> _T:
    return task(_shop, *given)
