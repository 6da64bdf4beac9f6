"""The terms of the ontology as a build has them: read, and ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.basis import find_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twingraph.pages.view import Name, Shown, View
    from twingraph.store import Build

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDF: Final = vocab.RDF_TYPE.removesuffix("type")
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SCHEMA: Final = "https://schema.org/"
DEFINED_BY: Final = f"{_RDFS}isDefinedBy"
CLASS, RELATION, VALUE, CONCEPT = "class", "relation", "value", "concept"
_SORTS: Final = {
    f"{_OWL}Class": CLASS,
    f"{_OWL}ObjectProperty": RELATION,
    f"{_OWL}DatatypeProperty": VALUE,
}
ABOVE: Final = {
    CLASS: f"{_RDFS}subClassOf",
    RELATION: f"{_RDFS}subPropertyOf",
    VALUE: f"{_RDFS}subPropertyOf",
}
_CHARACTERISTICS: Final = {
    f"{_OWL}SymmetricProperty": (
        "symmetric: it holds both ways",
        "symmetrisch: gilt in beiden Richtungen",
    ),
    f"{_OWL}TransitiveProperty": (
        "transitive: a part of a part is a part",
        "transitiv: gilt über Zwischenglieder hinweg",
    ),
}
# Terms of SKOS that stand in ours; it names them in English alone.
_OF_SKOS: Final = {
    f"{vocab.SKOS}broader": ("broader", "Oberbegriff"),
    f"{vocab.SKOS}broaderTransitive": (
        "broader, however far up",
        "Oberbegriff, wie weit oben auch immer",
    ),
    f"{vocab.SKOS}Concept": ("concept (SKOS)", "Begriff (SKOS)"),
}
_LONGEST_EXAMPLE: Final = 120  # characters of a text

Statements = dict[str, dict[str, list[Any]]]  # subject -> property -> values, of RDF


class Example(NamedTuple):
    """A statement of a property, or a resource of a class; who makes it."""

    subject: Shown
    value: Shown | None


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept; `anchor` is the fragment of its IRI.

    `kinds` are those of the statements with it in the build: asserted, inferred or possible.
    """

    iri: str
    sort: str
    anchor: str
    short: str
    names: list[Name]
    other_names: list[Name]
    definition: Name | None
    above: list[Shown]
    below: list[Shown]
    elsewhere: list[Shown]
    disjoint: list[Shown]
    domain: list[Shown]
    range: list[Shown]
    usual_domain: list[Shown]
    usual_range: list[Shown]
    inverse: list[Shown]
    chains: list[list[Shown]]
    characteristics: list[str]
    kinds: tuple[str, ...]
    example: Example | None


