"""SPARQLWrapper makes the requests of queries; this is the only module that imports it (46 ms).

It sends nothing here: its timeout covers the connection only, it takes any answer with status 200,
follows redirects anywhere with the password, and leaves its socket to the collector.
"""

from __future__ import annotations

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from twingraph.endpoint.http import Request

# Form of a query -> what SPARQLWrapper calls the format, and what is asked for. N-Triples shows by
# itself where a line is cut; a store that knows only Turtle gives that.
_FORMATS = {
    "SELECT": (JSON, "application/sparql-results+json"),
    "ASK": (JSON, "application/sparql-results+json"),
    "CONSTRUCT": (TURTLE, "application/n-triples, text/turtle;q=0.9"),
    "DESCRIBE": (TURTLE, "application/n-triples, text/turtle;q=0.9"),
}


class _Query(SPARQLWrapper):
    """A query of a known form: SPARQLWrapper's own reading is misled by a word in a comment."""

    def __init__(self, url: str, sparql: str, form: str) -> None:
        name, accept = _FORMATS[form]
        super().__init__(url, returnFormat=name)
        self.setOnlyConneg(True)
        self.setMethod(POST)
        self.addCustomHttpHeader("Accept", accept)
        self.setQuery(sparql)
        self.queryType = form

    def as_request(self) -> Request:
        made = self._createRequest()
        body = made.data
        return Request(
            method=made.get_method(),
            url=made.full_url,
            accept=made.headers["Accept"],
            content_type=made.headers["Content-type"],
            body=body if isinstance(body, bytes) else None,
        )


def write_request(url: str, sparql: str, form: str) -> Request:
    """The request of a query by POST, as the SPARQL 1.1 Protocol has it."""
    return _Query(url, sparql, form).as_request()
