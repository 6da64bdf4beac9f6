"""The headline questions in SQL over the tables give the rows of the catalogue's SPARQL."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.tables_sql import QUESTIONS, measure, open_tables, run_sql
from hypothesis import HealthCheck, given, settings

from example import DATA, write_folder
from generated import Records, folders
from tables import TRAPS
from twingraph import ask, build_folder, open_build
from twingraph.export import write_tables

if TYPE_CHECKING:
    import pytest

# Two cities, and a school of each that takes part in both editions of a series, in a planned
# activity, and, as a supporter, in one more.
MORE = {
    **TRAPS,
    "institutions.yaml": """
institutions:
  - {id: youth-council, label: {de: jugendrat}, kind: Association, based_in: de/heidelberg}
  - {id: school, label: {en: School}, kind: School, based_in: na/na}
  - {id: club, label: {ja: 熊本, en: Älterer Club}, kind: Association, based_in: na/na}
""",
    "sources/more/source.yaml": """
id: more
title: More
partnership: heidelberg-kumamoto
as_of: 2019
as_of_reason: the page's own date
""",
    "sources/more/activities.yaml": """
activities:
  - id: nasty
    label: {en: Series}
    years: "{1998,1999,2001}"
    organizers: [youth-council]
    participants: [school]
  - id: planned
    label: {en: Planned}
    years: 2035
    hosts: [youth-council]
    participants: [school, club]
  - id: helped
    label: {en: Helped}
    years: 200X
    organizers: [youth-council]
    participants: [club]
    supporters: [school]
  - id: undated
    label: {en: Undated}
    organizers: [youth-council]
    hosts: [youth-council]
    participants: [school]
""",
}


def check_questions(data: Path, place: Path) -> int:
    """Compare every text of every question; how many rows were compared."""
    build_folder(data, place / "build")
    compared = 0
    with open_build(place / "build") as build:
        write_tables(build, place / "tables", ["parquet"])
        with open_tables(place / "tables") as connection:
            for question, (texts, parameters) in QUESTIONS.items():
                answer = ask(build, question, **parameters)
                for sql in texts.values():
                    columns, rows = run_sql(connection, sql, parameters)
                    assert tuple(columns) == answer.columns
                    assert rows == answer.rows()
                    compared += len(rows)
    return compared


def test_sql_gives_the_rows_of_the_example(tmp_path: Path) -> None:
    assert check_questions(DATA, tmp_path) > 50


def test_sql_gives_the_rows_of_traps(tmp_path: Path) -> None:
    assert check_questions(write_folder(tmp_path / "data", MORE), tmp_path) > 10


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_sql_gives_the_rows_of_any_records(records: Records) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "data").mkdir()
        check_questions(records.write(place / "data"), place)


def test_every_text_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.tables_sql.RUNS", 1)
    build_folder(write_folder(tmp_path / "data"), tmp_path / "build")
    with open_build(tmp_path / "build") as build:
        write_tables(build, tmp_path / "tables", ["parquet"])
    assert len(measure(tmp_path / "tables")) == sum(len(texts) for texts, _ in QUESTIONS.values())
