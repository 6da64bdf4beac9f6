"""What the server asks of a worker, what comes back, and how both cross the pipe between them."""

from __future__ import annotations

import struct
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec

from twingraph.media import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH: Final = struct.Struct("<I")


class Page(msgspec.Struct, frozen=True):
    """Of which page for people something is a part: its language, and the values of its address.

    `is_chosen` where the address names the language, not the browser.
    """

    language: str = "en"
    is_chosen: bool = False
    values: dict[str, str] = {}


class Query(msgspec.Struct, frozen=True, tag="query"):
    """A SPARQL query on a dataset (SPARQL 1.1 Protocol, 2.1.4); no graph named: all of them.

    `results` and `graph` are the media types of an answer in rows and of one in triples, None where
    the client takes none of them.
    """

    text: str
    results: str | None
    graph: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """A question of the catalogue, with its parameters."""

    question: str
    values: dict[str, str]
    media_type: str
    page: Page = Page()


class Describe(msgspec.Struct, frozen=True, tag="describe"):
    """All that is said of a resource."""

    iri: str
    media_type: str
    page: Page = Page()


class Show(msgspec.Struct, frozen=True, tag="show"):
    """A page of its own: `home`, `network`, `browse/…`."""

    name: str
    page: Page
    has_package: bool = False


class Search(msgspec.Struct, frozen=True, tag="search"):
    """The page on which names are searched; for a worker that has all names in memory."""

    page: Page


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A picture of `plot.PICTURES` as SVG, with its parameters."""

    name: str
    values: dict[str, str]


class Reconcile(msgspec.Struct, frozen=True, tag="reconcile"):
    """A request to the reconciliation service: what follows its URL, and the parameters."""

    method: str
    path: str
    parameters: dict[str, str]


Job = Query | Ask | Describe | Show | Search | Picture | Reconcile


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """What a worker answers: a status of HTTP, a media type, and the whole body."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the body is what was asked for."""
        return self.status == HTTPStatus.OK


def refuse(status: HTTPStatus, message: str) -> Reply:
    """A reply that says why there is no answer."""
    return Reply(status, PLAIN, f"{message}\n".encode(errors="replace"))


_encode: Final = msgspec.msgpack.Encoder().encode
read_job: Final = msgspec.msgpack.Decoder(Job).decode
read_reply: Final = msgspec.msgpack.Decoder(Reply).decode


def frame(message: Job | Reply) -> bytes:
    """A message as it crosses the pipe: four bytes of length, then MessagePack."""
    content = _encode(message)
    return _LENGTH.pack(len(content)) + content


class Frames:
    """Whole messages out of pieces as they come.

    >>> frames = Frames()
    >>> whole = frame(Reply(200, "text/plain", b"true"))
    >>> [list(frames.feed(piece)) for piece in (whole[:3], whole[3:])] == [[], [whole[4:]]]
    True
    """

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The messages that are whole with this piece."""
        kept = self._kept
        kept += piece
        while len(kept) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(kept)[0]
            if len(kept) < end:
                return
            message = bytes(kept[_LENGTH.size : end])
            del kept[:end]
            yield message
