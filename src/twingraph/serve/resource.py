"""All that is said of a resource, by whom: asserted by a source, inferred, or linked."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.errors import QueryError
from twingraph.serve.formats import (
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    NAMES,
    RDF_XML,
    TRIG,
    TURTLE,
)
from twingraph.serve.jobs import Describe, Reply, refuse
from twingraph.vocab import Iri, read_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from twingraph.store import Build
    from twingraph.vocab import Minter

_MOST: Final = 500  # statements in which something else is said of the resource
# What a resource is told in, by the name that ends its address; the first is for who takes all.
FORMATS: Final = {
    media_type: NAMES[media_type]
    for media_type in (HTML, TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS, RDF_XML)
}
# Formats that tell in which graph a statement stands.
_OF_QUADS: Final = (N_QUADS, JSON_LD)
_PREFIXES: Final = {
    "tg": vocab.TG,
    "topic": vocab.TOPIC,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": vocab.SKOS,
    "dcterms": vocab.DCTERMS,
    "xsd": vocab.XSD,
    "geo": vocab.GEO,
    "foaf": vocab.FOAF,
    "org": vocab.ORG,
    "prov": "http://www.w3.org/ns/prov#",
}
_HEAD: Final = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a resource: statements about it, and statements that name it.

    `is_cut` where more statements name it than are told here.
    """

    iri: Iri
    about: list[Quad]
    naming: list[Quad]
    is_cut: bool


def describe(build: Build, job: Describe) -> Reply:
    """What is said of a resource, in a format of `FORMATS`; status 404 if that is nothing."""
    told = find_statements(build, job.iri)
    if not told.about and not told.naming:
        return refuse(HTTPStatus.NOT_FOUND, f"nothing is said of <{told.iri}> here")
    if job.media_type == HTML:
        from twingraph.serve.pages import resource_page

        return Reply(HTTPStatus.OK, HTML, resource_page(build, told).encode())
    return Reply(HTTPStatus.OK, job.media_type, _serialize(told, job.media_type, build.mint))


def find_statements(build: Build, iri: str) -> Told:
    """The statements about a resource, and at most 500 that name it, by graph, property and value.

    :raises QueryError: if the text is no IRI.
    """
    import pyoxigraph

    from twingraph.errors import IriError

    try:
        node = pyoxigraph.NamedNode(read_iri(iri))
    except (IriError, ValueError) as error:
        raise QueryError(str(error)) from error
    about = list(build.store.quads_for_pattern(node, None, None))
    naming: list[Quad] = []
    for quad in build.store.quads_for_pattern(None, None, node):
        if len(naming) == _MOST:
            return Told(
                Iri(iri), sorted(about, key=_place), sorted(naming, key=_place), is_cut=True
            )
        naming.append(quad)
    return Told(Iri(iri), sorted(about, key=_place), sorted(naming, key=_place), is_cut=False)


def _place(quad: Quad) -> tuple[str, str, str, str]:
    """Where a statement stands in a description: every time at the same place."""
    return tuple(map(str, (quad.graph_name, quad.predicate, quad.subject, quad.object)))  # type: ignore[return-value]


def graph_of(quad: Quad) -> str:
    """The IRI of the graph in which a statement stands; all do."""
    graph: Any = quad.graph_name
    return str(graph.value)


def kind_of(graph: str, mint: Minter) -> str:
    """What stands in a graph: `inferred`, `linked`, `defined` by the ontology, or `asserted`.

    >>> from twingraph.vocab import Minter
    >>> kind_of("https://w3id.org/twingraph/id/graph/inferred", Minter())
    'inferred'
    """
    kinds = {
        mint.graph(vocab.INFERRED): "inferred",
        mint.graph(vocab.LINKS): "linked",
        mint.graph(vocab.ONTOLOGY): "defined",
    }
    return kinds.get(Iri(graph), "asserted")


def _serialize(told: Told, media_type: str, mint: Minter) -> bytes:
    quads = [*told.about, *told.naming]
    if media_type == TURTLE:
        graphs = dict.fromkeys(map(graph_of, quads))
        parts = (_turtle_of(quads, graph, mint) for graph in graphs)
        return "\n".join([_HEAD, *parts]).encode()
    if media_type == TRIG:
        return f"{_HEAD}\n{_body_of(quads, media_type)}".encode()
    if media_type in _OF_QUADS:
        return _write(quads, media_type)
    return _write([*dict.fromkeys(quad.triple for quad in quads)], media_type)


def _turtle_of(quads: Iterable[Quad], graph: str, mint: Minter) -> str:
    """The statements of one graph, after a line that says who makes them."""
    triples = [quad.triple for quad in quads if graph_of(quad) == graph]
    return f"# {kind_of(graph, mint)}: <{graph}>\n{_body_of(triples, TURTLE)}"


def _body_of(statements: list[Quad] | list[Triple], media_type: str) -> str:
    """Statements in Turtle or TriG without the prefixes, of which the engine changes the order."""
    lines = _write(statements, media_type).decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("@prefix "))


def _write(statements: list[Quad] | list[Triple], media_type: str) -> bytes:
    import pyoxigraph

    chosen = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert chosen is not None, media_type
    prefixes = _PREFIXES if media_type in (TURTLE, TRIG) else None
    return pyoxigraph.serialize(statements, format=chosen, prefixes=prefixes) or b""
