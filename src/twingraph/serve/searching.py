"""A search over names: by the one worker that has them, once it has read them."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from twingraph.serve.jobs import Search, refuse

if TYPE_CHECKING:
    from twingraph.serve.jobs import Page, Reply
    from twingraph.serve.pool import Pool

_PATIENCE: Final = 5.0  # seconds for which a search waits until there are names
_READING: Final = "the names are still being read, as after every start; expected in a few seconds"


async def search(pool: Pool, page: Page, client: str, deadline: float) -> Reply:
    """What is found, or that the names are still being read: status 503."""
    if not pool.ready:
        deadline = min(deadline, asyncio.get_running_loop().time() + _PATIENCE)
    reply = await pool.do(Search(page), client, deadline)
    if reply.status == HTTPStatus.SERVICE_UNAVAILABLE and not pool.ready:
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, _READING)
    return reply
