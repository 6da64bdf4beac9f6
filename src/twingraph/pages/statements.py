"""All that is said of a resource, by whom: asserted by a source, inferred, or linked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.errors import QueryError
from twingraph.media import (
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    NAMES,
    RDF_XML,
    TRIG,
    TURTLE,
)
from twingraph.vocab import Iri, read_iri

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from twingraph.store import Build
    from twingraph.vocab import Minter

_MOST: Final = 500  # statements in which something else is said of the resource
# What a resource is told in, by the name that ends its address; the first is for who takes all.
FORMATS: Final = {
    media_type: NAMES[media_type]
    for media_type in (HTML, TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS, RDF_XML)
}
# How the IRI goes on of what a document holds: terms of the ontology, passages of a page.
_WITHIN: Final = ("#", "/page.txt#")
PREFIXES: Final = {
    "tg": vocab.TG,
    "topic": vocab.TOPIC,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": vocab.SKOS,
    "dcterms": vocab.DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": vocab.XSD,
    "geo": vocab.GEO,
    "foaf": vocab.FOAF,
    "org": vocab.ORG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a resource: statements about it, about what it holds, and that name it.

    It holds what has its IRI and a fragment: the terms of an ontology, the passages of a page.
    `is_cut` where more statements name it than are told here.
    """

    iri: Iri
    about: list[Quad]
    within: list[Quad]
    naming: list[Quad]
    is_cut: bool

    @property
    def is_something(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.about or self.within or self.naming)


def find_statements(build: Build, iri: str) -> Told:
    """The statements about a resource, and at most 500 that name it, by graph, property and value.

    Of those that name it, the ones about what it holds are told with all else that is said of that.

    :raises QueryError: if the text is no IRI.
    """
    import pyoxigraph

    from twingraph.errors import IriError

    try:
        node = pyoxigraph.NamedNode(read_iri(iri))
    except (IriError, ValueError) as error:
        raise QueryError(str(error)) from error
    found = list(islice(build.store.quads_for_pattern(None, None, node), _MOST + 1))
    held = {quad.subject for quad in found[:_MOST] if _is_within(quad, iri)}
    return Told(
        iri=Iri(iri),
        about=sorted(build.store.quads_for_pattern(node, None, None), key=place_of),
        within=sorted(
            chain.from_iterable(build.store.quads_for_pattern(each, None, None) for each in held),
            key=place_of,
        ),
        naming=sorted((quad for quad in found[:_MOST] if quad.subject not in held), key=place_of),
        is_cut=len(found) > _MOST,
    )


def _is_within(quad: Quad, iri: str) -> bool:
    """Whether a statement is about something that the document of an IRI holds."""
    return getattr(quad.subject, "value", "").startswith(tuple(iri + end for end in _WITHIN))


def place_of(quad: Quad) -> tuple[str, str, str, str]:
    """Where a statement stands in a description: every time at the same place."""
    return tuple(map(str, (quad.graph_name, quad.predicate, quad.subject, quad.object)))  # type: ignore[return-value]


def graph_of(quad: Quad) -> str:
    """The IRI of the graph in which a statement stands; all do."""
    graph: Any = quad.graph_name
    return str(graph.value)


def kind_of(graph: str, mint: Minter) -> str:
    """What stands in a graph: `inferred`, `linked`, `defined` by the ontology, `draft` (which
    nobody has reviewed), or `asserted`.

    >>> from twingraph.vocab import Minter
    >>> kind_of("https://w3id.org/twingraph/id/graph/inferred", Minter())
    'inferred'
    """
    kinds = {
        mint.graph(vocab.INFERRED): "inferred",
        mint.graph(vocab.LINKS): "linked",
        mint.graph(vocab.ONTOLOGY): "defined",
        mint.graph(vocab.DRAFTS): "draft",
    }
    if is_drafted(graph, mint):
        return "draft"
    return kinds.get(Iri(graph), "asserted")


def is_drafted(graph: str, mint: Minter) -> bool:
    """Whether a graph is that of what is drafted from a source."""
    return graph.startswith(f"{mint.base}source/") and graph.endswith(f"/{vocab.DRAFTS}")
