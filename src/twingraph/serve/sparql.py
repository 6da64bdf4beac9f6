"""`/sparql`: the query operation of the SPARQL 1.1 Protocol.

It stands beside the other addresses, not among them: most requests are for it, and a way through a
framework would take as long as a small query.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from twingraph.media import GRAPHS, HTML, find_format
from twingraph.pages.links import QUERY
from twingraph.serve.accepting import choose
from twingraph.serve.answers import (
    Answer,
    RequestError,
    find_header,
    let_others_ask,
    make_answer,
    read_body,
    refuse_method,
    tell,
)
from twingraph.serve.leaving import unless_gone
from twingraph.serve.people import words_of
from twingraph.serve.protocol import read_format, read_parameters, read_post, read_query

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

    from twingraph.serve.editions import Edition, Limits

_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_DESCRIPTIONS: Final = (*GRAPHS, HTML)  # for who takes everything, a graph


class Endpoint:
    """Answers the requests to a SPARQL endpoint, `url` being its address."""

    def __init__(self, limits: Limits, url: str) -> None:
        self._limits = limits
        self._url = url

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The answer of a request; what is wrong with it is one too."""
        try:
            return await self._answer(scope, receive)
        except RequestError as error:
            return tell(scope, error.status, str(error))

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        method = scope["method"]
        if method == "OPTIONS":
            return let_others_ask(", ".join(_METHODS))
        if method not in _METHODS:
            return refuse_method(scope, _METHODS)
        accept = find_header(scope, b"accept")
        parameters = read_parameters(scope["query_string"].decode("latin-1"))
        edition: Edition = scope["state"]["edition"]
        if method == "POST":
            body = await read_body(receive, self._limits.query)
            parameters = read_post(parameters, find_header(scope, b"content-type"), body)
        elif all(name == "format" for name, _ in parameters):
            return self._describe(scope, read_format(parameters))
        job = read_query(parameters, accept)
        client = scope["client"][0] if scope["client"] else ""
        deadline = asyncio.get_running_loop().time() + self._limits.timeout
        return make_answer(
            scope, await unless_gone(receive, edition.pool.do(job, client, deadline))
        )

    def _describe(self, scope: Scope, wanted: str) -> Answer:
        """What the endpoint is, as a graph; a browser is led to the form for a query."""
        accept = find_header(scope, b"accept")
        media_type = find_format(wanted, _DESCRIPTIONS) if wanted else choose(accept, _DESCRIPTIONS)
        if media_type is None:
            raise RequestError(HTTPStatus.NOT_ACCEPTABLE, f"expected {', '.join(_DESCRIPTIONS)}")
        if media_type == HTML:
            where = words_of(scope).links.place(QUERY) or "/"
            return Answer(HTTPStatus.SEE_OTHER, [(b"location", where.encode())], b"")
        from twingraph.serve.description import describe_service

        graph = describe_service(scope["state"]["edition"].manifest, self._url, media_type)
        return Answer(HTTPStatus.OK, [(b"content-type", media_type.encode())], graph)
