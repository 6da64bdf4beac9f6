"""The ontology and the topics, read with pyoxigraph: quads for the graph, names for the records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from twingraph import files, vocab
from twingraph.errors import FileError
from twingraph.quads import Quad, Term, iri_term
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Lists of property chains are the only blank nodes we write; in the graph they are Skolem IRIs
# (RDF 1.1 Concepts, 3.5), numbered as they stand in the file.
_SKOLEM: Final = "https://w3id.org/.well-known/genid/twingraph/"
_BROADER: Final = Iri(vocab.SKOS + "broader")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that records may use, each with its IRI."""

    forms: Mapping[str, Iri]
    kinds: Mapping[str, Iri]
    topics: Mapping[str, Iri]


def read_ontology(graph: Iri, names: tuple[str, ...] = files.REASONED) -> Iterator[Quad]:
    """The quads of the named ontology files in `graph`, in the order of the files."""
    for name in names:
        yield from _read_turtle(files.find_shipped("ontology") / name, iri_term(graph))


def _read_turtle(path: Path, graph: Term) -> Iterator[Quad]:
    import pyoxigraph

    skolems: dict[str, Term] = {}

    def term_of(node: object) -> Term:
        if isinstance(node, pyoxigraph.BlankNode):
            number = f"{_SKOLEM}{path.stem}-{len(skolems) + 1}"
            return skolems.setdefault(node.value, iri_term(Iri(number)))
        return Term(str(node))

    try:
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            yield term_of(quad.subject), term_of(quad.predicate), term_of(quad.object), graph
    except (SyntaxError, OSError) as error:
        raise FileError(f"{path}: {error}") from error


@cache
def read_vocabulary() -> Vocabulary:
    """The forms of activity, kinds of institution and topics that the shipped ontology declares.

    >>> read_vocabulary().topics["climate"]
    'https://w3id.org/twingraph/topic/climate'
    """
    children: dict[str, list[str]] = {}
    topics: dict[str, Iri] = {}
    topic_class = iri_term(Iri(vocab.TG + "Topic"))
    for subject, predicate, object_, _ in read_ontology(Iri(vocab.TG)):
        if predicate == iri_term(vocab.RDFS_SUBCLASS):
            children.setdefault(object_, []).append(subject)
        elif predicate == iri_term(vocab.RDF_TYPE) and object_ == topic_class:
            topics[subject[1:-1].removeprefix(vocab.TOPIC)] = Iri(subject[1:-1])

    def below(name: str) -> dict[str, Iri]:
        found = {name: Iri(vocab.TG + name)}
        for child in children.get(iri_term(Iri(vocab.TG + name)), ()):
            found |= below(child[1:-1].removeprefix(vocab.TG))
        return found

    states = ("OngoingActivity", "UndatedActivity", "DisputedActivity", "PlannedActivity")
    forms = {name: iri for name, iri in below("Activity").items() if name not in states}
    return Vocabulary(forms, below("Institution"), topics)


@cache
def read_wider() -> Mapping[str, frozenset[str]]:
    """All that a form, a kind or a topic is a narrower one of, by name; top classes aside.

    >>> sorted(read_wider()["YouthExchange"]), sorted(read_wider()["climate"])
    (['Exchange'], ['environment'])
    """
    known = read_vocabulary()
    names = {
        iri_term(iri): n
        for each in (known.forms, known.kinds, known.topics)
        for n, iri in each.items()
        if n not in ("Activity", "Institution")
    }
    parents: dict[str, set[str]] = {name: set() for name in names.values()}
    for subject, predicate, object_, _ in read_ontology(Iri(vocab.TG)):
        if (
            predicate in map(iri_term, (vocab.RDFS_SUBCLASS, _BROADER))
            and {subject, object_} <= names.keys()
        ):
            parents[names[subject]].add(names[object_])

    def above(name: str) -> frozenset[str]:
        return frozenset().union(*(above(each) | {each} for each in parents[name]))

    return {name: above(name) for name in parents}
