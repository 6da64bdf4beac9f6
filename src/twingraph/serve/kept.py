"""Answers that are kept as long as their build is served: the ones asked for most lately."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio

    from twingraph.serve.answers import Answer

_SMALLEST: Final = 1024  # bytes below which compression gains nothing
_SHARE: Final = 8  # of all that is kept, one answer may take so little a part as one in this
_LEVEL: Final = 6


class Content:
    """The head and the body of an answer, and the body compressed, made when first asked for."""

    __slots__ = ("_packed", "body", "headers")

    def __init__(self, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.headers = headers
        self.body = body
        self._packed: bytes | None = None

    @property
    def is_worth_packing(self) -> bool:
        """Whether compression would make the body smaller by something."""
        return len(self.body) >= _SMALLEST

    @property
    def is_packed(self) -> bool:
        """Whether it has been compressed already."""
        return self._packed is not None

    def pack(self) -> bytes:
        """The body as gzip, with no time in it."""
        if self._packed is None:
            self._packed = gzip.compress(self.body, _LEVEL, mtime=0)
        return self._packed


class Kept:
    """The contents asked for most lately, by key, of so many bytes altogether."""

    def __init__(self, most: int) -> None:
        self.coming: dict[bytes, asyncio.Future[Answer | None]] = {}  # what is worked out now
        self._most = most
        self._contents: OrderedDict[bytes, Content] = OrderedDict()
        self._size = 0

    def find(self, key: bytes) -> Content | None:
        """The content of a key, if it is kept."""
        content = self._contents.get(key)
        if content is not None:
            self._contents.move_to_end(key)
        return content

    def put(self, key: bytes, content: Content) -> None:
        """Keep a content, and let go of the ones that were not asked for the longest."""
        if key in self._contents or self._weigh(key, content) > self._most // _SHARE:
            return
        self._contents[key] = content
        self._size += self._weigh(key, content)
        while self._size > self._most:
            self._size -= self._weigh(*self._contents.popitem(last=False))

    @staticmethod
    def _weigh(key: bytes, content: Content) -> int:
        """The bytes of what is kept: a compressed body is at most as large as the plain one."""
        return len(key) + 2 * len(content.body) + 1000


def make_etag(edition: str, key: bytes) -> str:
    """The entity tag of an answer, which the edition and the request decide (RFC 9110, 8.8.3).

    >>> make_etag("0123456789abcdef0123", b"GET /") == make_etag("0123456789abcdef0123", b"GET /")
    True
    """
    return f'"{edition}-{hashlib.blake2b(key, digest_size=12).hexdigest()}"'
