"""The ontology, documented for people from what the build's own graph says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.pages.generic import group_statements
from twingraph.pages.names import LICENCES
from twingraph.pages.render import render
from twingraph.pages.statements import place_of
from twingraph.pages.terms import CLASS, CONCEPT, RELATION, VALUE, Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from twingraph.pages.terms import Term
    from twingraph.pages.view import Shown, View

IRI: Final = vocab.TG.rstrip("#")
_VANN: Final = "http://purl.org/vocab/vann/"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
# Sections: anchor, sort of the terms, name in English and German.
_SECTIONS: Final = (
    ("classes", CLASS, ("Classes", "Klassen")),
    ("relations", RELATION, ("Relations", "Beziehungen")),
    ("values", VALUE, ("Values", "Werte")),
    ("concepts", CONCEPT, ("Kinds and recurrence", "Arten und Wiederkehr")),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """A term in a tree, with those below it."""

    term: Term
    below: list[Branch]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one sort: as a tree, and one after another."""

    anchor: str
    name: str
    tree: list[Branch]
    terms: list[Term]


def ontology_page(view: View, head: Mapping[str, Any]) -> str:
    """What each term means, and how the terms hang together; `head` is that of every resource."""
    terms = list(Terms(view, IRI))
    own = view.quads(IRI, None, None)
    titles = view.wordings(IRI, f"{vocab.DCTERMS}title")
    title = titles[0].text if titles else IRI
    values = {
        "title": view.say(f"The terms of {title}", f"Die Begriffe von {title}"),
        "descriptions": view.wordings(IRI, f"{vocab.DCTERMS}description")[:1],
        "version": _find(view, f"{_OWL}versionInfo"),
        "version_iri": _find(view, f"{_OWL}versionIRI"),
        "licence": _find(view, f"{vocab.DCTERMS}license"),
        "licences": LICENCES,
        "modified": _find(view, f"{vocab.DCTERMS}modified"),
        "namespace": _find(view, f"{_VANN}preferredNamespaceUri"),
        "prefix": _find(view, f"{_VANN}preferredNamespacePrefix"),
        "sections": [
            _make_section(view.say(*name), anchor, [each for each in terms if each.sort == sort])
            for anchor, sort, name in _SECTIONS
        ],
        "about": group_statements(view, sorted(own, key=place_of)),
        "topics": view.count(len(view.subjects(vocab.RDF_TYPE, f"{vocab.TG}Topic"))),
    }
    return render("ontology.html", view, **{**head, **values})


def _find(view: View, property_: str) -> str:
    """What is said of the ontology; empty where nothing is."""
    return next(iter(view.values(IRI, property_)), "")


def _make_section(name: str, anchor: str, terms: Sequence[Term]) -> Section:
    by_iri = {each.iri: each for each in terms}
    roots = [each for each in terms if by_iri.keys().isdisjoint(_iris(each.above))]
    tree = [_grow(each, by_iri, ()) for each in roots]
    in_order = {each.iri: each for branch in tree for each in _walk(branch)}
    return Section(anchor, name, tree, list(in_order.values()))


def _grow(term: Term, by_iri: Mapping[str, Term], above: tuple[str, ...]) -> Branch:
    """A term with those below it, none of which stands below itself."""
    path = (*above, term.iri)
    below = [by_iri[each] for each in _iris(term.below) if each in by_iri and each not in path]
    return Branch(term, [_grow(each, by_iri, path) for each in below])


def _walk(branch: Branch) -> Iterator[Term]:
    yield branch.term
    for each in branch.below:
        yield from _walk(each)


def _iris(shown: Sequence[Shown]) -> list[str]:
    return [each.title for each in shown]
