"""A naive closure, to hold the streamed one against: owlrl, and our rules over sets of triples.

Everything is written for the eye, nothing for speed. owlrl closes ontology and data as one graph,
each rule of ours looks at all triples that there are, and both are repeated until nothing is new.
Only the arithmetic of years is shared with the library (tests/test_years.py holds it to a table).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Literal, Namespace, URIRef

from twingraph.years import Years, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.graph import _TripleType as Triple
    from rdflib.term import Node

BASE: Final = "https://w3id.org/twingraph/id/"
TG: Final = Namespace("https://w3id.org/twingraph/ns#")
TWINNING: Final = URIRef("https://w3id.org/twingraph/kind/twinning")
ERROR: Final = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
# What names the ontology's own terms, about which nothing is told.
NAMESPACES_OF_TERMS: Final = tuple(map(str, (TG, SKOS, RDF, RDFS, OWL, XSD)))
BOUNDS: Final = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")


class ContradictionError(Exception):
    """The graph contradicts itself; owlrl says so in a triple."""


def naive_closure(
    quads: Iterable[ox.Quad], ontology: rdflib.Graph, base: str = BASE
) -> set[ox.Triple]:
    """What follows from ontology and data, in our vocabulary, and is not stated in either.

    :raises ContradictionError: if something is in two classes that are declared disjoint.
    """
    told = {
        (
            rdflib_term(quad.subject),
            rdflib_term(quad.predicate),
            rdflib_term(quad.object),
            rdflib_term(quad.graph_name),
        )
        for quad in quads
    }
    stated: set[Triple] = {(s, p, o) for s, p, o, _ in told} | set(ontology)
    # From what the ontology says in words (labels, definitions) nothing follows; it costs time.
    words = {(s, p, o) for s, p, o in ontology if isinstance(o, Literal)}
    known, size = stated - words, 0
    while len(known) != size:
        size = len(known)
        known |= {triple for triple in _close_with_owlrl(known) if _is_ours(triple, base)}
        times = _stated_times(told, known)
        for rule in (_years_of_activities, _bounds, _states):
            known |= set(rule(times, known, base))
        known |= set(_twins(known)) | set(_exchanges(known)) | set(_counts(times, known))
    known |= set(_decades(known, base)) | set(_pairs(known, base))
    return {
        ox.Triple(_iri(s), _iri(p), _term(o))
        for s, p, o in known - stated
        if _is_ours((s, p, o), base)
    }


def _close_with_owlrl(triples: set[Triple]) -> set[Triple]:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(triple)
    # improved_datatypes would change rdflib's literals for the whole process.
    DeductiveClosure(OWLRL_Semantics, improved_datatypes=False).expand(graph)
    for message in graph.objects(None, ERROR):
        raise ContradictionError(str(message))
    return {(s, p, o) for s, p, o in graph if not isinstance(s, Literal)}


def _is_ours(triple: Triple, base: str) -> bool:
    subject, predicate, object_ = triple
    if not isinstance(subject, URIRef) or str(subject).startswith(NAMESPACES_OF_TERMS):
        return False
    if predicate == RDF.type:
        return object_ == SKOS.Concept or str(object_).startswith(TG)
    if predicate == RDFS.label:
        return str(subject).startswith((f"{base}year/", f"{base}decade/"))
    return predicate == SKOS.broaderTransitive or str(predicate).startswith(TG)


# Rule 1: time. `times` are the statements of time of each subject: what, and the source's as_of.

Times = dict["Node", list[tuple[Years, int | None]]]


def _stated_times(told: Iterable[tuple[Node, Node, Node, Node]], known: set[Triple]) -> Times:
    as_of = {s: int(str(o)) for s, p, o, _ in told if p == TG.asOf}
    dated = _members(known, TG.Activity) | _members(known, TG.PartnershipStage)
    times: Times = defaultdict(list)
    for subject, predicate, object_, graph in told:
        if predicate == DCTERMS.date and subject in dated:
            times[subject].append((read_years(str(object_)), as_of.get(graph)))
    return times


def _certain(times: Times, subject: Node) -> set[int]:
    return {year for years, as_of in times.get(subject, ()) for year in years.certain(as_of)}


def _possible(times: Times, subject: Node) -> set[int]:
    told = {year for years, as_of in times.get(subject, ()) for year in years.possible(as_of)}
    return told - _certain(times, subject)


def _years_of_activities(times: Times, known: set[Triple], base: str) -> Iterator[Triple]:
    for activity in _members(known, TG.Activity):
        certain, possible = _certain(times, activity), _possible(times, activity)
        for predicate, numbers in ((TG.activeIn, certain), (TG.possiblyActiveIn, possible)):
            for number in numbers:
                year = URIRef(f"{base}year/{number:04d}")
                yield activity, predicate, year
                yield year, RDF.type, TG.Year
                yield year, TG.number, Literal(number)
                yield year, RDFS.label, Literal(f"{number:04d}")


def _bounds(times: Times, _known: set[Triple], _base: str) -> Iterator[Triple]:
    for subject in times:
        bounds = _widest_bounds(times, subject)
        for name, year in zip(BOUNDS, bounds, strict=True):
            if year is not None:
                yield subject, TG[name], Literal(year)


def _widest_bounds(times: Times, subject: Node) -> tuple[int | None, ...]:
    """The widest of what the sources state; where one sets no limit, there is none."""
    found = [years.bounds(as_of) for years, as_of in times.get(subject, ())]
    stated = [bounds for bounds in found if bounds is not None]
    if not stated:
        return (None,) * len(BOUNDS)
    columns = (
        (min, [bounds.earliest_start for bounds in stated]),
        (max, [bounds.latest_start for bounds in stated]),
        (min, [bounds.earliest_end for bounds in stated]),
        (max, [bounds.latest_end for bounds in stated]),
    )
    return tuple(
        None if None in column else widest(year for year in column if year is not None)
        for widest, column in columns
    )


def _states(times: Times, known: set[Triple], _base: str) -> Iterator[Triple]:
    series = {o for _, p, o in known if p == TG.editionOf}
    for activity in _members(known, TG.Activity):
        stated = times.get(activity, [])
        begun = [years for years, as_of in stated if not years.is_planned(as_of)]
        if not stated and activity not in series:
            yield activity, RDF.type, TG.UndatedActivity
        if stated and not begun:
            yield activity, RDF.type, TG.PlannedActivity
        if any(years.is_open for years in begun):
            yield activity, RDF.type, TG.OngoingActivity
        if len({years.signature for years, _ in stated}) > 1:
            yield activity, RDF.type, TG.DisputedActivity


# Rules 2 to 4: who is a twin of whom, who exchanged with whom, and how much each one did.


def _twins(known: set[Triple]) -> Iterator[Triple]:
    for partnership in {s for s, p, o in known if (p, o) == (TG.kind, TWINNING)}:
        partners = _objects(known, partnership, TG.partner)
        yield from ((a, TG.twinnedWith, b) for a in partners for b in partners if a != b)


def _exchanges(known: set[Triple]) -> Iterator[Triple]:
    homes = {(s, o) for s, p, o in known if p == TG.basedIn}
    # What is only planned has not taken place.
    for activity in _members(known, TG.Activity) - _members(known, TG.PlannedActivity):
        took_part = {
            institution
            for role in (TG.organizer, TG.participant, TG.host)
            for institution in _objects(known, activity, role)
        }
        there = [(who, where) for who, where in homes if who in took_part]
        yield from (
            (one, TG.exchangedWith, other)
            for one, home in there
            for other, elsewhere in there
            if one != other and home != elsewhere
        )


def _counts(times: Times, known: set[Triple]) -> Iterator[Triple]:
    series = {o for _, p, o in known if p == TG.editionOf}
    series -= {s for s, p, _ in known if p == TG.latestStart}  # one with a time of its own counts
    involvements = {(s, o) for s, p, o in known if p == TG.involves and s not in series}
    for institution in {institution for _, institution in involvements}:
        dated = [
            activity
            for activity, involved in involvements
            if involved == institution and _certain(times, activity) | _possible(times, activity)
        ]
        certain = {year for activity in dated for year in _certain(times, activity)}
        starts = [_widest_bounds(times, activity)[0] for activity in dated]
        started = [year for year in starts if year is not None]
        if dated:
            yield institution, TG.datedActivities, Literal(len(dated))
        if certain:
            yield institution, TG.firstActive, Literal(min(certain))
            yield institution, TG.lastActive, Literal(max(certain))
        if started:
            yield institution, TG.lastStarted, Literal(max(started))


# Rules 5 and 6: what was under way in a decade, and in how many activities a pair exchanged.


def _decades(known: set[Triple], base: str) -> Iterator[Triple]:
    years = {s: int(str(o)) for s, p, o in known if p == TG.number}
    active = {(s, years[o] // 10 * 10) for s, p, o in known if p == TG.activeIn}
    covered = {
        (series, decade)
        for edition, p, series in known
        if p == TG.editionOf
        for activity, decade in active
        if activity == edition
    }
    for year, number in years.items():
        yield year, TG.inDecade, URIRef(f"{base}decade/{number // 10 * 10:04d}")
    for first in {number // 10 * 10 for number in years.values()}:
        decade = URIRef(f"{base}decade/{first:04d}")
        count = len([each for each in active - covered if each[1] == first])
        yield decade, RDF.type, TG.Decade
        yield decade, TG.firstYear, Literal(first)
        yield decade, TG.activitiesUnderWay, Literal(count)
        yield decade, RDFS.label, Literal(f"{first:04d}s", lang="en")
        yield decade, RDFS.label, Literal(f"{first:04d}er-Jahre", lang="de")


def _pairs(known: set[Triple], base: str) -> Iterator[Triple]:
    editions = {(s, o) for s, p, o in known if p == TG.editionOf}
    planned = _members(known, TG.PlannedActivity)
    parties: dict[Node, set[Node]] = defaultdict(set)
    involved: dict[Node, set[Node]] = defaultdict(set)
    for s, p, o in known:
        if p in (TG.organizer, TG.participant, TG.host) and s not in planned:
            parties[s].add(o)
        if p == TG.involves:
            involved[s].add(o)
    for one, _, other in {triple for triple in known if triple[1] == TG.exchangedWith}:
        joint = [
            activity
            for activity, who in parties.items()
            if {one, other} <= who
            and not any(s == activity and {one, other} <= involved[e] for e, s in editions)
        ]
        if joint and str(one) < str(other):
            names = (str(each).removeprefix(f"{base}institution/") for each in (one, other))
            pair = URIRef(f"{base}pair/{'~'.join(names)}")
            yield pair, RDF.type, TG.InstitutionPair
            yield pair, TG.firstMember, one
            yield pair, TG.secondMember, other
            yield pair, TG.jointActivities, Literal(len(joint))


def _members(known: set[Triple], class_: URIRef) -> set[Node]:
    return {s for s, p, o in known if p == RDF.type and o == class_}


def _objects(known: set[Triple], subject: Node, predicate: URIRef) -> set[Node]:
    return {o for s, p, o in known if s == subject and p == predicate}


# Terms of pyoxigraph and of rdflib. Literals keep their lexical form.


def rdflib_term(term: object) -> URIRef | Literal:
    """A term of pyoxigraph as rdflib has it."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
        return Literal(term.value, datatype=datatype, normalize=False)
    if isinstance(term, ox.DefaultGraph):
        return URIRef("urn:default-graph")
    raise TypeError(f"{term!r} has no place in our data")


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if not isinstance(node, Literal):
        return _iri(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return ox.Literal(str(node), datatype=datatype)


def _iri(node: Node) -> ox.NamedNode:
    if not isinstance(node, URIRef):
        raise TypeError(f"{node!r} has no place in our data")
    return ox.NamedNode(str(node))
