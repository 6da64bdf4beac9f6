"""Each axiom of the ontology gives something that is not given without it."""

from functools import cache

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from twingraph import files
from twingraph.errors import InconsistentGraph, OntologyError
from twingraph.quads import Quad, Term
from twingraph.reason import close_quads, compile_rules, shipped_rules
from twingraph.vocab import Minter

TG = Namespace("https://w3id.org/twingraph/ns#")
DATA = Namespace("https://w3id.org/twingraph/id/")
AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf)
X, Y, Z = DATA.x, DATA.y, DATA.z
Triple = tuple[URIRef, URIRef, URIRef]


@cache
def ontology() -> Graph:
    graph = Graph()
    for name in files.REASONED:
        graph.parse(files.find_shipped("ontology") / name)
    return graph


def without(axiom: tuple[Node, Node, Node]) -> Graph:
    graph = Graph()
    for triple in ontology():
        graph.add(triple)
    graph.remove(axiom)
    return graph


def quad(subject: URIRef, predicate: URIRef, object_: URIRef) -> Quad:
    return (
        Term(subject.n3()),
        Term(predicate.n3()),
        Term(object_.n3()),
        Term(DATA["source/s"].n3()),
    )


def follows(rules_of: Graph, data: list[Triple], expected: Triple) -> bool:
    """Whether the data and the ontology give the expected triple."""
    try:
        rules = shipped_rules() if rules_of is ontology() else compile_rules(rules_of)
    except OntologyError as error:
        # Without an axiom that a chain builds on, the chain is refused, and told.
        assert "cannot be joined" in str(error)  # noqa: PT017
        return False
    derived = set(close_quads([quad(*triple) for triple in data], rules, Minter()))
    return quad(*expected)[:3] in derived


def stated_axioms(*predicates: URIRef) -> list[tuple[Node, URIRef, Node]]:
    found = [(s, p, o) for p in predicates for s, o in ontology().subject_objects(p)]
    return sorted(found, key=str)


def name(axiom: object) -> str:
    if not isinstance(axiom, tuple):
        return str(axiom)
    return "-".join(str(node).rpartition("#")[2].rpartition("/")[2][:20] for node in axiom)


def witness(axiom: tuple[Node, URIRef, Node]) -> tuple[list[Triple], Triple]:
    """Data in which the axiom has something to say, and what it says."""
    subject, kind, object_ = axiom
    assert isinstance(subject, URIRef)
    assert isinstance(object_, URIRef)
    if kind == RDFS.subClassOf:
        return [(X, RDF.type, subject)], (X, RDF.type, object_)
    if kind == RDFS.subPropertyOf:
        return [(X, subject, Y)], (X, object_, Y)
    if kind == RDFS.domain:
        return [(X, subject, Y)], (X, RDF.type, object_)
    if kind == RDFS.range:
        return [(X, subject, Y)], (Y, RDF.type, object_)
    assert kind == OWL.inverseOf
    return [(Y, object_, X)], (X, subject, Y)


def is_about_topics(axiom: tuple[Node, Node, Node]) -> bool:
    return SKOS.broaderTransitive in axiom


@pytest.mark.parametrize(
    "axiom", [a for a in stated_axioms(*AXIOMS) if not is_about_topics(a)], ids=name
)
def test_axiom_is_needed(axiom: tuple[Node, URIRef, Node]) -> None:
    data, expected = witness(axiom)
    assert follows(ontology(), data, expected)
    assert not follows(without(axiom), data, expected)


@pytest.mark.parametrize(
    "name_", sorted(str(s) for s in ontology().subjects(RDF.type, OWL.SymmetricProperty)), ids=name
)
def test_symmetric(name_: str) -> None:
    """If x is p to y, then y is p to x."""
    predicate = URIRef(name_)
    data, expected = [(X, predicate, Y)], (Y, predicate, X)
    assert follows(ontology(), data, expected)
    assert not follows(without((predicate, RDF.type, OWL.SymmetricProperty)), data, expected)


