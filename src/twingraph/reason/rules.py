"""The ontology compiled to tables: what one statement implies, without looking at any other.

owlrl (OWL 2 RL, https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules)
closes the ontology and the topics alone. `reason.closure` applies the tables to data. This is the
only module that imports owlrl; it is the only one of the reasoner that imports rdflib.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

from twingraph import files
from twingraph.errors import InconsistentGraph, OntologyError
from twingraph.quads import Term, Triple
from twingraph.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

_K = TypeVar("_K", Term, tuple[Term, Term])
_V = TypeVar("_V", Term, tuple[Term, Term])

_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_ERROR: Final = "http://www.daml.org/2002/03/agents/agent-ont#error"
_SUBCLASS: Final = Term(f"<{_RDFS}subClassOf>")
_SUBPROPERTY: Final = Term(f"<{_RDFS}subPropertyOf>")
_DOMAIN: Final = Term(f"<{_RDFS}domain>")
_RANGE: Final = Term(f"<{_RDFS}range>")
_CLASS: Final = Term(f"<{_OWL}Class>")
_OBJECT_PROPERTY: Final = Term(f"<{_OWL}ObjectProperty>")
_DATA_PROPERTY: Final = Term(f"<{_OWL}DatatypeProperty>")
_DISJOINT: Final = Term(f"<{_OWL}disjointWith>")
_INVERSE: Final = Term(f"<{_OWL}inverseOf>")
_CHAIN: Final = _OWL + "propertyChainAxiom"
_SYMMETRIC: Final = Term(f"<{_OWL}SymmetricProperty>")
_TRANSITIVE: Final = Term(f"<{_OWL}TransitiveProperty>")

# What the reasoner applies, and what says nothing to it. Anything else of OWL and RDFS is refused.
_APPLIED: Final = {
    *(_RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(_OWL + name for name in ("inverseOf", "propertyChainAxiom", "disjointWith")),
}
_ANNOTATIONS: Final = {
    *(_RDFS + name for name in ("label", "comment", "isDefinedBy", "seeAlso")),
    *(_OWL + name for name in ("versionInfo", "versionIRI", "deprecated")),
}
_TYPES: Final = {
    *(_OWL + name for name in ("Ontology", "Class", "ObjectProperty", "DatatypeProperty")),
    *(_OWL + name for name in ("AnnotationProperty", "NamedIndividual")),
    *(_OWL + name for name in ("SymmetricProperty", "TransitiveProperty")),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled ontology. Predicates and classes are terms."""

    # predicate -> (predicate, whether subject and object change places)
    implied: Mapping[Term, tuple[tuple[Term, bool], ...]]
    # class -> its superclasses
    superclasses: Mapping[Term, tuple[Term, ...]]
    # predicate -> classes of its subject, of its object
    subject_types: Mapping[Term, tuple[Term, ...]]
    object_types: Mapping[Term, tuple[Term, ...]]
    # x first m, m second y => x whole y, as first -> (second, whole) and second -> (first, whole)
    chains: Mapping[Term, tuple[tuple[Term, Term], ...]]
    chains_by_second: Mapping[Term, tuple[tuple[Term, Term], ...]]
    transitive: frozenset[Term]
    # predicates that are only derived (the named side of inverseOf): data state the other side
    derived_only: frozenset[Term]
    disjoint: frozenset[tuple[Term, Term]]
    # (subject, predicate) -> objects, of the topics: the second step of a chain may lie there
    static: Mapping[tuple[Term, Term], tuple[Term, ...]]
    # what follows about the topics and kinds themselves, in order
    vocabulary: tuple[Triple, ...]


@cache
def shipped_rules() -> Rules:
    """The rules of the shipped ontology and topics.

    :raises OntologyError: if it holds an axiom that the reasoner does not apply.
    """
    from rdflib import Graph

    graph = Graph()
    for name in files.REASONED:
        graph.parse(files.find_shipped("ontology") / name)
    return compile_rules(graph)


