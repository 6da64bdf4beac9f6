"""What the endpoint is and has: a service description, with the sizes of its graphs in VoID.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph.media import CSV, GRAPHS, JSON, JSON_LD, N_TRIPLES, RDF_XML, TSV, TURTLE, XML

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
# https://www.w3.org/ns/formats/
_UNIQUE: Final = {
    JSON: "SPARQL_Results_JSON",
    XML: "SPARQL_Results_XML",
    CSV: "SPARQL_Results_CSV",
    TSV: "SPARQL_Results_TSV",
    TURTLE: "Turtle",
    N_TRIPLES: "N-Triples",
    RDF_XML: "RDF_XML",
    JSON_LD: "JSON-LD",
}


def describe_service(manifest: Mapping[str, Any], endpoint: str, media_type: str) -> bytes:
    """The description of the endpoint at an address, as a graph in a media type of `GRAPHS`."""
    import pyoxigraph

    assert media_type in GRAPHS, media_type
    chosen = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert chosen is not None, media_type
    triples = [pyoxigraph.Triple(*triple) for triple in _triples(manifest["graphs"], endpoint)]
    return pyoxigraph.serialize(triples, format=chosen) or b""


def _triples(graphs: Mapping[str, int], endpoint: str) -> Iterator[tuple[Any, Any, Any]]:
    from pyoxigraph import Literal, NamedNode

    is_a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    def void(name: str) -> NamedNode:
        return NamedNode(_VOID + name)

    service = NamedNode(endpoint)
    dataset, default = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    yield service, is_a, sd("Service")
    yield service, sd("endpoint"), service
    yield service, sd("supportedLanguage"), sd("SPARQL11Query")
    yield service, sd("feature"), sd("UnionDefaultGraph")
    for name in _UNIQUE.values():
        yield service, sd("resultFormat"), NamedNode(_FORMATS + name)
    yield service, sd("defaultDataset"), dataset
    yield dataset, is_a, sd("Dataset")
    yield dataset, is_a, void("Dataset")
    yield dataset, void("sparqlEndpoint"), service
    yield dataset, void("triples"), Literal(sum(graphs.values()))
    yield dataset, sd("defaultGraph"), default
    yield default, is_a, sd("Graph")
    yield default, void("triples"), Literal(sum(graphs.values()))
    for number, (name, size) in enumerate(sorted(graphs.items()), start=1):
        named, graph = (
            NamedNode(f"{endpoint}#named-{number}"),
            NamedNode(f"{endpoint}#graph-{number}"),
        )
        yield dataset, sd("namedGraph"), named
        yield named, is_a, sd("NamedGraph")
        yield named, sd("name"), NamedNode(name)
        yield named, sd("graph"), graph
        yield graph, is_a, sd("Graph")
        yield graph, is_a, void("Dataset")
        yield graph, void("triples"), Literal(size)
