"""Where the partners are."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from twingraph.draw.map import Spot, draw_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.plot.asking import Scope

_MOST: Final = 200  # municipalities
_CROWD: Final = 20  # municipalities of which some may stay without a name
_NAMED: Final = 12  # municipalities without coordinates that are named


def plot_map(scope: Scope) -> str:
    """The picture as SVG: the municipalities of a partnership, of a city's, or of all."""
    partners = _read_partners(scope)
    counts = Counter(city for cities in partners.values() for city in cities)
    main = scope.municipality[1:-1]
    ranked = sorted(counts, key=lambda city: (city != main, -counts[city], city))
    chosen = ranked[: scope.most or _MOST]
    names = scope.names(chosen)
    places = _read_places(scope, set(chosen))
    spots = [
        Spot(city, names[city], *places[city], is_main=city == main)
        for city in chosen
        if city in places
    ]
    index = {spot.iri: number for number, spot in enumerate(spots)}
    lines = {
        pair
        for cities in partners.values()
        for pair in combinations(sorted(index[city] for city in cities if city in index), 2)
    }
    title = scope.say("Partner cities", "Partnerstädte") + (f": {scope.name}" if scope.name else "")
    notes = (
        _shown(scope, len(chosen), len(ranked)),
        _missing(scope, sorted(names[city] for city in chosen if city not in places)),
        scope.say("Names stand where there is room. ", "Namen stehen, wo Platz ist. ")
        * (len(spots) > _CROWD)
        + scope.say("Coasts: Natural Earth.", "Küsten: Natural Earth."),
    )
    pattern = _pattern(scope) + " ?partnership tg:evidence ?passage ."
    about = scope.about(title, _count(scope, len(partners)), notes, pattern)
    return draw_map(about, spots, sorted(lines))


def _count(scope: Scope, number: int) -> str:
    if number == 1:
        return scope.say("1 partnership", "1 Partnerschaft")
    return scope.say(f"{number} partnerships", f"{number} Partnerschaften")


def _shown(scope: Scope, shown: int, number: int) -> str:
    if shown == number:
        return ""
    return scope.say(
        f"Shown: the {shown} with the most partnerships of {number} cities.",
        f"Gezeigt: die {shown} mit den meisten Partnerschaften von {number} Städten.",
    )


def _missing(scope: Scope, names: list[str]) -> str:
    if not names:
        return ""
    told = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return scope.say(
        f"Not on the map, for want of coordinates ({len(names)}): {told}.",
        f"Nicht auf der Karte, da ohne Koordinaten ({len(names)}): {told}.",
    )


def _pattern(scope: Scope) -> str:
    if scope.partnership:
        return f"VALUES ?partnership {{ {scope.partnership} }}"
    if scope.municipality:
        return f"{scope.municipality} tg:hasPartnership ?partnership ."
    if scope.institution or scope.topic:
        return (
            "{ SELECT DISTINCT ?partnership WHERE { "
            f"{scope.pattern} ?activity tg:within ?partnership }} }}"
        )
    return "?partnership a tg:Partnership ."


def _read_partners(scope: Scope) -> dict[str, set[str]]:
    """The municipalities of each partnership."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for partnership, city in scope.rows(
        "?partnership ?city", f"{_pattern(scope)} ?partnership tg:partner ?city ."
    ):
        found[partnership].add(city)
    return found


def _read_places(scope: Scope, cities: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude; of several, the least."""
    known = set(cities)
    rows = scope.rows(
        "?city ?lat ?long",
        "?city a tg:Municipality . ?city geo:lat ?lat . ?city geo:long ?long .",
    )
    found: dict[str, tuple[float, float]] = {}
    for city, lat, long in sorted(rows):
        if city in known:
            found.setdefault(city, (float(lat), float(long)))
    return found