def compile_rules(ontology: Graph) -> Rules:
    """The rules of an ontology.

    :raises OntologyError: if it holds an axiom that the reasoner does not apply.
    :raises InconsistentGraph: if the ontology contradicts itself.
    """
    _check_axioms(ontology)
    stated = _iri_triples(ontology)
    closed = _close_with_owlrl(stated)
    classes = {s for s, p, o in stated if p == TYPE and o == _CLASS}
    classes |= {end for s, p, o in stated if p == _SUBCLASS for end in (s, o)}
    properties = {s for s, p, o in stated if p == TYPE and o in (_OBJECT_PROPERTY, _DATA_PROPERTY)}
    properties |= {end for s, p, o in stated if p == _SUBPROPERTY for end in (s, o)}
    individuals = {s for s, p, _ in stated if p == TYPE} - classes - properties
    superclasses = _pairs(closed, _SUBCLASS, classes)
    implied = _implied(closed, properties)
    subject_types, object_types = _end_types(closed, implied, superclasses, classes)
    chains = _read_chains(ontology)
    transitive = {s for s, p, o in closed if p == TYPE and o == _TRANSITIVE}
    derived_only = {s for s, p, _ in stated if p == _INVERSE}
    _check_chains(chains, transitive, derived_only, {p for s, p, _ in closed if s in individuals})
    about = {
        (s, p, o) for s, p, o in closed if s in individuals and (p in properties or o in classes)
    }
    return Rules(
        implied=implied,
        superclasses=superclasses,
        subject_types=subject_types,
        object_types=object_types,
        chains=_group((first, (second, whole)) for first, second, whole in chains),
        chains_by_second=_group((second, (first, whole)) for first, second, whole in chains),
        transitive=frozenset(transitive),
        derived_only=frozenset(derived_only),
        disjoint=frozenset((s, o) for s, p, o in stated if p == _DISJOINT),
        static=_group(((s, p), o) for s, p, o in about),
        vocabulary=tuple(sorted(about - stated)),
    )


def _check_axioms(ontology: Graph) -> None:
    """Refuse what the tables cannot hold: extending the reasoner is a decision."""
    from rdflib import RDF, BNode

    for subject, predicate, object_ in ontology:
        name = str(predicate)
        if name.startswith((_RDFS, _OWL)) and name not in _APPLIED | _ANNOTATIONS:
            raise OntologyError(f"{subject}: the axiom {name} is not one the reasoner applies")
        if predicate == RDF.type and str(object_).startswith((_RDFS, _OWL)):
            if str(object_) not in _TYPES:
                raise OntologyError(
                    f"{subject}: the axiom {object_} is not one the reasoner applies"
                )
        elif name in _APPLIED - {_CHAIN} and isinstance(object_, BNode):
            raise OntologyError(f"{subject}: {name} names no class or property")


def _iri_triples(graph: Iterable[tuple[Node, Node, Node]]) -> set[Triple]:
    """The triples without literals and lists, as terms."""
    from rdflib import URIRef

    return {
        (Term(f"<{s}>"), Term(f"<{p}>"), Term(f"<{o}>"))
        for s, p, o in graph
        if isinstance(s, URIRef) and isinstance(p, URIRef) and isinstance(o, URIRef)
    }


def _close_with_owlrl(stated: set[Triple]) -> set[Triple]:
    """The closure of triples by owlrl.

    `improved_datatypes` is off: it would change rdflib's literals for the whole process. owlrl
    tells a contradiction as a triple, not as an exception.
    """
    from owlrl import DeductiveClosure, OWLRL_Semantics
    from rdflib import Graph, URIRef

    graph = Graph()
    for triple in stated:
        subject, predicate, object_ = (URIRef(term[1:-1]) for term in triple)
        graph.add((subject, predicate, object_))
    DeductiveClosure(OWLRL_Semantics, improved_datatypes=False).expand(graph)
    for _, message in graph.subject_objects(URIRef(_ERROR)):
        raise InconsistentGraph(f"the ontology contradicts itself: {message}")
    return _iri_triples(graph)


