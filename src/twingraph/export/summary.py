"""What a package holds, counted: for VoID, and the coverage that a portal shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.export.union import read_union
from twingraph.quads import Term, lexical_form, read_text
from twingraph.vocab import GEONAMES, SKOS, WIKIDATA

if TYPE_CHECKING:
    from twingraph.export.material import Material
    from twingraph.export.union import Statement

# Where links lead: beginning of an IRI -> the other dataset's page.
TARGETS: Final = {
    WIKIDATA: "https://www.wikidata.org/",
    GEONAMES: "https://www.geonames.org/",
    "http://eurovoc.europa.eu/": "http://eurovoc.europa.eu/",
}
_LINKS: Final = frozenset(
    (
        t.EXACT_MATCH,
        Term(f"<{SKOS}closeMatch>"),
        Term("<http://www.w3.org/2002/07/owl#sameAs>"),
    )
)
# What imported datasets have, their ids beginning with the dataset's.
_IMPORTED: Final = ("municipality", "institution", "partnership")
_MOST_PLACES: Final = 50  # named in the catalogue; of more, the box they lie in tells enough


@dataclass(slots=True)
class Summary:
    """Counts of a union of graphs, and what its data cover."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)  # IRI -> instances
    properties: Counter[str] = field(default_factory=Counter)  # IRI -> triples
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # property, beginning of IRI
    # Property, and the IRIs of the datasets that it links; "" for what is not imported.
    between: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    datasets: set[str] = field(default_factory=set)  # IRIs of the imported ones
    languages: set[str] = field(default_factory=set)  # of names of the data
    years: tuple[int, int] | None = None  # the first and the last in which something was done
    latitudes: tuple[float, float] | None = None  # the least and the greatest, in degrees
    longitudes: tuple[float, float] | None = None
    places: list[str] = field(default_factory=list)  # IRIs in GeoNames


def summarize(material: Material) -> Summary:
    """Count what a package holds."""
    summary = Summary()
    years: set[int] = set()
    points: list[tuple[float, float]] = []
    data = f"<{material.base}"
    place, year = f"{data}municipality/", f"{data}year/"
    for subject, statements in read_union(material.union):
        _count(summary, statements)
        _count_between(summary, subject, statements, data)
        if subject.startswith(data):
            summary.languages |= {
                read_text(term)[1] for predicate, term in statements if predicate == t.LABEL
            }
        if subject.startswith(place):
            points += _points(statements)
            summary.places += _places(statements)
        elif subject.startswith(year):
            years |= {int(lexical_form(o)) for p, o in statements if p == t.NUMBER}
    summary.between = _between_datasets(summary)
    summary.languages.discard("")
    if years:
        summary.years = min(years), max(years)
    if points:
        latitudes, longitudes = zip(*points, strict=True)
        summary.latitudes = min(latitudes), max(latitudes)
        summary.longitudes = min(longitudes), max(longitudes)
    summary.places = sorted(set(summary.places))
    if len(summary.places) > _MOST_PLACES:
        summary.places = []
    return summary


def _count(summary: Summary, statements: list[Statement]) -> None:
    summary.subjects += 1
    summary.triples += len(statements)
    for predicate, term in statements:
        summary.properties[predicate[1:-1]] += 1
        if predicate == t.TYPE:
            summary.classes[term[1:-1]] += 1
        elif predicate in _LINKS:
            for space in TARGETS:
                if term.startswith(space, 1):
                    summary.links[predicate[1:-1], space] += 1


def _count_between(summary: Summary, subject: Term, statements: list[Statement], data: str) -> None:
    """Count the links inside the data by what each end would be of, were that a dataset."""
    if (t.TYPE, t.DATASET) in statements:
        summary.datasets.add(subject[1:-1])
    for predicate, term in statements:
        if predicate in _LINKS and subject.startswith(data) and term.startswith(data):
            ends = _find_dataset(subject, data), _find_dataset(term, data)
            summary.between[predicate[1:-1], *ends] += 1


def _find_dataset(term: Term, data: str) -> str:
    """The IRI of the dataset that a thing is of if its id begins with one.

    >>> _find_dataset(Term("<https://a.example/municipality/wikidata/Q1>"), "<https://a.example/")
    'https://a.example/source/wikidata'
    """
    space, _, identifier = term[len(data) : -1].partition("/")
    first, _, rest = identifier.partition("/")
    return f"{data[1:]}source/{first}" if rest and space in _IMPORTED else ""


def _between_datasets(summary: Summary) -> Counter[tuple[str, str, str]]:
    """The links from one dataset to another; those inside one are none of VoID's."""
    found: Counter[tuple[str, str, str]] = Counter()
    for (predicate, *ends), number in summary.between.items():
        one, other = (end if end in summary.datasets else "" for end in ends)
        if one != other:
            found[predicate, one, other] += number
    return found


def _points(statements: list[Statement]) -> list[tuple[float, float]]:
    told = dict(statements)
    if t.LATITUDE not in told or t.LONGITUDE not in told:
        return []
    return [(float(lexical_form(told[t.LATITUDE])), float(lexical_form(told[t.LONGITUDE])))]


def _places(statements: list[Statement]) -> list[str]:
    return [o[1:-1] for p, o in statements if p == t.EXACT_MATCH and o.startswith(GEONAMES, 1)]
