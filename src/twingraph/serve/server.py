"""The server: uvicorn around the application, from its start to its end."""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop

from twingraph.errors import FileError
from twingraph.serve.app import Service
from twingraph.serve.delivery import Delivery
from twingraph.serve.editions import Editions, Limits
from twingraph.serve.http import PatientProtocol

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Limits", "Served", "listen", "serve"]

_WAITING: Final = 2048  # connections that are not taken yet
_LAST_ORDERS: Final = 5  # seconds beyond the time limit in which requests are finished at the end


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any free one.

    :raises FileError: if the address cannot be had.
    """
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise FileError(f"{host}:{port}: cannot be listened at: {error.strerror}") from error
    taken.listen(_WAITING)
    return taken


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: a build, and beside it folders with questions of the user's, and a package.

    `data` is the folder of the records, for the words around a quotation and the title of it all.
    `url` is the address by which clients know the server, where it is not the one it listens at.
    """

    build: Path
    folders: tuple[Path, ...] = ()
    package: Path | None = None
    url: str | None = None
    data: Path | None = None


def serve(what: Served, at: socket.socket, limits: Limits, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests that are in work are finished.

    `tell` is called with the address once it answers.

    :raises FileError: if there is no build.
    """
    _raise_open_files()
    here = _find_url(at)
    url = what.url or here
    service = Service(limits, url, what.folders, what.package)
    editions = Editions(what.build, what.folders, limits, what.data, url)
    uvloop.run(_run(at, Delivery(service, editions, limits), editions, lambda: tell(here)))


def _find_url(at: socket.socket) -> str:
    """The address of a socket that listens."""
    host, port, *_ = at.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def _run(
    at: socket.socket, app: Delivery, editions: Editions, tell: Callable[[], None]
) -> None:
    await editions.start()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whoever sends X-Forwarded-For would be whomever he likes
            timeout_graceful_shutdown=int(editions.limits.timeout) + _LAST_ORDERS,
        )
    )
    tell()
    try:
        await server.serve(sockets=[at])
    finally:
        with suppress(asyncio.CancelledError):
            await editions.close()


def _raise_open_files() -> None:
    """Let the process hold as many connections as the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
