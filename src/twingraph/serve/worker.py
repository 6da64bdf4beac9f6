"""A worker: a process that holds a build's store open and does one job after another.

    python -m twingraph.serve.worker SETTINGS

SETTINGS is a `Settings` as JSON. Standard input is a socket on which jobs come and replies go
(`jobs`). The engine can neither be stopped within a query nor survive one that is too deep or takes
too much memory; a process can be killed, and another started. So a worker is nothing that anybody
would miss.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import msgspec

from twingraph.errors import PageError, QueryError
from twingraph.media import HTML, PLAIN
from twingraph.pages.about import About
from twingraph.serve.capped import Capped, TooLargeError
from twingraph.serve.jobs import (
    Ask,
    Describe,
    Frames,
    Page,
    Picture,
    Query,
    Reconcile,
    Reply,
    Search,
    Show,
    frame,
    read_job,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from twingraph.pages.finding import NameIndex
    from twingraph.pages.view import View
    from twingraph.reconcile import Service
    from twingraph.serve.jobs import Job
    from twingraph.store import Build

_T = TypeVar("_T")
_PIECE: Final = 1 << 18
_YIELDING: Final = 15  # how nice a thread is for which nobody waits
_LOOK: Final = 0.5  # seconds between two looks whether the server is still there


class Settings(msgspec.Struct, frozen=True):
    """What a worker is told when it is started: its build, and how much it may use."""

    generation: str  # its folder
    queries: tuple[str, ...]  # folders with questions of the user's
    memory: int  # bytes beyond what it has when it starts
    largest: int  # bytes of an answer
    about: About = About()
    data: str = ""  # the folder of the records, if it is there
    search: bool = False  # whether it has all names in memory, to be searched
    is_spare: bool = False  # whether the others do without it while it gets ready
    reconcile: str = ""  # the URL of the reconciliation service, for a worker that is one


class Worker:
    """Does jobs on one generation of a build."""

    def __init__(self, build: Build, settings: Settings) -> None:
        self._build = build
        self._settings = settings
        self._texts = None
        if settings.data:
            from twingraph.pages.texts import PageTexts

            self._texts = PageTexts(Path(settings.data), build.manifest)
        self._names: NameIndex | None = None
        if settings.search:
            from twingraph.pages.finding import NameIndex
            from twingraph.pages.naming import read_names

            self._names = _do_aside(lambda: NameIndex(read_names(build)))
        self._service: Service | None = None
        if settings.reconcile:
            from twingraph.reconcile import Service

            self._service = _do_aside(lambda: Service(build, settings.reconcile))

    def prepare(self) -> None:
        """Do what the first pages would otherwise wait for."""
        if self._settings.search or self._settings.reconcile:
            return
        from twingraph.pages import render, resources
        from twingraph.pages.view import View
        from twingraph.serve import answering, resource, showing  # noqa: F401
        from twingraph.serve.links import ServerLinks

        render.prepare()
        links = ServerLinks(self._build.mint, Page())
        resources.prepare(View(self._build, links, self._settings.about))

    def do(self, message: bytes) -> Reply:
        """The reply to a job; what is wrong with a job is a reply too."""
        try:
            return self._cap(self._do(read_job(message)))
        except QueryError as error:
            return refuse(HTTPStatus.BAD_REQUEST, str(error))
        except TooLargeError:
            text = (
                f"the answer has more than {self._settings.largest >> 20} MB; "
                "expected a query that asks for less, e.g. with LIMIT"
            )
            return refuse(HTTPStatus.BAD_REQUEST, text)
        except MemoryError:
            text = "the query needs more memory than is allowed"
            return refuse(HTTPStatus.BAD_REQUEST, text)

    def _view(self, page: Page) -> View:
        from twingraph.pages.view import View
        from twingraph.serve.links import ServerLinks

        links = ServerLinks(self._build.mint, page)
        return View(self._build, links, self._settings.about, self._texts)

    def _cap(self, reply: Reply) -> Reply:
        if len(reply.body) > self._settings.largest:
            raise TooLargeError
        return reply

    def _do(self, job: Job) -> Reply:
        if isinstance(job, Query):
            from twingraph.serve.answering import answer_query

            return answer_query(self._build, job, Capped(self._settings.largest))
        if isinstance(job, Picture):
            from twingraph.serve.showing import draw

            return draw(self._build, job)
        if isinstance(job, Reconcile):
            assert self._service is not None
            found = self._service.answer(job.method, job.path, job.parameters)
            return Reply(found.status, found.media_type, found.body, tuple(found.headers.items()))
        try:
            return self._show(job)
        except PageError as error:
            from twingraph.pages.messages import no_page

            page = no_page(self._view(job.page), error)
            return Reply(HTTPStatus.NOT_FOUND, HTML, page.encode())
        except QueryError as error:
            if not isinstance(job, Ask) or job.media_type != HTML:
                raise
            from twingraph.serve.showing import show_refusal

            return show_refusal(self._view(job.page), job, self._settings.queries, error)

    def _show(self, job: Ask | Describe | Show | Search) -> Reply:
        view = self._view(job.page)
        if isinstance(job, Ask):
            from twingraph.serve.answering import answer_question

            return answer_question(view, job, self._settings.queries)
        if isinstance(job, Describe):
            from twingraph.serve.resource import describe

            return describe(view, job)
        from twingraph.serve.showing import search, show

        if isinstance(job, Show):
            return show(view, job, self._settings.queries)
        assert self._names is not None
        return search(view, job, self._names)


def main(settings: Settings) -> None:
    """Do jobs until the server closes the pipe."""
    from twingraph.store.read import open_generation

    # Ctrl-C is for the server, which lets workers finish. A session of its own would do as well,
    # but Linux may share time among sessions, whatever their processes leave to others (sched(7)).
    os.setpgrp()
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    pipe = socket.socket(fileno=os.dup(0))
    frames = Frames()
    with open_generation(Path(settings.generation)) as build:
        worker = Worker(build, settings)
        _opened = build.store  # before the limit, which counts from what the process has
        if settings.is_spare:
            _do_aside(worker.prepare)
        else:
            worker.prepare()
        _limit_memory(settings.memory)
        pipe.sendall(frame(Reply(HTTPStatus.OK, PLAIN, b"ready")))
        while piece := pipe.recv(_PIECE):
            for message in frames.feed(piece):
                pipe.sendall(frame(worker.do(message)))


def _watch(server: int) -> NoReturn:
    """End this process, in the middle of a query too, when the server is there no more."""
    while os.getppid() == server:
        time.sleep(_LOOK)
    os._exit(1)


def _do_aside(work: Callable[[], _T]) -> _T:
    """What is worked out, in a thread that leaves most of the time to whom pages are made for."""
    with ThreadPoolExecutor(1, initializer=_give_way) as aside:
        return aside.submit(work).result()


def _give_way() -> None:
    """Let others go before this thread, where threads can (sched(7))."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _YIELDING)


def _limit_memory(more: int) -> None:
    """Let the process have so many bytes of address space more than it has now."""
    import resource
    from pathlib import Path

    status = Path("/proc/self/statm")
    if status.exists():  # Linux; elsewhere the limit would count from nothing, and is not set
        now = int(status.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv[1], type=Settings))