def test_part_of_is_transitive() -> None:
    """If x is part of y and y of z, then x is part of z, and z has the part x."""
    data = [(X, TG.partOf, Y), (Y, TG.partOf, Z)]
    assert follows(ontology(), data, (X, TG.partOf, Z))
    assert follows(ontology(), data, (Z, TG.hasPart, X))
    axiom = (TG.partOf, RDF.type, OWL.TransitiveProperty)
    assert not follows(without(axiom), data, (X, TG.partOf, Z))


def test_edition_of_is_not_transitive() -> None:
    data = [(X, TG.editionOf, Y), (Y, TG.editionOf, Z)]
    assert not follows(ontology(), data, (X, TG.editionOf, Z))


def chain_of(whole: URIRef) -> Node:
    cell = ontology().value(whole, OWL.propertyChainAxiom)
    assert cell is not None
    return cell


def test_about_climbs_to_broader_topics() -> None:
    """If x has the topic climate, which is within environment, then x is about environment."""
    topic = Namespace("https://w3id.org/twingraph/topic/")
    data, expected = [(X, TG.topic, topic.climate)], (X, TG.about, topic.environment)
    assert follows(ontology(), data, expected)
    for axiom in (
        (TG.about, OWL.propertyChainAxiom, chain_of(TG.about)),
        (SKOS.broader, RDFS.subPropertyOf, SKOS.broaderTransitive),
        (topic.climate, SKOS.broader, topic.environment),
    ):
        assert not follows(without(axiom), data, expected)


def test_broader_is_climbed_more_than_one_step() -> None:
    """If x has a topic below climate, then x is about environment."""
    topic = Namespace("https://w3id.org/twingraph/topic/")
    transitive = (SKOS.broaderTransitive, RDF.type, OWL.TransitiveProperty)
    data, expected = [(X, TG.topic, topic["heat-waves"])], (X, TG.about, topic.environment)
    for graph, is_given in ((without((X, X, X)), True), (without(transitive), False)):
        graph.add((topic["heat-waves"], RDF.type, TG.Topic))
        graph.add((topic["heat-waves"], SKOS.broader, topic.climate))
        assert follows(graph, data, expected) is is_given


def test_institution_is_active_in_the_topics_of_its_activities() -> None:
    """If y organizes x and x is about a topic, then y is active in it, and in the broader one."""
    topic = Namespace("https://w3id.org/twingraph/topic/")
    data = [(X, TG.organizer, Y), (X, TG.topic, topic.climate)]
    assert follows(ontology(), data, (Y, TG.activeInTopic, topic.climate))
    assert follows(ontology(), data, (Y, TG.activeInTopic, topic.environment))
    axiom = (TG.activeInTopic, OWL.propertyChainAxiom, chain_of(TG.activeInTopic))
    assert not follows(without(axiom), data, (Y, TG.activeInTopic, topic.climate))


def test_what_follows_from_a_chain_tells_of_its_end() -> None:
    """If what a chain gives has an inverse, then the end of the chain has it to each start."""
    data = [(X, TG.organizer, Y), (X, TG.topic, URIRef("https://w3id.org/twingraph/topic/climate"))]
    inverse = DATA.hasActive
    extended = without((inverse, OWL.inverseOf, TG.activeInTopic))
    extended.add((inverse, RDF.type, OWL.ObjectProperty))
    extended.add((inverse, OWL.inverseOf, TG.activeInTopic))
    for topic in ("climate", "environment"):
        expected = (URIRef(f"https://w3id.org/twingraph/topic/{topic}"), inverse, Y)
        assert follows(extended, data, expected)
        assert not follows(ontology(), data, expected)


@pytest.mark.parametrize("axiom", stated_axioms(OWL.disjointWith), ids=name)
def test_disjoint_classes(axiom: tuple[Node, URIRef, Node]) -> None:
    one, _, other = axiom
    assert isinstance(one, URIRef)
    assert isinstance(other, URIRef)
    data = [quad(X, RDF.type, one), quad(X, RDF.type, other)]
    with pytest.raises(InconsistentGraph) as caught:
        list(close_quads(data, shipped_rules(), Minter()))
    for part in (X, one, other):
        assert str(part) in str(caught.value)
    list(close_quads(data, compile_rules(without(axiom)), Minter()))


