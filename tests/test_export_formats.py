"""The files are read as declared by pyarrow, DuckDB, pandas and Polars, and are the same twice."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from example import write_folder
from tables import FILES, NASTY, TRAPS, read_csv
from twingraph import Build, build_folder, open_build
from twingraph.export import TABLES, Table, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IDS = [table.name for table in TABLES]
# Declared type -> that of pyarrow, DuckDB, pandas, Polars.
TYPES: dict[str, tuple[pa.DataType, str, str, pl.DataType]] = {
    "iri": (pa.string(), "VARCHAR", "string", pl.String()),
    "text": (pa.string(), "VARCHAR", "string", pl.String()),
    "year": (pa.int32(), "INTEGER", "Int32", pl.Int32()),
    "integer": (pa.int32(), "INTEGER", "Int32", pl.Int32()),
    "decimal": (pa.float64(), "DOUBLE", "Float64", pl.Float64()),
    "flag": (pa.bool_(), "BOOLEAN", "boolean", pl.Boolean()),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    place = tmp_path_factory.mktemp("formats")
    build_folder(write_folder(place / "data", TRAPS), place / "build")
    with open_build(place / "build") as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats") / "tables"
    write_tables(build, folder)
    return folder


def as_text(value: object) -> str:
    if value is None or value is pd.NA:
        return ""
    return str(value).lower() if isinstance(value, (bool, np.bool_)) else str(value)


def as_cells(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return [tuple(map(as_text, row)) for row in rows]


def cells(folder: Path, table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in read_csv(folder, table.name)]


def test_files_are_those_declared(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == FILES


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_pyarrow_reads_parquet(folder: Path, table: Table) -> None:
    read = parquet.read_table(folder / f"{table.name}.parquet")
    assert read.schema.names == list(table.column_names)
    assert read.schema.types == [TYPES[column.type][0] for column in table.columns]
    for column in table.columns:
        described = read.schema.field(column.name).metadata[b"description"]
        assert described.decode() == column.description
    assert as_cells([tuple(row.values()) for row in read.to_pylist()]) == cells(folder, table)


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_duckdb_reads_parquet(folder: Path, table: Table) -> None:
    with duckdb.connect() as connection:
        result = connection.execute("FROM read_parquet(?)", [str(folder / f"{table.name}.parquet")])
        assert [str(column[1]) for column in result.description or ()] == [
            TYPES[column.type][1] for column in table.columns
        ]
        assert as_cells(result.fetchall()) == cells(folder, table)


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_pandas_reads_parquet(folder: Path, table: Table) -> None:
    path = folder / f"{table.name}.parquet"
    frame = pd.read_parquet(path, dtype_backend="numpy_nullable")
    assert [str(dtype) for dtype in frame.dtypes] == [
        TYPES[column.type][2] for column in table.columns
    ]
    assert as_cells(list(frame.itertuples(index=False, name=None))) == cells(folder, table)


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_polars_reads_parquet(folder: Path, table: Table) -> None:
    frame = pl.read_parquet(folder / f"{table.name}.parquet")
    assert frame.dtypes == [TYPES[column.type][3] for column in table.columns]
    assert as_cells(frame.rows()) == cells(folder, table)


def read_with_duckdb(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute("FROM read_csv(?, all_varchar = true)", [str(path)]).fetchall()


def read_with_pandas(path: Path) -> list[tuple[Any, ...]]:
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""], dtype="string")
    return list(frame.itertuples(index=False, name=None))


def read_with_polars(path: Path) -> list[tuple[Any, ...]]:
    return pl.read_csv(path, infer_schema=False).rows()


@pytest.mark.parametrize("table", TABLES, ids=IDS)
@pytest.mark.parametrize("read", [read_with_duckdb, read_with_pandas, read_with_polars])
def test_csv_is_read_as_written(folder: Path, table: Table, read: Any) -> None:
    assert as_cells(read(folder / f"{table.name}.csv")) == cells(folder, table)


def test_csv_is_read_with_its_types_guessed(folder: Path) -> None:
    """As a person reads it, without an option: only pandas needs to be told about NA."""
    activities = folder / "activities.csv"
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT earliest_start, is_ongoing FROM read_csv(?) WHERE name = ?",
            [str(activities), "Youth exchange"],
        ).fetchall()
    assert rows == [(1993, True)]
    frame = pl.read_csv(activities).filter(pl.col("name") == "Youth exchange")
    assert frame.select("earliest_start", "is_ongoing").rows() == [(1993, True)]
    read = pd.read_csv(activities).set_index("name")
    assert read.loc["Youth exchange", "earliest_start"] == 1993
    assert read.loc["Youth exchange", "is_ongoing"]


def test_traps_are_in_the_tables(folder: Path) -> None:
    """Else the tests above would prove little."""
    names = [row["name"] for row in read_csv(folder, "activities")]
    assert NASTY in names
    assert f"{NASTY} 1998" in names
    assert "NA" in {row["country"] for row in read_csv(folder, "municipalities")}
    assert "NA" in {row["name"] for row in read_csv(folder, "municipalities")}


def test_name_falls_back(folder: Path) -> None:
    names = {row["activity"].rpartition("/")[2]: row for row in read_csv(folder, "activities")}
    assert names["wider"]["name"] == "Jahr"
    assert names["whole"]["name"] == "Fête"
    assert (names["whole"]["name_en"], names["whole"]["name_de"]) == ("", "")


def test_what_two_sources_tell_has_one_row(folder: Path) -> None:
    """The graph has it twice: in the graph of each source."""
    exchange = "https://w3id.org/twingraph/id/activity/heidelberg-kumamoto/youth-exchange"
    of_it = {
        table.name: [row for row in read_csv(folder, table.name) if row.get("activity") == exchange]
        for table in TABLES
    }
    assert [row["role"] for row in of_it["participations"]] == ["organizer"]
    assert [row["topic"].rpartition("/")[2] for row in of_it["topics"]] == [
        "climate",
        "environment",
        "youth",
    ]
    assert [row["is_stated"] for row in of_it["topics"]] == ["true", "false", "true"]
    assert [row["stated"] for row in of_it["dates"]] == ["1994/..", "1993/.."]
    (row,) = of_it["activities"]
    assert row["is_disputed"] == "true"
    assert row["form"].rpartition("#")[2] == "SchoolExchange"
    assert row["earliest_start"] == "1993"


def test_series_and_parts(folder: Path) -> None:
    parts = {
        tuple(cell.rpartition("/")[2] for cell in row.values()) for row in read_csv(folder, "parts")
    }
    assert parts == {
        ("nasty", "whole", "true"),
        ("nasty", "wider", "false"),
        ("whole", "wider", "true"),
    }
    by_name = {
        row["activity"].rpartition("kumamoto/")[2]: row for row in read_csv(folder, "activities")
    }
    assert by_name["nasty"]["is_series"] == "true"
    assert by_name["nasty/1998"]["is_series"] == "false"
    assert by_name["whole"]["is_planned"] == "true"
    assert len(read_csv(folder, "editions")) == 2


def test_two_exports_are_the_same_bytes(build: Build, folder: Path, tmp_path: Path) -> None:
    write_tables(build, tmp_path / "again")
    for name in FILES:
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


@pytest.mark.parametrize("block", [400, 2_000])
def test_row_groups_hold_parts_of_a_table(
    build: Build, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("twingraph.export.parquet._BLOCK", block)
    write_tables(build, tmp_path / "tables", ["parquet"])
    table = parquet.ParquetFile(tmp_path / "tables/years.parquet")
    assert table.num_row_groups > 1
    for name in IDS:
        whole = parquet.read_table(folder / f"{name}.parquet")
        assert parquet.read_table(tmp_path / f"tables/{name}.parquet").equals(whole)


def test_manifest_proves_the_files(build: Build, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["generation"] == build.generation.name
    assert manifest["rows"] == {table.name: len(cells(folder, table)) for table in TABLES}
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert sorted(manifest["files"]) == FILES
    assert manifest["sha256"].keys() == set(FILES) - {"README.md", "manifest.json"}


@pytest.mark.parametrize("formats", [["csv"], ["parquet"]])
def test_one_format(build: Build, tmp_path: Path, formats: list[str]) -> None:
    write_tables(build, tmp_path / "tables", formats)
    found = {path.suffix[1:] for path in (tmp_path / "tables").iterdir()}
    assert found == {*formats, "md", "json"}
