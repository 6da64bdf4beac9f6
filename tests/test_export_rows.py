"""Each cell of the tables is what SPARQL finds in the store, and nothing is there twice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from example import DATA, write_folder
from generated import Records, folders
from tables import TRAPS, read_csv
from twingraph import Build, build_folder, open_build, query
from twingraph.export import TABLES, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIXES = """
PREFIX dc: <http://purl.org/dc/elements/1.1/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tg: <https://w3id.org/twingraph/ns#>
"""
DECLARED = {table.name: table for table in TABLES}
CLASSES = {
    "activities": "tg:Activity",
    "institutions": "tg:Institution",
    "municipalities": "tg:Municipality",
    "partnerships": "tg:Partnership",
    "passages": "tg:Passage",
    "sources": "tg:Source",
    "stages": "tg:PartnershipStage",
}
BOUNDS = {
    "earliest_start": "?row tg:earliestStart ?value",
    "latest_start": "?row tg:latestStart ?value",
    "earliest_end": "?row tg:earliestEnd ?value",
    "latest_end": "?row tg:latestEnd ?value",
}
RANKED = """
?row rdfs:label ?label .
BIND(CONCAT(IF(LANG(?label) = "en", "0", IF(LANG(?label) = "de", "1", "2")), STR(?label)) AS ?value)
"""
NAMES = {
    "name_en": "?row rdfs:label ?value FILTER(LANG(?value) = 'en')",
    "name_de": "?row rdfs:label ?value FILTER(LANG(?value) = 'de')",
}
LEAF = """
?row a ?value . ?value rdfs:subClassOf* {root} .
FILTER(?value NOT IN ({states}))
FILTER NOT EXISTS {{
  ?row a ?other . ?other rdfs:subClassOf+ ?value . FILTER(?other NOT IN ({states}))
}}
"""
STATES = "tg:OngoingActivity, tg:UndatedActivity, tg:PlannedActivity, tg:DisputedActivity"
WIKIDATA = "?row skos:exactMatch ?value FILTER(STRSTARTS(STR(?value), 'http://www.wikidata.org/'))"
GEONAMES = "?row skos:exactMatch ?value FILTER(STRSTARTS(STR(?value), 'https://sws.geonames.org/'))"
# Table -> column -> the pattern that binds the column's value to each row's resource.
VALUES: dict[str, dict[str, str]] = {
    "activities": {
        **NAMES,
        **BOUNDS,
        "form": LEAF.format(root="tg:Activity", states=STATES),
        "recurrence": "?row tg:recurrence ?value",
        "owner": "?row tg:owner ?value",
        "owner_country": "?row tg:country ?value",
        "venue": "?row tg:venue ?value",
        "is_ongoing": "BIND(EXISTS { ?row a tg:OngoingActivity } AS ?value)",
        "is_undated": "BIND(EXISTS { ?row a tg:UndatedActivity } AS ?value)",
        "is_planned": "BIND(EXISTS { ?row a tg:PlannedActivity } AS ?value)",
        "is_disputed": "BIND(EXISTS { ?row a tg:DisputedActivity } AS ?value)",
        "is_series": "BIND(EXISTS { ?edition tg:editionOf ?row } AS ?value)",
        "is_draft": "BIND(EXISTS { ?row a tg:Draft } AS ?value)",
    },
    "institutions": {
        **NAMES,
        "kind": LEAF.format(root="tg:Institution", states="tg:Draft"),
        "based_in": "?row tg:basedIn ?value",
        "part_of": "?row org:subOrganizationOf ?value",
        "first_active": "?row tg:firstActive ?value",
        "last_active": "?row tg:lastActive ?value",
        "last_started": "?row tg:lastStarted ?value",
        "dated_activities": "OPTIONAL { ?row tg:datedActivities ?n } "
        "BIND(COALESCE(?n, 0) AS ?value)",
        "homepage": "?row foaf:homepage ?value",
        "wikidata": WIKIDATA,
        "is_draft": "BIND(EXISTS { ?row a tg:Draft } AS ?value)",
    },
    "municipalities": {
        **NAMES,
        "country": "?row tg:country ?value",
        "lat": "?row geo:lat ?value",
        "long": "?row geo:long ?value",
        "wikidata": WIKIDATA,
        "geonames": GEONAMES,
    },
    "partnerships": NAMES,
    "passages": {
        "source": "?row tg:fromSource ?value",
        "url": "?row tg:fromSource/dcterms:source ?value",
        "quote": "?row tg:quote ?value",
        "start_position": "?row tg:startPosition ?value",
        "end_position": "?row tg:endPosition ?value",
        "line": "?row tg:line ?value",
    },
    "sources": {
        "title": "?row dcterms:title ?value",
        "url": "?row dcterms:source ?value",
        "publisher": "?row dc:publisher ?value",
        "language": "?row dc:language ?value",
        "licence": "{ ?row dcterms:license ?value } UNION { ?row dcterms:rights ?value }",
        "as_of": "?row tg:asOf ?value",
        "published": "?row dcterms:issued ?value",
        "retrieved": "?row tg:retrieved ?value",
    },
    "stages": {
        **BOUNDS,
        "partnership": "?value tg:stage ?row",
        "kind": "?row tg:kind ?value",
        "stated": "?row dcterms:date ?value",
    },
}
ROLES = " ".join(f"(tg:{r} '{r}')" for r in ("organizer", "participant", "host", "supporter"))
# Table -> the pattern whose distinct solutions are its rows.
LINKS = {
    "participations": f"VALUES (?p ?role) {{ {ROLES} }} ?activity ?p ?institution",
    "years": "VALUES (?p ?certainty) { (tg:activeIn 'certain') (tg:possiblyActiveIn 'possible') } "
    "?activity ?p ?node . ?node tg:number ?year",
    "dates": "?activity a tg:Activity . GRAPH ?source { ?activity dcterms:date ?stated }",
    "topics": "?activity tg:about ?topic BIND(EXISTS { ?activity tg:topic ?topic } AS ?is_stated)",
    "editions": "?activity tg:editionOf ?series",
    "parts": "?activity tg:partOf ?whole BIND(EXISTS { GRAPH ?g { ?activity tg:partOf ?whole } "
    "FILTER(?g != <https://w3id.org/twingraph/id/graph/inferred>) } AS ?is_stated)",
    "within": "?activity tg:within ?partnership",
    "held_in": "?activity tg:heldIn ?municipality",
    "partners": "?partnership tg:partner ?municipality",
    "kinds": "?partnership a tg:Partnership ; tg:kind ?kind",
    "names": "VALUES ?class { tg:Activity tg:Institution tg:Municipality tg:Partnership } "
    "?subject a ?class ; rdfs:label ?label BIND(LANG(?label) AS ?language) "
    "BIND(STR(?label) AS ?name)",
    "evidence": "?subject tg:evidence ?passage",
}


def as_cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def ask(build: Build, columns: str, pattern: str) -> list[tuple[str, ...]]:
    found = query(build, f"{PREFIXES} SELECT DISTINCT {columns} WHERE {{ {pattern} }}")
    return sorted(tuple(map(as_cell, row)) for row in found.rows())


def check_tables(build: Build, folder: Path) -> None:
    for name, class_ in CLASSES.items():
        table = DECLARED[name]
        (key,) = table.key
        rows = read_csv(folder, name)
        assert [(row[key],) for row in rows] == ask(build, "?row", f"?row a {class_}")
        for column, pattern in VALUES[name].items():
            smallest: dict[str, str] = {}
            for row, value in ask(build, "?row ?value", f"?row a {class_} . {pattern}"):
                smallest.setdefault(row, value)
            assert {row[key]: row[column] for row in rows if row[column]} == smallest, column
        if "name" in table.column_names:
            smallest = {}
            for row, value in ask(build, "?row ?value", f"?row a {class_} . {RANKED}"):
                smallest.setdefault(row, value[1:])
            assert {row[key]: row["name"] for row in rows} == smallest
    for name, pattern in LINKS.items():
        columns = DECLARED[name].column_names
        variables = " ".join(f"?{column}" for column in columns)
        rows = read_csv(folder, name)
        assert sorted(tuple(row.values()) for row in rows) == ask(build, variables, pattern), name


@pytest.fixture(scope="module", params=["example", "traps"])
def build(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Build]:
    place = tmp_path_factory.mktemp("rows")
    data = DATA if request.param == "example" else write_folder(place / "data", TRAPS)
    build_folder(data, place / "build")
    with open_build(place / "build") as opened:
        yield opened


def test_tables_are_what_the_store_holds(build: Build, tmp_path: Path) -> None:
    rows = write_tables(build, tmp_path / "tables", ["csv"])
    check_tables(build, tmp_path / "tables")
    assert rows == {name: len(read_csv(tmp_path / "tables", name)) for name in rows}


def test_every_column_is_compared() -> None:
    compared = {name: {*VALUES[name], "name"} for name in VALUES}
    for table in TABLES:
        if table.name not in LINKS:
            assert {*table.column_names} - {*table.key} - compared[table.name] == set()
    assert {table.name for table in TABLES} == VALUES.keys() | LINKS.keys()


def test_keys_are_single_and_in_order(build: Build, tmp_path: Path) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    for table in TABLES:
        years = {column.name for column in table.columns if column.type == "year"}
        keys = [
            tuple(int(row[name]) if name in years else row[name] for name in table.key)
            for row in read_csv(tmp_path / "tables", table.name)
        ]
        assert keys == sorted(set(keys)), table.name


def test_references_lead_to_rows(build: Build, tmp_path: Path) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    for table in TABLES:
        for column in table.columns:
            if column.refers is not None:
                other = DECLARED[column.refers]
                known = {row[other.key[0]] for row in read_csv(tmp_path / "tables", other.name)}
                found = {row[column.name] for row in read_csv(tmp_path / "tables", table.name)}
                assert found - {""} <= known, (table.name, column.name)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_tables_of_any_records(records: Records) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "data").mkdir()
        build_folder(records.write(place / "data"), place / "build")
        with open_build(place / "build") as build:
            write_tables(build, place / "tables", ["csv"])
            check_tables(build, place / "tables")


def test_many_runs_change_nothing(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sorted in one run in memory, or in many on disk, is the same."""
    write_tables(build, tmp_path / "one", ["csv"])
    monkeypatch.setattr("twingraph.export.subjects._RUN", 2_000)
    write_tables(build, tmp_path / "many", ["csv"])
    for table in TABLES:
        one, many = (tmp_path / place / f"{table.name}.csv" for place in ("one", "many"))
        assert one.read_bytes() == many.read_bytes()
