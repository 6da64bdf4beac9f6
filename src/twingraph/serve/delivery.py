"""How an answer reaches its client: kept or made, tagged, compressed, whole, and not for ever.

The ASGI application that the server runs. It makes no content; it stands for what holds of every
answer: entity tags and 304 (RFC 9110, 8.8.3 and 13.1.2), gzip, HEAD, access from other origins,
headers that keep a browser from running what it should not, one log line a request, and a limit on
what slow clients hold in memory.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from twingraph.serve.accepting import choose_language
from twingraph.serve.answers import Answer, tell
from twingraph.serve.kept import Content, make_etag
from twingraph.serve.leaving import GoneError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Message, Receive, Scope, Send

    from twingraph.serve.app import Service
    from twingraph.serve.editions import Edition, Editions, Limits


_log: Final = logging.getLogger(__name__)
_PIECE: Final = 1 << 16
_PACKED_AT_ONCE: Final = 1 << 18  # bytes beyond which compression is left to a thread
_NO_GZIP: Final = re.compile(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")
_DECIDING: Final = frozenset(
    (b"accept", b"accept-encoding", b"accept-language", b"if-none-match")
)  # headers of a request that decide the answer
_OF_ALL: Final = [
    (b"vary", b"Accept, Accept-Encoding, Accept-Language"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Content-Location, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    ),
]
_WITHOUT_BODY: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class _Request:
    """What of a request decides how its answer is found and sent."""

    def __init__(self, scope: Scope, edition: Edition) -> None:
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in _DECIDING:  # several are one list (RFC 9110, 5.3)
                headers[name] = headers[name] + b"," + value if name in headers else value
        self.kept = edition.kept
        self.is_head = scope["method"] == "HEAD"
        self.is_reading = self.is_head or scope["method"] == "GET"
        accepted = headers.get(b"accept-encoding", b"").lower()
        self.takes_gzip = b"gzip" in accepted and not _NO_GZIP.search(accepted)
        wanted = headers.get(b"accept", b"")
        spoken = choose_language(headers.get(b"accept-language", b"").decode("latin-1")).encode()
        self.key = b"\n".join((scope["raw_path"], scope["query_string"], wanted, spoken))
        tagged = self.key + b"gzip" if self.takes_gzip else self.key
        self.etag = make_etag(edition.tag, tagged).encode()
        tags = headers.get(b"if-none-match", b"").split(b",")
        self.is_known = self.is_reading and self.etag in (
            tag.strip().removeprefix(b"W/") for tag in tags
        )


class Delivery:
    """An ASGI application that lets the service make what it does not have yet.

    The service finds the edition that answers in `scope["state"]`.
    """

    def __init__(self, service: Service, editions: Editions, limits: Limits) -> None:
        self._service = service
        self._editions = editions
        self._limits = limits
        self._sending = 0  # bytes that are on their way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http", scope["type"]
        started = time.monotonic()
        with self._editions.current.use() as edition:
            scope["state"] = {"edition": edition}
            request = _Request(scope, edition)
            try:
                answer = await self._find(request, scope, receive)
            except GoneError:
                _log.info("a client has left before its answer")
                return
            if self._sending + len(answer.body) > self._limits.sending:
                text = "too many answers are on their way"
                answer = tell(scope, HTTPStatus.SERVICE_UNAVAILABLE, text)
            size = await self._send(request, answer, send)
        if not _log.isEnabledFor(logging.INFO):
            return
        _log.info(
            "request",
            extra={
                "method": scope["method"],
                "path": scope["path"],
                "status": int(answer.status),
                "bytes": size,
                "seconds": round(time.monotonic() - started, 6),
                "client": (scope["client"] or ("",))[0],
            },
        )

    async def _find(self, request: _Request, scope: Scope, receive: Receive) -> Answer:
        """The answer: that the client has it, the one that is kept, or a new one."""
        if request.is_known:
            return Answer(HTTPStatus.NOT_MODIFIED, [(b"etag", request.etag)], b"")
        if request.is_reading and (content := request.kept.find(request.key)):
            return await _pack(content, request)
        if not request.is_reading:
            return await self._service.answer(scope, receive)
        answer = await self._share(request, scope, receive)
        is_passing = any(name == b"cache-control" for name, _ in answer.headers)
        is_kept = answer.status == HTTPStatus.OK and answer.file is None
        if not is_kept or is_passing:
            return answer
        content = Content(answer.headers, answer.body)
        request.kept.put(request.key, content)
        return await _pack(content, request)

    async def _share(self, request: _Request, scope: Scope, receive: Receive) -> Answer:
        """A new answer; who asks for the same meanwhile waits for this one, whatever it is."""
        coming = request.kept.coming
        while (other := coming.get(request.key)) is not None:
            if (shared := await asyncio.shield(other)) is not None:
                return shared
        mine = coming[request.key] = asyncio.get_running_loop().create_future()
        answer = None
        try:
            answer = await self._service.answer(scope, receive)
            return answer
        finally:
            del coming[request.key]
            # Nobody can share an open file, nor the answer of a client that has left.
            mine.set_result(None if answer is None or answer.file is not None else answer)

    async def _send(self, request: _Request, answer: Answer, send: Send) -> int:
        """Send an answer; how many bytes its body has."""
        own = {name for name, _ in answer.headers}
        head = [*answer.headers, *(header for header in _OF_ALL if header[0] not in own)]
        size = len(answer.body) if answer.file is None else os.fstat(answer.file.fileno()).st_size
        if answer.status not in _WITHOUT_BODY:
            head.append((b"content-length", str(size).encode()))
        await send({"type": "http.response.start", "status": int(answer.status), "headers": head})
        if request.is_head and answer.file is not None:
            answer.file.close()
        if request.is_head or (size <= _PIECE and answer.file is None):  # taken at once
            body = b"" if request.is_head else answer.body
            await send({"type": "http.response.body", "body": body})
            return size
        self._sending += len(answer.body)
        try:
            async for piece in _pieces(answer):
                message: Message = {"type": "http.response.body", "body": piece, "more_body": True}
                await send(message)
            await send({"type": "http.response.body"})
        finally:
            self._sending -= len(answer.body)
        return size


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    if answer.file is None:
        for start in range(0, len(answer.body), _PIECE):
            yield answer.body[start : start + _PIECE]
        return
    with answer.file as file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece


async def _pack(content: Content, request: _Request) -> Answer:
    """A content as this client takes it."""
    headers = [*content.headers, (b"etag", request.etag)]
    if not request.takes_gzip or not content.is_worth_packing:
        return Answer(HTTPStatus.OK, headers, content.body)
    if len(content.body) > _PACKED_AT_ONCE and not content.is_packed:
        packed = await asyncio.to_thread(content.pack)
    else:
        packed = content.pack()
    return Answer(HTTPStatus.OK, [*headers, (b"content-encoding", b"gzip")], packed)
