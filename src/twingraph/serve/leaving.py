"""Clients that leave before they are answered: what is done for them is given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive

_T = TypeVar("_T")
_LOOK: Final = 0.2  # seconds of work after which it is worth a look whether the client is there


class GoneError(Exception):
    """A client is there no more."""


async def unless_gone(receive: Receive, work: Awaitable[_T]) -> _T:
    """What some work gives; the request has been read.

    :raises GoneError: if the client leaves before; then the work is cancelled.
    """
    doing, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert doing is not None
    watching: list[asyncio.Task[None]] = []

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        doing.cancel()

    timer = loop.call_later(_LOOK, lambda: watching.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError as error:
        if not any(each.done() for each in watching):
            raise
        doing.uncancel()
        raise GoneError from error
    finally:
        timer.cancel()
        for each in watching:
            each.cancel()
