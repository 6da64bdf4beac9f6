"""The points that data.europa.eu gives to a dataset's metadata, and what is missing.

The indicators and their weights are those of its Metadata Quality Assurance
(https://data.europa.eu/mqa/methodology). Which it measures on distributions, every one must have
here; a format that machines read, and that nobody owns, at least one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph.checks import check_file
from twingraph.export.authorities import AUTHORITY, MEDIA_TYPES
from twingraph.export.describe import expand

if TYPE_CHECKING:
    from collections.abc import Collection

    Told = dict[str, dict[str, list[str]]]  # subject -> property -> values

SHAPES: Final = Path(__file__).with_name("dcat-ap.ttl")

_DCAT_DE_LICENCES: Final = "http://dcat-ap.de/def/licenses/"
# Formats in the portal's lists of what is machine-readable and non-proprietary, that a package has.
_OPEN: Final = ("CSV", "JSON_LD", "RDF_N_QUADS", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "XML")


@dataclass(frozen=True, slots=True)
class _Indicator:
    """Points for a property; `of` is the class that must have it, `within` where values begin."""

    points: int
    of: str
    property: str
    what: str
    within: tuple[str, ...] = ()
    needs_one: bool = False  # of several distributions one is enough


_INDICATORS: Final = (
    _Indicator(30, "Dataset", "dcat:keyword", "keywords"),
    _Indicator(30, "Dataset", "dcat:theme", "a theme of the EU", (f"{AUTHORITY}data-theme/",)),
    _Indicator(20, "Dataset", "dct:spatial", "a place: lat and long, or geonames"),
    _Indicator(20, "Dataset", "dct:temporal", "a time: dated activities"),
    _Indicator(20, "Distribution", "dcat:downloadURL", "an address to load it from"),
    _Indicator(20, "Distribution", "dct:format", "a format"),
    _Indicator(5, "Distribution", "dct:format", "an EU format", (f"{AUTHORITY}file-type/",)),
    _Indicator(
        *(20, "Distribution", "dct:format", "a machine-readable format"),
        tuple(f"{AUTHORITY}file-type/{code}" for code in _OPEN),
        needs_one=True,
    ),
    _Indicator(
        *(20, "Distribution", "dct:format", "a format that nobody owns"),
        tuple(f"{AUTHORITY}file-type/{code}" for code in _OPEN),
        needs_one=True,
    ),
    _Indicator(10, "Distribution", "dcat:mediaType", "a media type"),
    _Indicator(5, "Distribution", "dcat:mediaType", "one of IANA", (MEDIA_TYPES,)),
    _Indicator(20, "Distribution", "dct:license", "a licence"),
    _Indicator(
        *(10, "Distribution", "dct:license", "a licence that the EU lists"),
        (f"{AUTHORITY}licence/", _DCAT_DE_LICENCES),
    ),
    _Indicator(10, "Dataset", "dct:accessRights", "access rights"),
    _Indicator(5, "Dataset", "dct:accessRights", "those of the EU", (f"{AUTHORITY}access-right/",)),
    _Indicator(20, "Dataset", "dcat:contactPoint", "a contact"),
    _Indicator(10, "Dataset", "dct:publisher", "a publisher"),
    _Indicator(5, "Distribution", "dct:rights", "a statement of rights"),
    _Indicator(5, "Distribution", "dcat:byteSize", "a size"),
    _Indicator(5, "Dataset", "dct:issued", "a day of issue"),
    _Indicator(5, "Dataset", "dct:modified", "a day of change"),
)
_CONFORMS: Final = 30
# accessURL and downloadURL must answer.
_NETWORK: Final = 50 + 30
REACHABLE: Final = sum(each.points for each in _INDICATORS) + _CONFORMS


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a catalogue; of what is missing, what it is and how many it would give."""

    points: int
    missing: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        points = f"{self.points} of {REACHABLE} points"
        lines = [f"quality on data.europa.eu: {points}, {_NETWORK} more once the addresses answer"]
        lines += (f"  missing: {what} ({points} points)" for what, points in self.missing)
        return "\n".join(lines)


def score_catalogue(path: Path) -> Score:
    """The points of the dataset that a catalogue in Turtle describes."""
    told = _read(path)
    missing = [
        (f"{each.property}, {each.what}", each.points)
        for each in _INDICATORS
        if not _has(told, each)
    ]
    if check_file(path, SHAPES):
        missing.append(("conformance with DCAT-AP: twingraph export --check", _CONFORMS))
    return Score(REACHABLE - sum(points for _, points in missing), tuple(missing))


def _read(path: Path) -> Told:
    import pyoxigraph

    told: Told = {}
    for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
        subject, predicate, value = (part.value for part in quad.triple)
        told.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return told


def _has(told: Told, indicator: _Indicator) -> bool:
    class_ = expand(f"dcat:{indicator.of}")
    found: Collection[bool] = [
        any(value.startswith(indicator.within or "") for value in said[expand(indicator.property)])
        if expand(indicator.property) in said
        else False
        for said in told.values()
        if class_ in said.get(expand("rdf:type"), ())
    ]
    return any(found) if indicator.needs_one else bool(found) and all(found)
