"""Requests and answers as the web framework has them: what every address needs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from twingraph.media import NAMES, find_format
from twingraph.serve.accepting import choose
from twingraph.serve.answers import Answer, RequestError, find_header, tell
from twingraph.serve.protocol import read_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope

    from twingraph.serve.editions import Edition
    from twingraph.serve.protocol import Parameters


def edition_of(request: Request) -> Edition:
    """The edition that answers a request."""
    edition: Edition = request.state.edition
    return edition


def choose_type(request: Request, parameters: Parameters, offered: tuple[str, ...]) -> str:
    """The media type of the answer: the parameter `format`, or what the client would rather have.

    :raises RequestError: if it is none of those offered.
    """
    wanted = read_format(parameters)
    chosen = (
        find_format(wanted, offered)
        if wanted
        else choose(find_header(request.scope, b"accept"), offered)
    )
    if chosen is None:
        raise RequestError(HTTPStatus.NOT_ACCEPTABLE, f"expected one of {', '.join(offered)}")
    return chosen


def link_formats(
    response: Response, path: str, offered: Iterable[str], values: Mapping[str, str] = {}
) -> Response:
    """Tell in which other formats there is what is answered (RFC 8288), if it is."""
    if response.status_code < HTTPStatus.BAD_REQUEST:
        addresses = {each: urlencode({**values, "format": NAMES[each]}) for each in offered}
        response.headers["Link"] = ", ".join(
            f'<{path}?{address}>; rel="alternate"; type="{each}"'
            for each, address in addresses.items()
        )
    return response


async def refuse(request: Request, error: Exception) -> Response:
    """What is wrong with a request, as its answer."""
    if isinstance(error, RequestError):
        return respond(tell(request.scope, error.status, str(error)))
    assert isinstance(error, HTTPException)
    response = respond(tell(request.scope, HTTPStatus(error.status_code), error.detail))
    response.headers.update(error.headers or {})
    return response


def respond(answer: Answer) -> Response:
    """An answer as the framework has it."""
    response = Response(answer.body, answer.status)
    response.raw_headers = answer.headers
    return response


async def run(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """The whole answer of an application."""
    start: list[Message] = []
    pieces: list[bytes] = []

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await app(scope, receive, take)
    headers = [(name, value) for name, value in start[0]["headers"] if name != b"content-length"]
    return Answer(start[0]["status"], headers, b"".join(pieces))
