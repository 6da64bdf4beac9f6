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
_MOST_PLACES: Final = 50  # named in the catalogue; of more, the box they lie in tells enough


@dataclass(slots=True)
class Summary:
    """Counts of a union of graphs, and what its data cover."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)  # IRI -> instances
    properties: Counter[str] = field(default_factory=Counter)  # IRI -> triples
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # property, beginning of IRI
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
        if subject.startswith(data):
            summary.languages |= {
                read_text(term)[1] for predicate, term in statements if predicate == t.LABEL
            }
        if subject.startswith(place):
            points += _points(statements)
            summary.places += _places(statements)
        elif subject.startswith(year):
            years |= {int(lexical_form(o)) for p, o in statements if p == t.NUMBER}
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


def _points(statements: list[Statement]) -> list[tuple[float, float]]:
    told = dict(statements)
    if t.LATITUDE not in told or t.LONGITUDE not in told:
        return []
    return [(float(lexical_form(told[t.LATITUDE])), float(lexical_form(told[t.LONGITUDE])))]


def _places(statements: list[Statement]) -> list[str]:
    return [o[1:-1] for p, o in statements if p == t.EXACT_MATCH and o.startswith(GEONAMES, 1)]
