"""SPARQL queries on a remote store: an answer is whole, or an error."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Final

from twingraph.endpoint.address import read_url, show_url
from twingraph.endpoint.credentials import NOBODY, Credentials
from twingraph.endpoint.http import Client, Response, excerpt
from twingraph.endpoint.manners import PLAIN, Manners
from twingraph.errors import EndpointError, QueryError
from twingraph.sparql import find_form, find_words
from twingraph.vocab import DEFAULT_BASE, TG, Minter

_JSON: Final = "application/sparql-results+json"
# Every one of them is read as Turtle, of which N-Triples is a part.
_TRIPLES: Final = ("application/n-triples", "text/turtle")
# Headers by which Virtuoso says, with status 200, that it gave less than there is.
_PARTIAL: Final = ("x-sparql-maxrows", "x-sql-state")
# Blank nodes as Virtuoso names them, with what no label of one may hold elsewhere.
_VIRTUOSO_NODE: Final = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_ANY_ACTIVITY: Final = f"?activity a <{TG}Activity>"


class Endpoint:
    """A remote store, by the address to which SPARQL queries go.

    `base` is the base of the IRIs that questions name by id. One answer takes at most `timeout`
    seconds, with all that is tried again.

    :raises EndpointError: if `url` is not the address of a store.
    :raises IriError: if `base` is not an IRI that ends in '/' and has no '#'.
    """

    def __init__(
        self,
        url: str,
        *,
        base: str = DEFAULT_BASE,
        credentials: Credentials = NOBODY,
        timeout: float = 60,
        manners: Manners = PLAIN,
    ) -> None:
        read_url(url)
        self.url = url
        self.mint = Minter(base)
        self._client = Client(credentials, timeout, manners)

    def __repr__(self) -> str:
        return f"Endpoint({show_url(self.url)!r})"

    def run(self, sparql: str) -> bytes | bool | str:
        """What a query gives: rows as SPARQL 1.1 Results JSON, a truth value, or N-Triples, sorted.

        :raises QueryError: if the text is no query.
        :raises EndpointError: if there is no answer, or none that is whole, or the store's default
            graph holds nothing where its named graphs do.
        """
        found, is_empty = self._ask(sparql)
        if is_empty and not {"FROM", "GRAPH"} & set(find_words(sparql)):
            self._check_union()
        return found

    def select(self, sparql: str) -> bytes:
        """The rows of a SELECT over whatever data are there, not only ours, as `run` gives them.

        :raises QueryError: if the text is no SELECT.
        :raises EndpointError: if there is no answer, or none that is whole.
        """
        found, _ = self._ask(sparql)
        if not isinstance(found, bytes):
            raise QueryError("expected a SELECT")
        return found

    def _ask(self, sparql: str) -> tuple[bytes | bool | str, bool]:
        """What a query gives, and whether that is nothing."""
        from twingraph.endpoint.wrapper import write_request

        form = find_form(sparql)
        if form is None:
            raise QueryError("not a SPARQL query: expected SELECT, ASK, CONSTRUCT or DESCRIBE")
        response = self._client.send(write_request(self.url, sparql, form))
        try:
            _check_headers(response)
            if form in ("CONSTRUCT", "DESCRIBE"):
                triples = _read_triples(response)
                return triples, not triples
            if form == "ASK":
                truth = _read_truth(response)
                return truth, not truth
            body = _VIRTUOSO_NODE.sub(rb"\1", response.body)
            return body, not _read_rows(replace(response, body=body))
        except _UnusableError as error:
            shown = self._client.credentials.hide(excerpt(response))
            raise EndpointError(f"{show_url(self.url)}: the answer {error}; {shown!r}") from error

    def _check_union(self) -> None:
        """Refuse silence whose reason is that the default graph is not that of all graphs.

        :raises EndpointError: if the named graphs hold activities and the default graph none.
        """
        try:
            is_silent = not self._ask(f"ASK {{ {_ANY_ACTIVITY} }}")[0]
            holds_data = self._ask(f"ASK {{ GRAPH ?graph {{ {_ANY_ACTIVITY} }} }}")[0]
        except EndpointError:
            return  # what was asked has its answer
        if is_silent and holds_data:
            raise EndpointError(
                f"{show_url(self.url)}: its default graph holds no activity, its named graphs do; "
                "questions are asked over the union of all graphs: switch that on in the store "
                "(the oxigraph server: add ?union-default-graph to the address)"
            )


class _UnusableError(Exception):
    """Why an answer with status 200 is none."""


def _check_headers(response: Response) -> None:
    for name in _PARTIAL:
        if name in response.headers:
            raise _UnusableError(f"is not whole: {name}: {response.headers[name]}")


def _read_json(response: Response) -> dict[str, object]:
    if response.content_type != _JSON:
        raise _UnusableError(f"is {response.content_type or 'of no type'}; expected {_JSON}")
    try:
        content = json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise _UnusableError(f"is not whole JSON ({error})") from error
    if not isinstance(content, dict):
        raise _UnusableError("is not a SPARQL result")
    return content


def _read_truth(response: Response) -> bool:
    content = _read_json(response)
    truth = content.get("boolean")
    if isinstance(truth, bool):
        return truth
    match content:
        case {"results": {"bindings": [{"__ASK_RETVAL": {"value": "0" | "1" as number}}]}}:
            return bool(int(number))  # Virtuoso 7.2
    raise _UnusableError("has no truth value")


def _read_rows(response: Response) -> int:
    """The number of rows, each of which has been read."""
    import pyoxigraph

    match _read_json(response):
        case {"head": {"vars": list()}, "results": {"bindings": list()}}:
            pass
        case _:
            raise _UnusableError("has no table of rows")
    number = 0
    rows = None
    try:
        rows = pyoxigraph.parse_query_results(
            response.body, format=pyoxigraph.QueryResultsFormat.JSON
        )
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        for _ in rows:
            number += 1
    except (SyntaxError, ValueError) as error:
        raise _UnusableError(f"has a row that is none ({error})") from error
    finally:
        del rows  # a traceback would keep it, for whatever thread to drop: the engine forbids that
    return number


def _read_triples(response: Response) -> str:
    """The triples as lines of N-Triples, sorted."""
    import pyoxigraph

    if response.content_type not in _TRIPLES:
        raise _UnusableError(
            f"is {response.content_type or 'of no type'}; expected {' or '.join(_TRIPLES)}"
        )
    if not response.is_framed:
        raise _UnusableError("does not show where it ends")
    try:
        parsed = pyoxigraph.parse(response.body, format=pyoxigraph.RdfFormat.TURTLE)
        content = pyoxigraph.serialize(
            (quad.triple for quad in parsed), format=pyoxigraph.RdfFormat.N_TRIPLES
        )
    except SyntaxError as error:
        raise _UnusableError(f"is not whole ({error})") from error
    return "".join(sorted({line + "\n" for line in (content or b"").decode().split("\n") if line}))
