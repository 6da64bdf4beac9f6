"""What is said of one subject -> its rows in the tables.

A row is the text of its cells, in the order of the table's columns; an absent value is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.ontology import read_ontology, read_vocabulary
from twingraph.quads import Term, iri_term, lexical_form
from twingraph.vocab import GEONAMES, TG, WIKIDATA, Iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from twingraph.export.subjects import Facts

    Row = tuple[str, ...]

_SUBCLASS: Final = Term("<http://www.w3.org/2000/01/rdf-schema#subClassOf>")
_FLAGS: Final = {True: "true", False: "false"}
_ROLES: Final = (
    (t.ORGANIZER, "organizer"),
    (t.PARTICIPANT, "participant"),
    (t.HOST, "host"),
    (t.SUPPORTER, "supporter"),
)
_BOUNDS: Final = (t.EARLIEST_START, t.LATEST_START, t.EARLIEST_END, t.LATEST_END)
_STATES: Final = (
    t.ONGOING_ACTIVITY,
    t.UNDATED_ACTIVITY,
    t.PLANNED_ACTIVITY,
    t.DISPUTED_ACTIVITY,
)
# Tables that only pair an activity with what a predicate leads to.
_PAIRS: Final = (("editions", t.EDITION_OF), ("within", t.WITHIN), ("held_in", t.HELD_IN))
# The graph of what is drafted from a source is named below the source (vocab.Minter.drafts).
_DRAFTS: Final = "/drafts"


class Describer:
    """Gives the rows of one subject after another, in the order of their IRIs.

    It remembers what sources and partnerships say of the passages and stages below them: the IRI of
    a source begins that of each of its passages, so the source comes first; likewise with stages.
    """

    def __init__(self, inferred: str) -> None:
        vocabulary = read_vocabulary()
        self._inferred = f"<{inferred}>"
        self._forms = frozenset(map(iri_term, vocabulary.forms.values()))
        self._kinds = frozenset(map(iri_term, vocabulary.kinds.values()))
        self._parents = {(s, o) for s, p, o, _ in read_ontology(Iri(TG)) if p == _SUBCLASS}
        self._urls: dict[str, str] = {}
        self._partnerships: dict[str, str] = {}

    def rows(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The rows of a subject, each with the name of its table; those of a table by their key."""
        types = frozenset(facts.terms(t.TYPE))
        for class_, describe in _DESCRIBED.items():
            if class_ in types:
                yield from describe(self, subject, facts)
        if not types.isdisjoint(_NAMED):
            for language, name in sorted((tag, text) for text, tag in facts.texts(t.LABEL)):
                yield "names", (subject, language, name)
        if not types.isdisjoint(_PROVEN):
            for passage in facts.iris(t.EVIDENCE):
                yield "evidence", (subject, passage)

    def activity(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The rows of an activity."""
        types = set(facts.terms(t.TYPE))
        yield (
            "activities",
            (
                subject,
                *_names(facts),
                self._most_specific(types & self._forms),
                facts.iri(t.RECURRENCE) or "",
                facts.iri(t.OWNER) or "",
                facts.text(t.COUNTRY) or "",
                facts.text(t.VENUE) or "",
                *(_number(facts, bound) for bound in _BOUNDS),
                *(_FLAGS[state in types] for state in _STATES),
                _FLAGS[bool(facts.terms(t.HAS_EDITION))],
                _FLAGS[t.DRAFT in types],
            ),
        )
        yield from _participations(subject, facts)
        yield from _years(subject, facts)
        yield from _dates(subject, facts)
        stated = set(facts.iris(t.TOPIC))
        for topic in sorted(stated.union(facts.iris(t.ABOUT))):
            yield "topics", (subject, topic, _FLAGS[topic in stated])
        for table, predicate in _PAIRS:
            for other in facts.iris(predicate):
                yield table, (subject, other)
        yield from self._parts(subject, facts)

    def _parts(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        stated: dict[str, bool] = {}
        for told in facts.terms(t.PART_OF):
            whole, graph = told.split(" ")
            iri = whole[1:-1]
            stated[iri] = stated.get(iri, False) or graph != self._inferred
        for whole, is_stated in sorted(stated.items()):
            yield "parts", (subject, whole, _FLAGS[is_stated])

    def institution(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The row of an institution."""
        types = set(facts.terms(t.TYPE))
        yield (
            "institutions",
            (
                subject,
                *_names(facts),
                self._most_specific(types & self._kinds),
                facts.iri(t.BASED_IN) or "",
                facts.iri(t.SUB_ORGANIZATION_OF) or "",
                _number(facts, t.FIRST_ACTIVE),
                _number(facts, t.LAST_ACTIVE),
                _number(facts, t.LAST_STARTED),
                _number(facts, t.DATED_ACTIVITIES) or "0",
                facts.iri(t.HOMEPAGE) or "",
                _match(facts, WIKIDATA),
                _FLAGS[t.DRAFT in types],
            ),
        )

    def municipality(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The row of a municipality."""
        yield (
            "municipalities",
            (
                subject,
                *_names(facts),
                facts.text(t.COUNTRY) or "",
                _number(facts, t.LATITUDE),
                _number(facts, t.LONGITUDE),
                _match(facts, WIKIDATA),
                _match(facts, GEONAMES),
            ),
        )

    def partnership(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The rows of a partnership."""
        yield "partnerships", (subject, *_names(facts))
        for table, predicate in (("partners", t.PARTNER), ("kinds", t.KIND)):
            for other in facts.iris(predicate):
                yield table, (subject, other)
        self._partnerships.update(dict.fromkeys(facts.iris(t.STAGE), subject))

    def stage(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The row of a partnership's stage."""
        stated = (lexical_form(Term(told)) for told in facts.terms(t.DATE))
        yield (
            "stages",
            (
                subject,
                self._partnerships.pop(subject, ""),
                facts.iri(t.KIND) or "",
                min(stated, default=""),
                *(_number(facts, bound) for bound in _BOUNDS),
            ),
        )

    def source(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The row of a source."""
        url = facts.iri(t.ORIGIN) or ""
        self._urls[subject] = url
        yield (
            "sources",
            (
                subject,
                facts.text(t.TITLE) or "",
                url,
                facts.text(t.PUBLISHER) or "",
                facts.text(t.LANGUAGE) or "",
                facts.iri(t.LICENSE) or facts.text(t.RIGHTS) or "",
                _number(facts, t.AS_OF),
                facts.text(t.ISSUED) or "",
                facts.text(t.RETRIEVED) or "",
            ),
        )

    def passage(self, subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
        """The row of a passage."""
        source = facts.iri(t.FROM_SOURCE) or ""
        yield (
            "passages",
            (
                subject,
                source,
                self._urls.get(source, ""),
                facts.text(t.QUOTE) or "",
                _number(facts, t.START_POSITION),
                _number(facts, t.END_POSITION),
                _number(facts, t.LINE),
            ),
        )

    def _most_specific(self, classes: Iterable[str]) -> str:
        """The first of the classes that no other of them is below; the types of data are closed."""
        found = set(classes)
        above = {parent for child, parent in self._parents if child in found}
        return min(found - above, default="<>")[1:-1]


_DESCRIBED: Final[dict[str, Callable[[Describer, str, Facts], Iterator[tuple[str, Row]]]]] = {
    t.ACTIVITY: Describer.activity,
    t.INSTITUTION: Describer.institution,
    t.MUNICIPALITY: Describer.municipality,
    t.PARTNERSHIP: Describer.partnership,
    t.PARTNERSHIP_STAGE: Describer.stage,
    t.SOURCE: Describer.source,
    t.PASSAGE: Describer.passage,
}
_NAMED: Final = (t.ACTIVITY, t.INSTITUTION, t.MUNICIPALITY, t.PARTNERSHIP)
_PROVEN: Final = (t.ACTIVITY, t.PARTNERSHIP, t.PARTNERSHIP_STAGE)


def _names(facts: Facts) -> Row:
    """The name, the English and the German one; of several in one language the first."""
    by_language: dict[str, str] = {}
    for text, language in facts.texts(t.LABEL):
        rank = language if language in ("en", "de") else ""
        by_language[rank] = min(by_language.get(rank, text), text)
    english, german = by_language.get("en", ""), by_language.get("de", "")
    return english or german or by_language.get("", ""), english, german


def _number(facts: Facts, predicate: Term) -> str:
    return next((lexical_form(Term(term)) for term in facts.terms(predicate)), "")


def _match(facts: Facts, space: str) -> str:
    return next((iri for iri in facts.iris(t.EXACT_MATCH) if iri.startswith(space)), "")


def _participations(subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
    found = [(other, role) for predicate, role in _ROLES for other in facts.iris(predicate)]
    for institution, role in sorted(found):
        yield "participations", (subject, institution, role)


def _years(subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
    found = {_year(iri): "possible" for iri in facts.iris(t.POSSIBLY_ACTIVE_IN)}
    found |= {_year(iri): "certain" for iri in facts.iris(t.ACTIVE_IN)}
    for year, certainty in sorted(found.items()):
        yield "years", (subject, str(year), certainty)


def _year(iri: str) -> int:
    """The number of a year's IRI (vocab.Minter.year)."""
    return int(iri.rpartition("/")[2])


def _dates(subject: str, facts: Facts) -> Iterator[tuple[str, Row]]:
    found = set()
    for told in facts.terms(t.DATE):
        date, graph = told.rsplit(" ", 1)
        found.add((graph[1:-1].removesuffix(_DRAFTS), lexical_form(Term(date))))
    for source, stated in sorted(found):
        yield "dates", (subject, source, stated)
