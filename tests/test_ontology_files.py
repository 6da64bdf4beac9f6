"""The ontology files as a person reads them: headers, order, one block a term."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from twingraph import files
from twingraph.vocab import TG, TOPIC

NAMES = (*files.REASONED, *files.LOADED, files.SHAPES)
# STYLE: type, label, definition, hierarchy, hints of domain and range, axioms, defined by.
ORDER = (
    "a",
    "rdfs:label",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:hiddenLabel",
    "skos:definition",
    "skos:scopeNote",
    "skos:topConceptOf",
    "skos:broader",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "rdfs:domain",
    "schema:domainIncludes",
    "rdfs:range",
    "schema:rangeIncludes",
    "owl:propertyChainAxiom",
    "owl:disjointWith",
    "owl:inverseOf",
    "skos:exactMatch",
    "skos:closeMatch",
    "rdfs:isDefinedBy",
    "skos:inScheme",
)

each_file = pytest.mark.parametrize("name", NAMES)
each_vocabulary = pytest.mark.parametrize("name", files.REASONED)


def text_of(name: str) -> str:
    return (files.find_shipped("ontology") / name).read_text(encoding="utf-8")


def graph_of(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text_of(name), format="turtle")


def blocks_of(name: str) -> list[tuple[str, list[str]]]:
    """The terms of a file, in order, each with the predicates of its block, in order."""
    found = []
    for block in re.split(r"\n\n+", text_of(name)):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines and not lines[0].startswith(("@", " ", "<https://w3id.org/twingraph/ns>")):
            predicates = [m[1] for line in lines if (m := re.match(r"  (\S+) ", line))]
            found.append((lines[0].strip(), predicates))
    return found


@each_file
def test_header(name: str) -> None:
    graph = graph_of(name)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license):
        assert graph.value(header, predicate)
    for predicate in (DCTERMS.created, DCTERMS.modified):
        (date,) = graph.objects(header, predicate)
        assert isinstance(date, rdflib.Literal)
        assert date.datatype == XSD.date
    (info,) = graph.objects(header, OWL.versionInfo)
    (version,) = graph.objects(header, OWL.versionIRI)
    assert str(version) == f"{str(header).rstrip('/')}/{info}"


@each_file
def test_prefixes_are_sorted_and_used(name: str) -> None:
    text = text_of(name)
    prefixes = re.findall(r"^@prefix (\w+): ", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    body = re.sub(r"^@prefix.*$|\"[^\"]*\"(@\w+)?|<[^>]*>|^#.*$", "", text, flags=re.MULTILINE)
    assert set(re.findall(r"(?<!\w)(\w+):", body)) == set(prefixes)


@each_vocabulary
def test_one_block_a_term_in_a_fixed_order(name: str) -> None:
    blocks = blocks_of(name)
    terms = [term for term, _ in blocks]
    assert len(terms) == len(set(terms)) > 30
    for term, predicates in blocks:
        if term.startswith(("tg:", "topic:", "kind:")):
            places = [ORDER.index(predicate) for predicate in predicates]
            assert all(one < other for one, other in pairwise(places)), term


def test_no_word_names_two_topics() -> None:
    """The labels are the lexicon: a word that names two topics would give both."""
    graph = graph_of("topics.ttl")
    words: dict[tuple[str, str], set[str]] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for topic, word in graph.subject_objects(predicate):
            assert isinstance(word, rdflib.Literal)
            words.setdefault((str(word).casefold(), word.language or ""), set()).add(str(topic))
    assert not {word: topics for word, topics in words.items() if len(topics) > 1}


def test_labels_of_topics_are_those_of_skos() -> None:
    graph = graph_of("topics.ttl")
    for topic in graph.subjects(SKOS.inScheme, rdflib.URIRef(TOPIC)):
        assert set(graph.objects(topic, RDFS.label)) == set(graph.objects(topic, SKOS.prefLabel))


def test_terms_are_named_as_is_usual() -> None:
    graph = graph_of("twingraph.ttl")
    for kind, start in (
        (OWL.Class, r"[A-Z]"),
        (OWL.ObjectProperty, r"[a-z]"),
        (OWL.DatatypeProperty, r"[a-z]"),
    ):
        own = [str(term) for term in graph.subjects(RDF.type, kind) if str(term).startswith(TG)]
        assert own
        assert not [term for term in own if not re.fullmatch(TG + start + r"\w*", term)]


def test_links_to_others_stand_apart() -> None:
    """What ties our terms to others is `align.ttl`'s alone; it is not reasoned over."""
    for name in files.REASONED:
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass):
            for end in graph_of(name).objects(None, predicate):
                assert str(end).startswith((TG, str(SKOS))), end
