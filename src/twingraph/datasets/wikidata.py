"""Wikidata's P190 (twinned administrative body) -> a dataset.

Two forms: whole entities as the API gives them (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON),
and tables of statements, with or without a header, beside a table of names.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets.cells import read_cells
from twingraph.datasets.dataset import (
    DEPRECATED,
    NO_COUNTRY,
    NO_NAME,
    UNREADABLE,
    Dataset,
    Joiner,
    Report,
    Statement,
)
from twingraph.errors import Finding, IriError, RecordErrors
from twingraph.facts import Municipality, Source
from twingraph.vocab import WIKIDATA, read_iri
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_QID: Final = re.compile(r"Q[1-9][0-9]*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TIME: Final = re.compile(r"\+([0-9]{4})-([0-9]{2})-([0-9]{2})T.*")
UNKNOWN: Final = "und"  # the tag of a text whose language nobody says (RFC 5646)
CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
# Precisions of a time, as Wikibase numbers them.
_DECADE, _YEAR, _MONTH, _DAY = 8, 9, 10, 11
# ISO 3166-1 of the countries whose items are named in a P17; a country's own entity adds its P297.
_COUNTRIES: Final[Mapping[str, str]] = {"Q183": "de", "Q17": "jp"}


def read_time(time: str, precision: int) -> str | None:
    """A time of Wikidata as EDTF, to its precision; None where it is vaguer than a decade.

    >>> read_time("+1995-02-18T00:00:00Z", 11), read_time("+1953-00-00T00:00:00Z", 9)
    ('1995-02-18', '1953')
    """
    found = _TIME.fullmatch(time)
    if found is None or precision < _DECADE:
        return None
    year, month, day = found.groups()
    if precision == _DECADE:
        return f"{year[:3]}X"
    parts = (year, month, day)[: {_YEAR: 1, _MONTH: 2}.get(precision, 3)]
    return "-".join(part for part in parts if part != "00")


def read_interval(start: str | None, end: str | None, *, goes_on: bool) -> str | None:
    """A start (P580) and an end (P582) as one EDTF time; without an end it may go on.

    >>> read_interval("1953", None, goes_on=True), read_interval("1953", None, goes_on=False)
    ('1953/..', '1953/')

    :raises YearsError: if they are no time that records accept.
    """
    if start is None and end is None:
        return None
    if end is not None:
        text = f"{start or '..'}/{end}"
    else:
        text = f"{start}/.." if goes_on else f"{start}/"
    return read_years(text).text


def wikidata_source(dataset: str, retrieved: str | None = None) -> Source:
    """Wikidata as the source of a dataset; when it was retrieved is the time for which it speaks.

    :raises RecordErrors: if the time is none.
    """
    if retrieved is not None:
        try:
            is_date = re.fullmatch(r"[0-9]{4}(-.*)?", read_years(retrieved).text) is not None
        except YearsError as error:
            raise RecordErrors([Finding("--retrieved", 0, "", str(error))]) from error
        if not is_date:
            message = f"{retrieved!r} is not a date; expected e.g. 2016-04-15"
            raise RecordErrors([Finding("--retrieved", 0, "", message)])
    return Source(
        id=dataset,
        title="Wikidata: twinned administrative bodies (P190)",
        url="https://www.wikidata.org/wiki/Property:P190",
        publisher="Wikidata",
        language="en",
        licence=CC0,
        as_of=int(retrieved[:4]) if retrieved else None,
        as_of_reason="the year in which it was retrieved" if retrieved else None,
        retrieved=retrieved,
    )


@dataclass(slots=True)
class _Reading:
    """A dataset that is being read. Municipalities are by item."""

    source: Source
    report: Report = field(default_factory=Report)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    cited: dict[str, Source] = field(default_factory=dict)
    joiner: Joiner = field(init=False)

    def __post_init__(self) -> None:
        self.joiner = Joiner(self.source.id, self.report)

    def id_of(self, name: str) -> str:
        return f"{self.source.id}/{name}"

    def know(self, item: str) -> None:
        """Have a record of an item of which nothing is known but that it is a partner."""
        if item not in self.municipalities:
            self.municipalities[item] = Municipality(
                id=self.id_of(item), label={UNKNOWN: item}, wikidata=item
            )
            self.report.notes[NO_NAME] += 1

    def interval(self, row: str, start: str | None, end: str | None) -> str | None:
        """The time of a statement; what is none is noted, and the statement kept without."""
        try:
            return read_interval(start, end, goes_on=self.source.as_of is not None)
        except YearsError as error:
            self.report.note(row, f"a time that is none: {error}")
            return None

    def finish(self) -> Dataset:
        found = [self.municipalities[item] for item in sorted(self.municipalities, key=_number)]
        self.report.notes[NO_COUNTRY] += sum(each.country is None for each in found)
        cited = [self.cited[name] for name in sorted(self.cited)]
        return Dataset(self.source, found, self.joiner.partnerships(), cited, self.report)


def _number(item: str) -> int:
    return int(item[1:])


def read_edges(relations: Path, names: Path | None, source: Source) -> Dataset:
    """The partnerships of a table of statements, and the names of a table beside it.

    `relations` has two columns of items; or a header with `subject`, `object` and, as far as known,
    `P580`, `P582`, `precision` (of both) and `rank`. `names` has an item and a name a line.

    :raises FileError: if a file cannot be read.
    :raises RecordErrors: if a header names no subject or object.
    """
    reading = _Reading(source)
    if names is not None:
        _read_names(names, reading)
    rows = read_cells(relations)
    first = next(rows, None)
    if first is None:
        return reading.finish()
    columns = {"subject": 0, "object": 1}
    if _QID.fullmatch(first[1][0]) is None:
        columns = _read_header(relations, first[1])
    else:
        _read_edge(relations, first, columns, reading)
    for row in rows:
        _read_edge(relations, row, columns, reading)
    return reading.finish()


def _read_header(path: Path, cells: Sequence[str]) -> dict[str, int]:
    columns = {name: number for number, name in enumerate(cells)}
    if not {"subject", "object"} <= columns.keys():
        found = ", ".join(cells)
        message = f"found the columns {found}; expected subject and object, or items without header"
        raise RecordErrors([Finding(str(path), 1, "", message)])
    return columns


def _read_edge(
    path: Path, row: tuple[int, Sequence[str]], columns: Mapping[str, int], reading: _Reading
) -> None:
    line, cells = row
    where = f"{path.name}:{line}"

    def cell(name: str) -> str:
        number = columns.get(name, len(cells))
        return cells[number].strip() if number < len(cells) else ""

    one, other = cell("subject"), cell("object")
    if len(cells) > len(columns) or not (_QID.fullmatch(one) and _QID.fullmatch(other)):
        message = f"found {cells!r:.100}; expected {len(columns)} cells, two of them items"
        reading.report.count(where, UNREADABLE, message)
        return
    if cell("rank") == "deprecated":
        reading.report.count(where, DEPRECATED)
        return
    start, end = (
        _read_cell(where, reading, cell(name), cell("precision")) for name in ("P580", "P582")
    )
    reading.know(one)
    reading.know(other)
    years = reading.interval(where, start, end)
    reading.joiner.add(Statement(where, one, other, years))


def _read_cell(where: str, reading: _Reading, time: str, precision: str) -> str | None:
    if not time:
        return None
    found = read_time(time, int(precision) if precision.isdecimal() else _YEAR)
    if found is None:
        reading.report.note(where, f"a time that is too vague: {time}, precision {precision}")
    return found


def _read_names(path: Path, reading: _Reading) -> None:
    for line, cells in read_cells(path):
        item = cells[0].strip()
        name = cells[1].strip() if len(cells) > 1 else ""
        if _QID.fullmatch(item) is None or not name:
            reading.report.note(f"{path.name}:{line}", f"a name that is none: {cells!r:.100}")
            continue
        known = reading.municipalities.get(item)
        if known is not None:
            reading.report.note(f"{path.name}:{line}", f"a second name: {name!r} of {item}")
            continue
        reading.municipalities[item] = Municipality(
            id=reading.id_of(item), label={UNKNOWN: name}, wikidata=item
        )


def read_entities(paths: Iterable[Path], source: Source) -> Dataset:
    """The partnerships of whole entities: files of the API's JSON, of one entity or of several.

    :raises FileError: if a file cannot be read.
    :raises RecordErrors: if a file is not JSON of entities.
    """
    reading = _Reading(source)
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
        if not isinstance(entity, dict) or not _QID.fullmatch(str(entity.get("id"))):
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
    entity: Mapping[str, Any], countries: Mapping[str, str], reading: _Reading
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


def _read_statement(item: str, statement: Mapping[str, Any], reading: _Reading) -> None:
    where = str(statement.get("id", item))
    partner = _value(statement.get("mainsnak"))
    if not isinstance(partner, dict) or not _QID.fullmatch(str(partner.get("id"))):
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


def _qualifier(
    statement: Mapping[str, Any], name: str, where: str, reading: _Reading
) -> str | None:
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


def _references(statement: Mapping[str, Any], where: str, reading: _Reading) -> Iterator[str]:
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
