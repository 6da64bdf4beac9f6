"""Any table of partnerships, by a mapping that says which column is what.

A row names a municipality and a partner of it. Municipalities have no id there: rows mean one where
name and country are the same and, as far as both are given, the places are near.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from twingraph.datasets.cells import read_cells
from twingraph.datasets.countries import find_country
from twingraph.datasets.dataset import (
    NO_COUNTRY,
    UNREADABLE,
    Dataset,
    Joiner,
    Report,
    Statement,
)
from twingraph.datasets.times import read_interval
from twingraph.errors import Finding, RecordErrors
from twingraph.extract.resolve import make_slug
from twingraph.facts import CountryCode, Municipality, PartnershipKind, Record, Source
from twingraph.geodesy import distance
from twingraph.records import Reporter, read_record, read_yaml_file, suggest
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NEAR: Final = 25.0  # kilometres within which places of one name are one municipality
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_WHOLE: Final = re.compile(r"[0-9]+")


_Kinds = Annotated[dict[str, PartnershipKind], Meta(description="what the table says -> kind")]
_Countries = Annotated[dict[str, CountryCode], Meta(description="what it says -> ISO 3166-1")]


class Columns(Record, frozen=True, kw_only=True):
    """The names of the columns: of the municipality, of its partner, and of the partnership."""

    city: str
    partner: str
    country: str | None = None
    lat: str | None = None
    long: str | None = None
    population: str | None = None
    partner_country: str | None = None
    partner_lat: str | None = None
    partner_long: str | None = None
    partner_population: str | None = None
    year: str | None = None
    end: str | None = None
    kind: str | None = None


class ColumnMapping(Record, frozen=True, kw_only=True):
    """What a table is, and which column is what."""

    dataset: Source
    columns: Columns
    language: Annotated[str, Meta(description="of the names, e.g. en")] = "und"
    country: Annotated[
        CountryCode | None, Meta(description="of all municipalities that have no column for it")
    ] = None
    kind: Annotated[PartnershipKind, Meta(description="where no column says it")] = "twinning"
    kinds: _Kinds = msgspec.field(default_factory=dict)
    countries: _Countries = msgspec.field(default_factory=dict)
    sheet: str | None = None


def read_mapping(path: Path, dataset: str | None = None) -> ColumnMapping:
    """The mapping in a YAML file; `dataset` replaces the id that it gives.

    :raises RecordErrors: if it is none; all that is wrong is told, with its line.
    """
    findings: list[Finding] = []
    report = Reporter(str(path), findings)
    node = read_yaml_file(path, report)
    found = None if node is None else read_record(node, ColumnMapping, str(path), report)
    if findings or found is None:
        raise RecordErrors(findings)
    mapping = found.record
    return mapping if dataset is None else _rename(mapping, dataset)


def _rename(mapping: ColumnMapping, dataset: str) -> ColumnMapping:
    return replace(mapping, dataset=replace(mapping.dataset, id=dataset))


def read_table_dataset(table: Path, mapping: ColumnMapping, mapping_path: Path) -> Dataset:
    """The partnerships of a table.

    :raises FileError: if the table, or a library that it needs, is missing.
    :raises RecordErrors: if it is no table, or has not the columns that the mapping names.
    """
    rows = read_cells(table, mapping.sheet)
    _, header = next(rows, (1, []))
    if not header:
        message = "is empty; expected a line of column names"
        raise RecordErrors([Finding(str(table), 0, "", message)])
    columns = _find_columns([name.strip() for name in header], table, mapping, mapping_path)
    reading = _Reading(mapping)
    for line, cells in rows:
        where = f"{table.name}:{line}"
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            message = f"{len(cells)} cells; the header has {len(header)}"
            reading.report.count(where, UNREADABLE, message)
            continue
        values = {
            key: cells[number].strip() if number < len(cells) else ""
            for key, number in columns.items()
        }
        reading.take(where, values)
    return reading.finish()


def _find_columns(
    header: list[str], table: Path, mapping: ColumnMapping, mapping_path: Path
) -> dict[str, int]:
    """The number of each column that the mapping names."""
    findings = []
    found = {}
    for key in Columns.__struct_fields__:
        name = getattr(mapping.columns, key)
        if name is None:
            continue
        if header.count(name) != 1:
            times = "stands twice in" if name in header else "is no column of"
            hint = suggest(name, header) or f"; it has {', '.join(header)}"
            message = f"{name!r} {times} {table}{hint}"
            findings.append(Finding(str(mapping_path), 0, f"columns: {key}", message))
        else:
            found[key] = header.index(name)
    if findings:
        raise RecordErrors(findings)
    return found


@dataclass(slots=True)
class _Place:
    """A municipality of the table, as it is found in row after row."""

    id: str
    name: str
    country: str | None
    country_text: str
    lat: float | None = None
    long: float | None = None
    population: int | None = None

    def is_near(self, lat: float | None, long: float | None) -> bool:
        if lat is None or long is None or self.lat is None or self.long is None:
            return True
        return distance(self.lat, self.long, lat, long) <= NEAR


@dataclass(slots=True)
class _Reading:
    """A table that is being read. Places are by name and country."""

    mapping: ColumnMapping
    report: Report = field(default_factory=Report)
    _places: dict[tuple[str, str], list[_Place]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    joiner: Joiner = field(init=False)

    def __post_init__(self) -> None:
        self.joiner = Joiner(self.mapping.dataset.id, self.report)

    def take(self, where: str, values: Mapping[str, str]) -> None:
        """Take a row."""
        for key in ("city", "partner"):
            if not values[key]:
                self.report.count(where, UNREADABLE, f"names no {key}")
                return
        one = self._find(where, values, values["city"], "")
        other = self._find(where, values, values["partner"], "partner_")
        years = self._read_years(where, values)
        statement = Statement(where, one, other, years, self._read_kind(where, values))
        self.joiner.add(statement)

    def _find(self, where: str, values: Mapping[str, str], name: str, side: str) -> str:
        """The id of a municipality that a row names: one that is known, or a new one."""
        text = values.get(f"{side}country", "")
        country = self._country(text)
        lat = self._number(where, values, f"{side}lat", 90)
        long = self._number(where, values, f"{side}long", 180)
        if lat is None or long is None:
            lat = long = None
        population = self._population(where, values, f"{side}population")
        namesakes = self._places.setdefault((name.casefold(), country or text.casefold()), [])
        place = next((each for each in namesakes if each.is_near(lat, long)), None)
        if place is None:
            place = _Place(self._make_id(name, country), name, country, text)
            namesakes.append(place)
            if text and country is None:
                self.report.told.append(
                    (where, f"a country that is not known: {text!r}, of {name}")
                )
        if place.lat is None:
            place.lat, place.long = lat, long
        place.population = place.population or population
        return place.id

    def _country(self, text: str) -> str | None:
        if not text:
            return self.mapping.country and self.mapping.country.lower()
        given = self.mapping.countries.get(text)
        return given.lower() if given else find_country(text)

    def _make_id(self, name: str, country: str | None) -> str:
        slug = make_slug(name) or f"x{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        base = f"{country or 'xx'}-{slug}"
        number, found = 1, base
        while found in self._taken:
            number += 1
            found = f"{base}-{number}"
        self._taken.add(found)
        return found

    def _number(self, where: str, values: Mapping[str, str], key: str, most: int) -> float | None:
        text = values.get(key, "")
        if not text:
            return None
        if _NUMBER.fullmatch(text) and abs(float(text)) <= most:
            return float(text)
        self.report.note(where, f"a number that is none: {key} {text!r}")
        return None

    def _population(self, where: str, values: Mapping[str, str], key: str) -> int | None:
        text = values.get(key, "")
        if _WHOLE.fullmatch(text):
            return int(text)
        if text:
            self.report.note(where, f"a number that is none: {key} {text!r}")
        return None

    def _read_years(self, where: str, values: Mapping[str, str]) -> str | None:
        start, end = values.get("year") or None, values.get("end") or None
        try:
            if end is None and start is not None and ("/" in start or start[0] in "{["):
                return read_years(start).text
            return read_interval(start, end, goes_on=self.mapping.dataset.as_of is not None)
        except YearsError as error:
            self.report.note(where, f"a time that is none: {error}")
            return None

    def _read_kind(self, where: str, values: Mapping[str, str]) -> PartnershipKind:
        text = values.get("kind", "")
        if not text:
            return self.mapping.kind
        if text in self.mapping.kinds:
            return self.mapping.kinds[text]
        self.report.note(where, f"a kind that the mapping does not know: {text!r}")
        return self.mapping.kind

    def finish(self) -> Dataset:
        """The records, in the order of ids."""
        dataset = self.mapping.dataset
        places = [place for namesakes in self._places.values() for place in namesakes]
        self.report.notes[NO_COUNTRY] += sum(place.country is None for place in places)
        municipalities = [
            Municipality(
                id=f"{dataset.id}/{place.id}",
                label={self.mapping.language: place.name},
                country=place.country,
                lat=place.lat,
                long=place.long,
                population=place.population,
                note=_unknown_country(place),
            )
            for place in sorted(places, key=lambda each: each.id)
        ]
        return Dataset(dataset, municipalities, self.joiner.partnerships(), [], self.report)


def _unknown_country(place: _Place) -> str | None:
    if place.country is not None or not place.country_text:
        return None
    return f"country in the table: {place.country_text}"
