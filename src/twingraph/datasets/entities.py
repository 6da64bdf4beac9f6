"""Whole entities of Wikidata with their P190, as its API gives them.

The form is that of https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON .
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets.dataset import DEPRECATED, NO_NAME, UNREADABLE, Dataset, Statement
from twingraph.datasets.times import read_time
from twingraph.datasets.wikidata import ITEM, UNKNOWN, Reading
from twingraph.errors import Finding, IriError, RecordErrors
from twingraph.facts import Municipality, Source
from twingraph.vocab import WIKIDATA, read_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_CODE: Final = re.compile(r"[A-Za-z]{2}")
_AMOUNT: Final = re.compile(r"\+?[0-9]{1,12}(\.[0-9]+)?")
_GEONAMES: Final = re.compile(r"[1-9][0-9]*")
_POLE: Final = 90  # degrees of latitude
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# ISO 3166-1 of the countries whose items are named in a P17; a country's own entity adds its P297.
_COUNTRIES: Final[Mapping[str, str]] = {"Q183": "de", "Q17": "jp"}


def read_entities(paths: Iterable[Path], source: Source) -> Dataset:
    """The partnerships of whole entities: files of the API's JSON, of one entity or of several.

    Entities without a P190 tell of the partners of others, and of countries. The files are read
    twice, one at a time.

    :raises FileError: if a file cannot be read.
    :raises RecordErrors: if a file is not JSON of entities.
    """
    files = list(paths)
    reading = Reading(source)
    countries = dict(_COUNTRIES)
    partners: set[str] = set()
    for entity in _all(files):
        code = next(iter(_best(entity, "P297")), None)
        if isinstance(code, str) and _CODE.fullmatch(code):
            countries[entity["id"]] = code.lower()
        partners.update(filter(None, map(partner_of, _statements(entity, "P190"))))
    for entity in _all(files):
        statements = _statements(entity, "P190")
        if statements or entity["id"] in partners:
            reading.municipalities[entity["id"]] = _municipality(entity, countries, reading)
        for statement in statements:
            _read_statement(entity["id"], statement, reading)
    for item in sorted(partners):
        reading.know(item)
    return reading.finish()


def partner_of(statement: Mapping[str, Any]) -> str | None:
    """The item that a statement of P190 names, unless its rank is deprecated."""
    return None if statement.get("rank") == "deprecated" else _partner(statement)


def _partner(statement: Mapping[str, Any]) -> str | None:
    partner = _value(statement.get("mainsnak"))
    item = str(partner.get("id")) if isinstance(partner, dict) else ""
    return item if ITEM.fullmatch(item) else None


def _all(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    return (entity for path in paths for entity in _entities(path))


def _entities(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise RecordErrors([Finding(str(path), 0, "", f"is not JSON: {error}")]) from error
    found = content.get("entities", content) if isinstance(content, dict) else content
    if isinstance(found, dict):
        found = [found] if "claims" in found else list(found.values())
    for entity in found if isinstance(found, list) else [None]:
        if not isinstance(entity, dict) or not ITEM.fullmatch(str(entity.get("id"))):
            message = "holds what is no entity; expected the JSON of Special:EntityData or the API"
            raise RecordErrors([Finding(str(path), 0, "", message)])
        yield entity


def _statements(entity: Mapping[str, Any], property_: str) -> list[dict[str, Any]]:
    claims = entity.get("claims")
    return claims.get(property_, []) if isinstance(claims, dict) else []


def _best(entity: Mapping[str, Any], property_: str) -> list[Any]:
    """The values of an entity's statements of the best rank that it has ("truthy" in Wikidata)."""
    found = _statements(entity, property_)
    preferred = [each for each in found if each.get("rank") == "preferred"]
    best = preferred or [each for each in found if each.get("rank") == "normal"]
    return [value for each in best if (value := _value(each.get("mainsnak"))) is not None]


def _value(snak: Any) -> Any:
    """What a snak says; None where it says that there is none, or that it is unknown."""
    if not isinstance(snak, dict) or snak.get("snaktype") != "value":
        return None
    return snak.get("datavalue", {}).get("value")