class Terms:
    """The terms that an ontology defines, by IRI."""

    def __init__(self, view: View, ontology: str) -> None:
        self._view = view
        self._quads = _read(view.build)
        self._said: Statements = {}
        for iri, quads in self._quads.items():
            said = self._said[iri] = defaultdict(list)
            for quad in quads:
                said[quad.predicate.value].append(quad.object)
        self._own = dict.fromkeys(
            iri for iri, said in self._said.items() if ontology in _iris(said[DEFINED_BY])
        )
        self._below = self._invert(*ABOVE.values())
        self._inverse = self._invert(f"{_OWL}inverseOf")

    def __iter__(self) -> Iterator[Term]:
        """Each, in the order of their names."""
        terms = [self._make(iri) for iri in self._own]
        return iter(sorted(terms, key=lambda each: (each.names[0].text.casefold(), each.iri)))

    def _invert(self, *properties: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject in self._own:
            for property_ in properties:
                for value in self._of(subject, property_):
                    found[value].append(subject)
        return found

    def _make(self, iri: str) -> Term:
        said = self._said[iri]
        types = _iris(said[vocab.RDF_TYPE])
        sort = next((_SORTS[each] for each in types if each in _SORTS), CONCEPT)
        above = self._of(iri, ABOVE.get(sort, ""))
        matches = [
            each
            for name in ("exactMatch", "closeMatch")
            for each in self._of(iri, vocab.SKOS + name)
        ]
        own = self._own
        inverse = {*self._of(iri, f"{_OWL}inverseOf"), *self._inverse[iri]}
        return Term(
            iri=iri,
            sort=sort,
            anchor=make_anchor(iri),
            short=shorten(iri),
            names=self._view.wordings(iri),
            other_names=self._view.wordings(iri, f"{vocab.SKOS}altLabel"),
            definition=next(iter(self._view.wordings(iri, f"{vocab.SKOS}definition")), None),
            above=self._show(each for each in above if each in own or each in _OF_SKOS),
            below=self._show(self._below[iri]),
            elsewhere=self._show(
                each for each in (*above, *matches) if each not in own and each not in _OF_SKOS
            ),
            disjoint=self._show(self._of(iri, f"{_OWL}disjointWith")),
            domain=self._show(self._of(iri, f"{_RDFS}domain")),
            range=self._show(self._of(iri, f"{_RDFS}range")),
            usual_domain=self._show(self._of(iri, f"{_SCHEMA}domainIncludes")),
            usual_range=self._show(self._of(iri, f"{_SCHEMA}rangeIncludes")),
            inverse=self._show(inverse),
            chains=[
                [self._refer(each) for each in self._list(head)]
                for head in self._of(iri, f"{_OWL}propertyChainAxiom")
            ],
            characteristics=[
                self._view.say(*_CHARACTERISTICS[each])
                for each in types
                if each in _CHARACTERISTICS
            ],
            kinds=self._find_kinds(iri, sort),
            example=self._find_example(iri, sort),
        )

    def _of(self, iri: str, property_: str) -> list[str]:
        return _iris(self._said[iri][property_])

    def _list(self, head: str) -> list[str]:
        """The members of a list of RDF."""
        found = []
        while head in self._said:
            found += self._of(head, f"{_RDF}first")
            head = next(iter(self._of(head, f"{_RDF}rest")), "")
        return found

    def _show(self, iris: Iterable[str]) -> list[Shown]:
        shown = {iri: self._refer(iri) for iri in iris}
        return sorted(shown.values(), key=lambda each: (each.text.casefold(), each.title))

    def _refer(self, iri: str) -> Shown:
        """A term by its name, with the link to its place on the page if it has one there."""
        shown = self._view.resource(iri)
        if iri in self._own:
            return shown._replace(link=f"#{make_anchor(iri)}")
        return shown._replace(text=self._view.say(*_OF_SKOS[iri])) if iri in _OF_SKOS else shown

    def _find_kinds(self, iri: str, sort: str) -> tuple[str, ...]:
        if sort == CLASS:
            return find_kinds(self._view.build, vocab.RDF_TYPE, iri)
        return () if sort == CONCEPT else find_kinds(self._view.build, iri)

    def _find_example(self, iri: str, sort: str) -> Example | None:
        import pyoxigraph

        node = pyoxigraph.NamedNode(iri)
        pattern = {
            CLASS: (None, pyoxigraph.NamedNode(vocab.RDF_TYPE), node),
            CONCEPT: (None, None, node),
        }.get(sort, (None, node, None))
        found: Iterator[Any] = self._view.build.store.quads_for_pattern(*pattern)
        quad = next((each for each in found if each.subject.value not in self._said), None)
        if quad is None:
            return None
        subject = self._view.term(quad.subject)
        if sort in (CLASS, CONCEPT):
            return Example(subject, None)
        value = self._view.term(quad.object)
        if len(value.text) > _LONGEST_EXAMPLE:
            value = value._replace(text=value.text[:_LONGEST_EXAMPLE].rstrip() + "…", rest="")
        return Example(subject, value)


@lru_cache(maxsize=2)
def _read(build: Build) -> Mapping[str, list[Any]]:
    """What the ontology's graph says, by what it is said of."""
    import pyoxigraph

    graph = pyoxigraph.NamedNode(build.mint.graph(vocab.ONTOLOGY))
    found: dict[str, list[Any]] = defaultdict(list)
    quads: Iterable[Any] = build.store.quads_for_pattern(None, None, None, graph)
    for quad in quads:
        found[str(quad.subject.value)].append(quad)
    return found


def _iris(values: Iterable[Any]) -> list[str]:
    import pyoxigraph

    return sorted(each.value for each in values if isinstance(each, pyoxigraph.NamedNode))


def make_anchor(iri: str) -> str:
    """The fragment of a term's IRI; of a concept, which has none, its kind and id.

    >>> make_anchor(f"{vocab.TG}Activity"), make_anchor(f"{vocab.KIND}twinning")
    ('Activity', 'kind-twinning')
    """
    path, _, fragment = iri.partition("#")
    return fragment or "-".join(path.rsplit("/", 2)[1:])


def shorten(iri: str) -> str:
    """A term of ours with its prefix, or a concept by the end of its IRI.

    >>> shorten(f"{vocab.TG}Activity"), shorten(f"{vocab.KIND}twinning")
    ('tg:Activity', 'kind/twinning')
    """
    if iri.startswith(vocab.TG):
        return f"tg:{iri.removeprefix(vocab.TG)}"
    return "/".join(iri.rsplit("/", 2)[1:])