def _group(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups: dict[_K, set[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, set()).add(value)
    return {key: tuple(sorted(groups[key])) for key in sorted(groups)}


def _pairs(closed: set[Triple], axiom: Term, of: set[Term]) -> dict[Term, tuple[Term, ...]]:
    """Subject -> objects of an axiom, among the ontology's own names."""
    return _group((s, o) for s, p, o in closed if p == axiom and s != o and {s, o} <= of)


def _implied(
    closed: set[Triple], properties: set[Term]
) -> dict[Term, tuple[tuple[Term, bool], ...]]:
    """Predicate -> every predicate that one statement of it implies, and whether its ends swap."""
    steps: dict[Term, set[tuple[Term, bool]]] = {p: set() for p in properties}
    for s, p, o in closed:
        if p == _SUBPROPERTY and s in steps and o in steps:
            steps[s].add((o, False))
        elif p == _INVERSE and s in steps and o in steps:
            steps[s].add((o, True))
            steps[o].add((s, True))
        elif p == TYPE and o == _SYMMETRIC and s in steps:
            steps[s].add((s, True))
    reached: dict[Term, tuple[tuple[Term, bool], ...]] = {}
    for start in sorted(properties):
        found = {(start, False)}
        waiting = [(start, False)]
        while waiting:
            predicate, swapped = waiting.pop()
            for other, swaps in steps[predicate]:
                step = (other, swapped != swaps)
                if step not in found:
                    found.add(step)
                    waiting.append(step)
        reached[start] = tuple(sorted(found - {(start, False)}))
    return reached


def _end_types(
    closed: set[Triple],
    implied: Mapping[Term, tuple[tuple[Term, bool], ...]],
    superclasses: Mapping[Term, tuple[Term, ...]],
    classes: set[Term],
) -> tuple[dict[Term, tuple[Term, ...]], dict[Term, tuple[Term, ...]]]:
    """Predicate -> the classes of a statement's subject, and of its object."""
    domains, ranges = (
        _group((s, o) for s, p, o in closed if p == axiom and o in classes)
        for axiom in (_DOMAIN, _RANGE)
    )
    subject_types: dict[Term, tuple[Term, ...]] = {}
    object_types: dict[Term, tuple[Term, ...]] = {}
    for predicate, consequences in implied.items():
        subjects, objects = set[Term](), set[Term]()
        for other, swapped in ((predicate, False), *consequences):
            subjects.update((ranges if swapped else domains).get(other, ()))
            objects.update((domains if swapped else ranges).get(other, ()))
        for types, table in ((subjects, subject_types), (objects, object_types)):
            above = {c for name in types for c in superclasses.get(name, ())}
            table[predicate] = tuple(sorted(types | above))
    return subject_types, object_types


def _read_chains(ontology: Graph) -> tuple[tuple[Term, Term, Term], ...]:
    """Each property chain as (first, second, whole)."""
    from rdflib import OWL
    from rdflib.collection import Collection

    chains = []
    for whole, cell in ontology.subject_objects(OWL.propertyChainAxiom):
        steps = [Term(f"<{step}>") for step in Collection(ontology, cell)]
        if len(steps) != 2:  # noqa: PLR2004 - the reasoner joins two steps
            raise OntologyError(f"{whole}: a property chain of {len(steps)} steps; expected 2")
        chains.append((steps[0], steps[1], Term(f"<{whole}>")))
    return tuple(sorted(chains))


def _check_chains(
    chains: Iterable[tuple[Term, Term, Term]],
    transitive: set[Term],
    derived_only: set[Term],
    static: set[Term],
) -> None:
    """Refuse a chain whose middle is neither a topic nor the subject that is being closed."""
    for first, second, whole in chains:
        if second in static:
            continue
        if first not in derived_only or {first, second, whole} & transitive:
            raise OntologyError(
                f"{whole[1:-1]}: the chain over {first[1:-1]} and {second[1:-1]} cannot be joined "
                "at one subject: the second step must lie among the topics, or the first be an "
                "inverse"
            )
