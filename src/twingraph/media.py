"""Media types of what is served and published, and their short names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

JSON: Final = "application/sparql-results+json"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
XML: Final = "application/sparql-results+xml"
TURTLE: Final = "text/turtle"
N_TRIPLES: Final = "application/n-triples"
N_QUADS: Final = "application/n-quads"
TRIG: Final = "application/trig"
RDF_XML: Final = "application/rdf+xml"
JSON_LD: Final = "application/ld+json"
HTML: Final = "text/html"
PLAIN: Final = "text/plain"

# Media type -> its short name, the value of `format=`; the first of each is the default.
# https://www.w3.org/TR/sparql11-protocol/#query-success
RESULTS: Final = {JSON: "json", XML: "xml", CSV: "csv", TSV: "tsv"}
GRAPHS: Final = {TURTLE: "ttl", N_TRIPLES: "nt", RDF_XML: "rdf", JSON_LD: "jsonld"}
NAMES: Final = {**RESULTS, **GRAPHS, TRIG: "trig", N_QUADS: "nq", HTML: "html"}


def find_format(name: str, offered: Iterable[str]) -> str | None:
    """The media type of a short name or a media type, if it is offered.

    >>> find_format("csv", [*RESULTS, HTML]), find_format("ttl", RESULTS)
    ('text/csv', None)
    """
    return next((of for of in offered if name in (of, NAMES.get(of))), None)