def test_disjointness_is_seen_between_subjects() -> None:
    """What one activity makes an institution of and another subject a municipality is told."""
    data = [quad(X, TG.organizer, Y), quad(Y, RDF.type, TG.Municipality)]
    with pytest.raises(InconsistentGraph, match=r"Institution.*Municipality|Municipality.*Instit"):
        list(close_quads(data, shipped_rules(), Minter()))


def test_every_axiom_is_tested() -> None:
    """No axiom of another kind stands in the ontology than those tested above."""
    kinds = {p for _, p, _ in ontology() if str(p).startswith((str(RDFS), str(OWL)))}
    annotations = {RDFS.label, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo, OWL.versionIRI}
    tested = {*AXIOMS, OWL.propertyChainAxiom, OWL.disjointWith}
    assert kinds - annotations <= tested
    transitive = set(ontology().subjects(RDF.type, OWL.TransitiveProperty))
    assert transitive == {TG.partOf, SKOS.broaderTransitive}
    chained = set(ontology().subjects(OWL.propertyChainAxiom))
    assert chained == {TG.about, TG.activeInTopic}


FUNCTIONAL = (TG.within, RDF.type, OWL.FunctionalProperty)
EQUIVALENT = (TG.Visit, OWL.equivalentClass, TG.Meeting)
INVERSE_FUNCTIONAL = (TG.quote, RDF.type, OWL.InverseFunctionalProperty)


@pytest.mark.parametrize("axiom", [FUNCTIONAL, EQUIVALENT, INVERSE_FUNCTIONAL], ids=name)
def test_other_axiom_is_refused_by_name(axiom: Triple) -> None:
    graph = without((X, X, X))
    graph.add(axiom)
    with pytest.raises(OntologyError) as caught:
        compile_rules(graph)
    assert str(axiom[0]) in str(caught.value)
    assert any(str(node) in str(caught.value) for node in axiom[1:])


def test_restriction_is_refused() -> None:
    graph = Graph().parse(
        data="""
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix tg: <https://w3id.org/twingraph/ns#> .
        tg:Visit rdfs:subClassOf [ a owl:Restriction ; owl:onProperty tg:within ] .
        """,
        format="turtle",
    )
    with pytest.raises(OntologyError, match=r"Restriction|onProperty|names no class"):
        compile_rules(graph)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([TG.involvedIn, TG.about, SKOS.broaderTransitive], "chain of 3 steps"),
        ([TG.within, TG.partner], "cannot be joined"),
    ],
    ids=["three steps", "middle elsewhere"],
)
def test_chain_that_cannot_be_joined_is_refused(steps: list[Node], message: str) -> None:
    graph = without((X, X, X))
    cell = URIRef("urn:cell")
    Collection(graph, cell, steps)
    graph.add((TG.supporter, OWL.propertyChainAxiom, cell))
    with pytest.raises(OntologyError, match=message):
        compile_rules(graph)


def test_contradiction_in_the_ontology_is_an_exception() -> None:
    """owlrl writes a contradiction as a triple; we raise it."""
    graph = without((X, X, X))
    topic = URIRef("https://w3id.org/twingraph/topic/climate")
    graph.add((topic, RDF.type, TG.Activity))
    graph.add((topic, RDF.type, TG.Institution))
    with pytest.raises(InconsistentGraph, match="contradicts itself"):
        compile_rules(graph)


def test_literals_of_rdflib_stay_as_they_were() -> None:
    """owlrl can change how rdflib reads literals in the whole process; compiling does not."""
    from rdflib import XSD, Literal

    before = Literal("1999", datatype=XSD.gYear).value
    compile_rules(ontology())
    assert Literal("1999", datatype=XSD.gYear).value == before
