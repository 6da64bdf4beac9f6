"""`/sparql`: the query operation of the SPARQL 1.1 Protocol.

It stands beside the other addresses, not among them: most requests are for it, and a way through a
framework would take as long as a small query.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from twingraph.serve.answers import (
    Answer,
    RequestError,
    find_header,
    make_answer,
    read_body,
    tell,
)
from twingraph.serve.formats import GRAPHS, HTML, choose
from twingraph.serve.leaving import unless_gone
from twingraph.serve.protocol import read_parameters, read_post, read_query

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

    from twingraph.serve.editions import Edition, Limits

_METHODS: Final = b"GET, HEAD, POST, OPTIONS"
_PREFLIGHT: Final = [
    (b"access-control-allow-methods", _METHODS),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]
_DESCRIPTIONS: Final = (*GRAPHS, HTML)  # for who takes everything, a graph
_EXAMPLE: Final = """\
PREFIX tg: <https://w3id.org/twingraph/ns#>
SELECT DISTINCT ?class (COUNT(DISTINCT ?resource) AS ?resources)
WHERE { ?resource a ?class }
GROUP BY ?class
ORDER BY DESC(?resources) ?class
"""


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
            return Answer(HTTPStatus.NO_CONTENT, _PREFLIGHT, b"")
        if method not in ("GET", "HEAD", "POST"):
            told = tell(
                scope, HTTPStatus.METHOD_NOT_ALLOWED, f"expected one of {_METHODS.decode()}"
            )
            return told._replace(headers=[*told.headers, (b"allow", _METHODS)])
        accept = find_header(scope, b"accept")
        parameters = read_parameters(scope["query_string"].decode("latin-1"))
        edition: Edition = scope["state"]["edition"]
        if method == "POST":
            body = await read_body(receive, self._limits.query)
            parameters = read_post(parameters, find_header(scope, b"content-type"), body)
        elif not parameters:
            return self._describe(edition, accept)
        job = read_query(parameters, accept)
        client = scope["client"][0] if scope["client"] else ""
        deadline = asyncio.get_running_loop().time() + self._limits.timeout
        return make_answer(
            scope, await unless_gone(receive, edition.pool.do(job, client, deadline))
        )

    def _describe(self, edition: Edition, accept: str) -> Answer:
        """What the endpoint is: for a program as a graph, for a browser as a form for a query."""
        media_type = choose(accept, _DESCRIPTIONS)
        if media_type is None:
            raise RequestError(HTTPStatus.NOT_ACCEPTABLE, f"expected {', '.join(_DESCRIPTIONS)}")
        content_type = (b"content-type", media_type.encode())
        if media_type == HTML:
            from twingraph.serve.pages import sparql_page

            return Answer(HTTPStatus.OK, [content_type], sparql_page(_EXAMPLE).encode())
        from twingraph.serve.description import describe_service

        graph = describe_service(edition.manifest, self._url, media_type)
        return Answer(HTTPStatus.OK, [content_type], graph)
