"""The two ways to change a remote store: the Graph Store Protocol, and SPARQL Update."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from twingraph.endpoint.address import read_url
from twingraph.endpoint.chunks import Limits
from twingraph.endpoint.http import Request

if TYPE_CHECKING:
    from twingraph.endpoint.chunks import Chunk
    from twingraph.endpoint.http import Client


class Writer(Protocol):
    """Puts triples into the graphs of a store; each call may be repeated."""

    @property
    def limits(self) -> Limits:
        """What a chunk may hold, if nothing else is asked for."""

    def clear(self, graph: str) -> None:
        """Remove a graph, if it is there."""

    def add(self, chunk: Chunk) -> None:
        """Add triples to their graph."""


class GraphStore:
    """The SPARQL 1.1 Graph Store HTTP Protocol: a chunk is a body of Turtle."""

    limits = Limits(20_000, 8 << 20)

    def __init__(self, url: str, client: Client) -> None:
        self._url = url
        self._between = "&" if read_url(url).query else "?"
        self._client = client

    def _graph(self, graph: str) -> str:
        return f"{self._url}{self._between}graph={quote(graph, safe='')}"

    def clear(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        absent = (HTTPStatus.NOT_FOUND,)
        self._client.send(Request("DELETE", self._graph(graph), also_fine=absent, is_change=True))

    def add(self, chunk: Chunk) -> None:
        """Add triples to their graph."""
        body = b"".join(chunk.lines)
        url = self._graph(chunk.graph)
        self._client.send(
            Request("POST", url, content_type="text/turtle", body=body, is_change=True)
        )


class Updates:
    """SPARQL 1.1 Update: a chunk is an INSERT DATA.

    Virtuoso's compiler has no room for the text of 5,000 triples (measured with 7.2.5).
    """

    limits = Limits(2_000, 1 << 20)

    def __init__(self, url: str, client: Client) -> None:
        read_url(url)
        self._url = url
        self._client = client

    def clear(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        self._send(f"DROP SILENT GRAPH <{graph}>".encode())

    def add(self, chunk: Chunk) -> None:
        """Add triples to their graph."""
        opening = f"INSERT DATA {{ GRAPH <{chunk.graph}> {{\n".encode()
        self._send(b"".join((opening, *chunk.lines, b"} }")))

    def _send(self, text: bytes) -> None:
        kind = "application/sparql-update"
        self._client.send(Request("POST", self._url, content_type=kind, body=text, is_change=True))
