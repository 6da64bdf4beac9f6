"""What ties our resources to other datasets: a graph of its own, never reasoned over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph import vocab
from twingraph.quads import Quad, iri_term
from twingraph.vocab import Iri, Minter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.facts import Municipality
    from twingraph.records import Folder


def build_links(folder: Folder) -> Iterator[Quad]:
    """The quads that tie municipalities and institutions to Wikidata and GeoNames."""
    mint = Minter(folder.base)
    graph = iri_term(mint.graph(vocab.LINKS))
    for municipality in _municipalities(folder):
        subject = iri_term(mint.municipality(municipality.id))
        if municipality.geonames:
            other = iri_term(Iri(f"{vocab.GEONAMES}{municipality.geonames}/"))
            yield subject, t.EXACT_MATCH, other, graph
        if municipality.wikidata:
            other = iri_term(Iri(vocab.WIKIDATA + municipality.wikidata))
            yield subject, t.EXACT_MATCH, other, graph
    for institution in folder.institutions.values():
        if institution.wikidata:
            subject = iri_term(mint.institution(institution.id))
            other = iri_term(Iri(vocab.WIKIDATA + institution.wikidata))
            yield subject, t.EXACT_MATCH, other, graph


def _municipalities(folder: Folder) -> Iterator[Municipality]:
    yield from folder.municipalities.values()
    for imported in folder.imported.values():
        yield from imported.municipalities.values()
