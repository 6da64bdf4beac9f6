"""An answer of HTTP as a value, and how what goes wrong becomes one."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.media import HTML, PLAIN
from twingraph.serve.accepting import choose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from starlette.types import Receive, Scope

    from twingraph.serve.jobs import Reply

    Headers = list[tuple[bytes, bytes]]

_RETRY: Final = (b"retry-after", b"2")  # seconds after which there may be a worker
_BODY_TIME: Final = 15.0  # seconds in which a request has to be there
_TYPES: Final = (PLAIN, HTML)


class Answer(NamedTuple):
    """A status, headers without a length, and a whole body; or in its place a file, opened."""

    status: int
    headers: Headers
    body: bytes
    file: BinaryIO | None = None


class RequestError(Exception):
    """A request that is not answered: with which status, and why."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


def find_header(scope: Scope, name: bytes) -> str:
    """The value of a header; several are one list (RFC 9110, 5.3)."""
    found: Iterable[bytes] = (value for key, value in scope["headers"] if key == name)
    return b",".join(found).decode("latin-1")


async def read_body(receive: Receive, most: int) -> bytes:
    """The body of a request.

    :raises RequestError: if it has more than `most` bytes, or does not come in time.
    """
    content, is_whole = b"", False
    try:
        async with asyncio.timeout(_BODY_TIME):
            while not is_whole and len(content) <= most:
                message = await receive()
                content += message.get("body", b"")
                is_whole = not message.get("more_body", False)
    except TimeoutError as error:
        raise RequestError(HTTPStatus.REQUEST_TIMEOUT, "the request did not come") from error
    if len(content) > most:
        raise RequestError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the request has more than {most:,} bytes"
        )
    return content


def make_answer(scope: Scope, reply: Reply) -> Answer:
    """What a worker replied, as an answer; why there is none may be a page already."""
    if not reply.is_good and reply.media_type != HTML:
        return tell(scope, HTTPStatus(reply.status), reply.body.decode().rstrip("\n"))
    return Answer(reply.status, [_content_type(reply.media_type)], reply.body)


def pass_on(reply: Reply) -> Answer:
    """What a worker replied, whatever it says."""
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in reply.headers]
    return Answer(reply.status, [_content_type(reply.media_type), *headers], reply.body)


def tell(scope: Scope, status: HTTPStatus, message: str) -> Answer:
    """Why there is no answer: as a page for a browser, as a line for a program."""
    again = [_RETRY] if status == HTTPStatus.SERVICE_UNAVAILABLE else []
    if choose(find_header(scope, b"accept"), _TYPES) == HTML:
        from twingraph.pages.messages import message_page
        from twingraph.serve.people import words_of

        page = message_page(words_of(scope), status, message)
        return Answer(status, [_content_type(HTML), *again], page.encode())
    return Answer(status, [_content_type(PLAIN), *again], f"{message}\n".encode(errors="replace"))


def refuse_method(scope: Scope, methods: Iterable[str]) -> Answer:
    """That an address is not there for a method, and for which ones (RFC 9110, 15.5.6)."""
    allowed = ", ".join(methods)
    told = tell(scope, HTTPStatus.METHOD_NOT_ALLOWED, f"expected one of {allowed}")
    return told._replace(headers=[*told.headers, (b"allow", allowed.encode())])


def let_others_ask(methods: str) -> Answer:
    """What a browser wants to know before a page of another site may ask here.

    https://fetch.spec.whatwg.org/#http-cors-protocol
    """
    headers = [
        (b"allow", methods.encode()),
        (b"access-control-allow-methods", methods.encode()),
        (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
        (b"access-control-max-age", b"86400"),
    ]
    return Answer(HTTPStatus.NO_CONTENT, headers, b"")


def _content_type(media_type: str) -> tuple[bytes, bytes]:
    """The header: texts are UTF-8."""
    is_text = media_type.startswith("text/") and ";" not in media_type
    charset = "; charset=utf-8" if is_text else ""
    return b"content-type", f"{media_type}{charset}".encode()
