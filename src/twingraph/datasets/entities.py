"""Whole entities of Wikidata with their P190, as its API gives them.

The form is that of https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON .
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets import wikibase
from twingraph.datasets.dataset import DEPRECATED, NO_NAME, UNREADABLE, Dataset, Statement
from twingraph.datasets.wikidata import UNKNOWN, Reading
from twingraph.errors import Finding, IriError, RecordErrors
from twingraph.facts import Municipality, Source
from twingraph.vocab import WIKIDATA, read_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MALFORMED: Final = "not of Wikidata's form"
_READ: Final = ("P190", "P297", "P17", "P625", "P1082", "P1566")
_CITING: Final = ("P854", "P248", "P143")
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_GEONAMES: Final = re.compile(r"[1-9][0-9]*")
_LONGEST_TAG: Final = 20
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
    for entity in _all(files, reading):
        entity.check()
        codes = (code for code in entity.best("P297") if isinstance(code, str))
        if code := next(filter(_COUNTRY.fullmatch, codes), None):
            countries[entity.item] = code.lower()
        partners.update(filter(None, map(partner_of, entity.statements("P190"))))
    for entity in _all(files, reading):
        statements = entity.statements("P190")
        if statements or entity.item in partners:
            reading.municipalities[entity.item] = _municipality(entity, countries)
        for statement in statements:
            _read_statement(entity, statement)
    for item in sorted(partners):
        reading.know(item)
    return reading.finish()


def partner_of(statement: Any) -> str | None:
    """The item that a statement of P190 names, unless its rank is deprecated."""
    found = wikibase.read_object(statement, "statement", _silent)
    if found.get("rank") == "deprecated":
        return None
    return wikibase.read_item(wikibase.read_snak(found.get("mainsnak"), "mainsnak", _silent))


@dataclass(frozen=True, slots=True)
class _Entity:
    """An entity, and where it stands."""

    item: str
    content: Mapping[str, Any]
    where: str
    reading: Reading

    def tell(self, what: str) -> None:
        """Note what is not of Wikibase's form."""
        self.reading.report.note(self.where, f"{MALFORMED}: {what}")

    def statements(self, name: str) -> list[Any]:
        claims = wikibase.read_object(self.content.get("claims"), "claims", _silent)
        return wikibase.read_list(claims.get(name), name, _silent)

    def best(self, name: str) -> list[Any]:
        """The values of the best rank that there is ("truthy" in Wikidata)."""
        return wikibase.read_best(self.statements(name), name, self.tell)

    def check(self) -> None:
        """Tell claims that are none, once."""
        claims = wikibase.read_object(self.content.get("claims"), "claims", self.tell)
        for name in _READ:
            wikibase.read_list(claims.get(name), name, self.tell)


def _silent(what: str) -> None:
    """What `check` has told already."""


def _all(paths: Iterable[Path], reading: Reading) -> Iterator[_Entity]:
    for path in paths:
        for each in _entities(path):
            yield _Entity(each["id"], each, f"{path}: {each['id']}", reading)


