"""The build that is served, and how a newer one takes its place without a failed request."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.errors import FileError
from twingraph.pages.about import read_about
from twingraph.serve.kept import Kept
from twingraph.serve.pool import Pool, PoolError
from twingraph.serve.worker import Settings
from twingraph.store.generations import find_current, hold_current
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_log: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds between two looks for a newer build


class Limits(msgspec.Struct, frozen=True):
    """What a client may ask of the server."""

    workers: int = 2
    timeout: float = 30.0  # seconds for an answer
    waiting: int = 500  # jobs without a free worker
    query: int = 1 << 20  # bytes of a request
    memory: int = 1 << 30  # bytes that a worker may use for a query
    answer: int = 64 << 20  # bytes of an answer
    sending: int = 512 << 20  # bytes of all the answers that are on their way
    kept: int = 128 << 20  # bytes of the answers that are kept


class Edition:
    """A generation of the build that is served: its manifest, its workers, its kept answers.

    `url` is the address by which clients know the server, for who cites a page of it.
    """

    def __init__(
        self,
        build: Path,
        folders: Sequence[Path],
        limits: Limits,
        data: Path | None = None,
        url: str = "",
    ) -> None:
        generation, self._held = hold_current(build)
        self.generation = generation
        self.manifest: dict[str, Any] = json.load(self._held)
        self.mint = Minter(self.manifest["base"])
        about = read_about(data, self.manifest, generation.name)
        self.about = msgspec.structs.replace(about, url=url.rstrip("/"))
        self._settings = Settings(
            str(generation),
            tuple(map(str, folders)),
            limits.memory,
            limits.answer,
            about=self.about,
            data="" if data is None else str(data),
        )
        self.pool = Pool(self._settings, limits.workers, limits.waiting)
        self._limits = limits
        self._single: dict[str, Pool] = {}  # pools of one worker each, by what it does
        self._starting: list[asyncio.Task[None]] = []
        self.kept = Kept(limits.kept)
        self.tag = f"{generation.name[:16]}-{_digest(folders)}"
        self._users = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @contextmanager
    def use(self) -> Iterator[Edition]:
        """Keep the edition from being closed for the time of a request."""
        self._users += 1
        self._unused.clear()
        try:
            yield self
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    def reconciler(self, url: str) -> Pool:
        """The one worker that is the reconciliation service; started when it is first asked for.

        It has the names of the build in memory, which takes a while to read: jobs wait for it.
        """
        return self._start_single("reconcile", reconcile=url)

    def searcher(self) -> Pool:
        """The one worker that searches names, all of which it has in memory; started likewise."""
        return self._start_single("search", search=True)

    @property
    def has_searcher(self) -> bool:
        """Whether names have been searched, or are about to be."""
        return "search" in self._single

    def _start_single(self, job: str, **settings: object) -> Pool:
        if job not in self._single:
            own = msgspec.structs.replace(self._settings, **settings)
            pool = self._single[job] = Pool(own, 1, self._limits.waiting)
            self._starting.append(asyncio.create_task(pool.start(None)))
        return self._single[job]

    async def close(self) -> None:
        """Close it once nobody uses it."""
        await self._unused.wait()
        await self.pool.close()
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*(each.close() for each in self._single.values()))
        self._held.close()


def _digest(folders: Iterable[Path]) -> str:
    """What else decides the answers, beside the build: the version, and the user's questions."""
    digest = hashlib.blake2b(version("twingraph").encode(), digest_size=4)
    for folder in folders:
        for path in sorted(folder.glob("*.rq")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Editions:
    """The edition in force, and those that are still used."""

    def __init__(
        self,
        build: Path,
        folders: Sequence[Path],
        limits: Limits,
        data: Path | None = None,
        url: str = "",
    ) -> None:
        self._build = build
        self._data = data
        self._url = url
        self._folders = folders
        self.limits = limits
        self._closing: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        self.current: Edition

    async def start(self) -> None:
        """Open the build as it is now, and watch for newer ones.

        :raises FileError: if there is none.
        :raises PoolError: if no worker starts.
        """
        self.current = await self._open()
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Close what is open, each once it is not used."""
        if self._watching is not None:
            self._watching.cancel()
        await asyncio.gather(self.current.close(), *self._closing)

    async def _open(self) -> Edition:
        edition = Edition(self._build, self._folders, self.limits, self._data, self._url)
        try:
            await edition.pool.start()
        except PoolError:
            await edition.close()
            raise
        return edition

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            generation = find_current(self._build)
            if generation is None or generation == self.current.generation:
                continue
            try:
                newer = await self._open()
            except (FileError, PoolError, OSError) as error:
                _log.error("the newer build cannot be served", extra={"error": str(error)})
                continue
            former, self.current = self.current, newer
            if former.has_searcher:
                newer.searcher()
            _log.info("a newer build is served", extra={"build": newer.generation.name})
            task = asyncio.create_task(former.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
