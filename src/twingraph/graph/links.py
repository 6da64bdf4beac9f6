"""What ties our resources to other datasets: a graph of its own, never reasoned over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph import vocab
from twingraph.quads import Quad, iri_term
from twingraph.vocab import Iri, Minter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.facts import Institution, Municipality
    from twingraph.records import Folder


def build_links(folder: Folder) -> Iterator[Quad]:
    """The quads that tie what is ours to other datasets, each once: the ids that records give, then
    the mappings that a person has accepted."""
    graph = iri_term(Minter(folder.base).graph(vocab.LINKS))
    accepted = [
        (iri_term(each.subject), iri_term(each.predicate), iri_term(each.object), graph)
        for each in folder.links.accepted
    ]
    yield from dict.fromkeys([*_build_ids(folder), *accepted])


def _build_ids(folder: Folder) -> Iterator[Quad]:
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
    for institution in _institutions(folder):
        if institution.wikidata:
            subject = iri_term(mint.institution(institution.id))
            other = iri_term(Iri(vocab.WIKIDATA + institution.wikidata))
            yield subject, t.EXACT_MATCH, other, graph


def _municipalities(folder: Folder) -> Iterator[Municipality]:
    yield from folder.municipalities.values()
    for imported in folder.imported.values():
        yield from imported.municipalities.values()


def _institutions(folder: Folder) -> Iterator[Institution]:
    yield from folder.institutions.values()
    for imported in folder.imported.values():
        yield from imported.institutions.values()
