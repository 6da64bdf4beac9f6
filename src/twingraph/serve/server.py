"""The server: uvicorn around the application, from its start to its end."""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop

from twingraph.errors import FileError
from twingraph.serve.app import Service
from twingraph.serve.delivery import Delivery
from twingraph.serve.editions import Editions, Limits
from twingraph.serve.http import PatientProtocol
from twingraph.serve.worker import Settings

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

__all__ = ["Limits", "Settings", "listen", "serve"]

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


def serve(
    build: Path,
    at: socket.socket,
    settings: Settings,
    limits: Limits,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a build until SIGINT or SIGTERM; requests that are in work are finished.

    `tell` is called with the address once it answers.

    :raises FileError: if there is no build.
    """
    _raise_open_files()
    uvloop.run(_serve(build, at, settings, limits, tell))


async def _serve(
    build: Path,
    at: socket.socket,
    settings: Settings,
    limits: Limits,
    tell: Callable[[str], None],
) -> None:
    editions = Editions(build, settings, limits)
    await editions.start()
    host, port, *_ = at.getsockname()
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    service = Service(limits, url, [Path(folder) for folder in settings.queries])
    app = Delivery(service, editions, limits)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(limits.timeout) + _LAST_ORDERS,
        )
    )
    tell(url)
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