def _entities(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise RecordErrors([Finding(str(path), 0, "", f"is not JSON: {error}")]) from error
    found = content.get("entities", content) if isinstance(content, dict) else content
    if isinstance(found, dict):
        found = [found] if "claims" in found else list(found.values())
    for entity in found if isinstance(found, list) else [None]:
        if not isinstance(entity, dict) or not wikibase.ITEM.fullmatch(str(entity.get("id"))):
            message = "holds what is no entity; expected the JSON of Special:EntityData or the API"
            raise RecordErrors([Finding(str(path), 0, "", message)])
        yield entity


def _municipality(entity: _Entity, countries: Mapping[str, str]) -> Municipality:
    """The record of an entity. Of several values of one rank the least counts, of numbers of people
    the greatest: Wikidata does not order them."""
    reading, tell = entity.reading, entity.tell
    labels = {
        language: text
        for language, (text, *_) in _texts(entity, "labels").items()
        if _LANGUAGE.fullmatch(language)
    }
    aliases = {
        language: tuple(sorted(set(texts)))
        for language, texts in _texts(entity, "aliases").items()
        if _LANGUAGE.fullmatch(language)
    }
    places = (wikibase.read_place(each, "P625", tell) for each in entity.best("P625"))
    lat, long = min(filter(None, places), default=(None, None))
    amounts = (wikibase.read_amount(each, "P1082", tell) for each in entity.best("P1082"))
    items = (wikibase.read_item(each) for each in entity.best("P17"))
    nations = sorted(filter(None, items), key=_by_number)
    country = next((countries[each] for each in nations if each in countries), None)
    if not labels:
        reading.report.notes[NO_NAME] += 1
    return Municipality(
        id=reading.id_of(entity.item),
        label=labels or {UNKNOWN: entity.item},
        alt_labels=aliases,
        country=country,
        lat=lat,
        long=long,
        population=max((each for each in amounts if each is not None), default=None),
        geonames=_geonames(entity),
        wikidata=entity.item,
        note=None if country or not nations else f"country in Wikidata: {nations[0]}",
    )


def _by_number(text: str) -> tuple[int, str]:
    return len(text), text


def _geonames(entity: _Entity) -> str | None:
    found = [str(value) for value in entity.best("P1566")]
    for text in found:
        if not _GEONAMES.fullmatch(text):
            entity.tell(f"P1566 is no GeoNames id: {text!r:.100}")
    return min(filter(_GEONAMES.fullmatch, found), key=_by_number, default=None)


def _texts(entity: _Entity, kind: str) -> dict[str, tuple[str, ...]]:
    """Labels (one a language) or aliases (a list of them), by language."""
    found = {}
    by_language = wikibase.read_object(entity.content.get(kind), kind, entity.tell)
    for language, given in sorted(by_language.items()):
        what = f"{kind}: {language[:_LONGEST_TAG]}"
        values = wikibase.read_list(given, what, entity.tell) if kind == "aliases" else [given]
        terms = [wikibase.read_object(each, what, entity.tell) for each in values]
        texts = [
            wikibase.read_text(each["value"], what, entity.tell)
            for each in terms
            if "value" in each
        ]
        if kept := tuple(filter(None, texts)):
            found[language] = kept
    return found


def _read_statement(entity: _Entity, statement: Any) -> None:
    reading = entity.reading
    if not isinstance(statement, dict):
        reading.report.count(entity.where, UNREADABLE, "a statement that is no object")
        return
    where = str(statement.get("id", entity.item))
    teller = replace(entity, where=f"{entity.where}: {where}")
    partner = wikibase.read_item(
        wikibase.read_snak(statement.get("mainsnak"), "mainsnak", teller.tell)
    )
    if partner is None:
        reading.report.count(where, UNREADABLE, "names no partner")
        return
    if statement.get("rank") == "deprecated":
        reading.report.count(where, DEPRECATED)
        return
    qualifiers = wikibase.read_object(statement.get("qualifiers"), "qualifiers", teller.tell)
    times = [_qualifier(qualifiers, name, where, teller) for name in ("P580", "P582")]
    references = tuple(dict.fromkeys(_references(statement, where, teller)))
    years = reading.interval(where, times[0], times[1])
    reading.joiner.add(Statement(where, entity.item, partner, years, references=references))


def _qualifier(qualifiers: Mapping[str, Any], name: str, where: str, entity: _Entity) -> str | None:
    values = list(wikibase.read_snaks(qualifiers, name, entity.tell))
    if len(values) > 1:
        message = f"several times: {len(values)} of {name}; the first counts"
        entity.reading.report.note(where, message)
    return wikibase.read_moment(values[0], name, entity.tell) if values else None


def _references(statement: Mapping[str, Any], where: str, entity: _Entity) -> Iterator[str]:
    """The ids of the sources that a statement cites (P854 a page, P248 and P143 an item)."""
    reading, tell = entity.reading, entity.tell
    for each in wikibase.read_list(statement.get("references"), "references", tell):
        reference = wikibase.read_object(each, "reference", tell)
        snaks = wikibase.read_object(reference.get("snaks"), "snaks", tell)
        moments = [
            wikibase.read_moment(v, "P813", tell) for v in wikibase.read_snaks(snaks, "P813", tell)
        ]
        retrieved = next(iter(moments), None)
        for value in (v for name in _CITING for v in wikibase.read_snaks(snaks, name, tell)):
            item = wikibase.read_item(value)
            url = value if isinstance(value, str) else f"{WIKIDATA}{item}" if item else ""
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