def _municipality(
    entity: Mapping[str, Any], countries: Mapping[str, str], reading: Reading
) -> Municipality:
    """The record of an entity. Of several values of one rank the least counts, of numbers of people
    the greatest: Wikidata does not order them."""
    item = entity["id"]
    labels = {
        language: label["value"]
        for language, label in sorted(entity.get("labels", {}).items())
        if _LANGUAGE.fullmatch(language)
    }
    aliases = {
        language: tuple(sorted({alias["value"] for alias in found}))
        for language, found in sorted(entity.get("aliases", {}).items())
        if _LANGUAGE.fullmatch(language)
    }
    nations = sorted((str(value.get("id")) for value in _best(entity, "P17")), key=_by_number)
    country = next((countries[each] for each in nations if each in countries), None)
    lat, long = _place(entity, reading)
    if not labels:
        reading.report.notes[NO_NAME] += 1
    return Municipality(
        id=reading.id_of(item),
        label=labels or {UNKNOWN: item},
        alt_labels=aliases,
        country=country,
        lat=lat,
        long=long,
        population=max(_numbers(entity, "P1082", reading), default=None),
        geonames=_geonames(entity, reading),
        wikidata=item,
        note=None if country or not nations else f"country in Wikidata: {nations[0]}",
    )


def _by_number(item: str) -> tuple[int, str]:
    return len(item), item


def _place(entity: Mapping[str, Any], reading: Reading) -> tuple[float, float] | tuple[None, None]:
    places = []
    for value in _best(entity, "P625"):
        lat, long = value.get("latitude"), value.get("longitude")
        is_on_earth = all(isinstance(each, int | float) for each in (lat, long)) and (
            abs(lat) <= _POLE and abs(long) <= 2 * _POLE
        )
        if is_on_earth:
            places.append((lat, long))
        else:
            reading.report.note(entity["id"], f"a place that is none: {value!r:.100}")
    return min(places, default=(None, None))


def _numbers(entity: Mapping[str, Any], property_: str, reading: Reading) -> Iterator[int]:
    for value in _best(entity, property_):
        amount = str(value.get("amount"))
        if _AMOUNT.fullmatch(amount):
            yield int(float(amount))
        else:
            reading.report.note(entity["id"], f"a number that is none: {property_} {amount!r:.100}")


def _geonames(entity: Mapping[str, Any], reading: Reading) -> str | None:
    found = [str(value) for value in _best(entity, "P1566")]
    for text in found:
        if not _GEONAMES.fullmatch(text):
            reading.report.note(entity["id"], f"a GeoNames id that is none: {text!r:.100}")
    return min(filter(_GEONAMES.fullmatch, found), key=_by_number, default=None)


def _read_statement(item: str, statement: Mapping[str, Any], reading: Reading) -> None:
    where = str(statement.get("id", item))
    partner = _partner(statement)
    if partner is None:
        reading.report.count(where, UNREADABLE, "names no partner")
        return
    if statement.get("rank") == "deprecated":
        reading.report.count(where, DEPRECATED)
        return
    times = [_qualifier(statement, name, where, reading) for name in ("P580", "P582")]
    references = tuple(_references(statement, where, reading))
    years = reading.interval(where, times[0], times[1])
    reading.joiner.add(Statement(where, item, partner, years, references=references))


def _qualifier(statement: Mapping[str, Any], name: str, where: str, reading: Reading) -> str | None:
    snaks = statement.get("qualifiers", {}).get(name, [])
    values = [value for snak in snaks if (value := _value(snak)) is not None]
    if len(values) > 1:
        reading.report.note(where, f"several times: {len(values)} of {name}; the first counts")
    if not values:
        return None
    found = read_time(values[0]["time"], values[0]["precision"])
    if found is None:
        reading.report.note(where, f"a time that is too vague: {values[0]['time']}")
    return found


def _references(statement: Mapping[str, Any], where: str, reading: Reading) -> Iterator[str]:
    """The ids of the sources that a statement cites (P854 a page, P248 and P143 an item)."""
    for reference in statement.get("references", []):
        snaks = reference.get("snaks", {})
        retrieved = _first_time(snaks.get("P813", []))
        for snak in (*snaks.get("P854", []), *snaks.get("P248", []), *snaks.get("P143", [])):
            value = _value(snak)
            url = WIKIDATA + value["id"] if isinstance(value, dict) else value
            if url is None:
                continue
            try:
                read_iri(url)
            except IriError as error:
                reading.report.note(where, f"a reference that is none: {error}")
                continue
            name = f"ref-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
            known = reading.cited.get(name)
            if known is None or (known.retrieved or "") < (retrieved or ""):
                reading.cited[name] = Source(
                    id=reading.id_of(name), title=url, url=url, retrieved=retrieved
                )
            yield name


def _first_time(snaks: Iterable[Any]) -> str | None:
    values = [value for snak in snaks if (value := _value(snak)) is not None]
    return read_time(values[0]["time"], values[0]["precision"]) if values else None
