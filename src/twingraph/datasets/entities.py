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

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# ISO 3166-1 of the countries whose items are named in a P17; a country's own entity adds its P297.
_COUNTRIES: Final[Mapping[str, str]] = {"Q183": "de", "Q17": "jp"}


def read_entities(paths: Iterable[Path], source: Source) -> Dataset:
    """The partnerships of whole entities: files of the API's JSON, of one entity or of several.

    :raises FileError: if a file cannot be read.
    :raises RecordErrors: if a file is not JSON of entities.
    """
    reading = Reading(source)
    entities = [entity for path in paths for entity in _entities(path)]
    countries = dict(_COUNTRIES)
    for entity in entities:
        code = next(iter(_values(entity, "P297")), None)
        if isinstance(code, str):
            countries[entity["id"]] = code.lower()
    for entity in entities:
        if _statements(entity, "P190"):
            reading.municipalities[entity["id"]] = _municipality(entity, countries, reading)
    for entity in entities:
        for statement in _statements(entity, "P190"):
            _read_statement(entity["id"], statement, reading)
    return reading.finish()


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


def _values(entity: Mapping[str, Any], property_: str) -> list[Any]:
    """The values of an entity's statements that count, the preferred ones first."""
    order = {"preferred": 0, "normal": 1}
    ranked = [each for each in _statements(entity, property_) if each.get("rank") in order]
    ranked.sort(key=lambda each: order[each["rank"]])
    return [value for each in ranked if (value := _value(each.get("mainsnak"))) is not None]


def _value(snak: Any) -> Any:
    """What a snak says; None where it says that there is none, or that it is unknown."""
    if not isinstance(snak, dict) or snak.get("snaktype") != "value":
        return None
    return snak.get("datavalue", {}).get("value")


def _municipality(
    entity: Mapping[str, Any], countries: Mapping[str, str], reading: Reading
) -> Municipality:
    item = entity["id"]
    labels = {
        language: label["value"]
        for language, label in sorted(entity.get("labels", {}).items())
        if _LANGUAGE.fullmatch(language)
    }
    aliases = {
        language: tuple(alias["value"] for alias in found)
        for language, found in sorted(entity.get("aliases", {}).items())
        if _LANGUAGE.fullmatch(language)
    }
    place: dict[str, Any] = next(iter(_values(entity, "P625")), {})
    people: dict[str, Any] = next(iter(_values(entity, "P1082")), {})
    nations = [value.get("id") for value in _values(entity, "P17")]
    country = next((countries[each] for each in nations if each in countries), None)
    geonames = next(iter(_values(entity, "P1566")), None)
    if not labels:
        reading.report.notes[NO_NAME] += 1
    return Municipality(
        id=reading.id_of(item),
        label=labels or {UNKNOWN: item},
        alt_labels=aliases,
        country=country,
        lat=place.get("latitude"),
        long=place.get("longitude"),
        population=int(float(people["amount"])) if "amount" in people else None,
        geonames=geonames,
        wikidata=item,
        note=None if country or not nations else f"country in Wikidata: {nations[0]}",
    )


def _read_statement(item: str, statement: Mapping[str, Any], reading: Reading) -> None:
    where = str(statement.get("id", item))
    partner = _value(statement.get("mainsnak"))
    if not isinstance(partner, dict) or not ITEM.fullmatch(str(partner.get("id"))):
        reading.report.count(where, UNREADABLE, "names no partner")
        return
    if statement.get("rank") == "deprecated":
        reading.report.count(where, DEPRECATED)
        return
    times = [_qualifier(statement, name, where, reading) for name in ("P580", "P582")]
    references = tuple(dict.fromkeys(_references(statement, where, reading)))
    reading.know(partner["id"])
    years = reading.interval(where, times[0], times[1])
    reading.joiner.add(Statement(where, item, partner["id"], years, references=references))


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
            reading.cited.setdefault(
                name, Source(id=reading.id_of(name), title=url, url=url, retrieved=retrieved)
            )
            yield name


def _first_time(snaks: Iterable[Any]) -> str | None:
    values = [value for snak in snaks if (value := _value(snak)) is not None]
    return read_time(values[0]["time"], values[0]["precision"]) if values else None
