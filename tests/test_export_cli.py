"""`twingraph export`, as a person types it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from example import DATA, ROOT, write_folder
from tables import FILES, read_csv
from twingraph import FileError, build_folder, open_build
from twingraph.cli import cli
from twingraph.export import TABLES, write_tables
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from pathlib import Path

CSV = sorted(["README.md", "manifest.json", *(f"{table.name}.csv" for table in TABLES)])
HINT = "pip install 'twingraph[tables]'"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli")
    build_folder(write_folder(place / "data"), place / "build")
    return place / "build"


@pytest.fixture
def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec

    def find(name: str, *more: Any) -> Any:
        return None if name == "pyarrow" else find_spec(name, *more)

    monkeypatch.setattr("twingraph.export.tables.find_spec", find)
    monkeypatch.setitem(sys.modules, "pyarrow", None)


def export(build: Path, folder: Path, *options: str) -> Result:
    arguments = ["export", "--tables", str(folder), "--build", str(build), *options]
    return CliRunner().invoke(cli, arguments, prog_name="twingraph")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_export_writes_both_formats_and_says_what(build: Path, tmp_path: Path) -> None:
    result = export(build, tmp_path / "tables")
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "tables") == FILES
    assert result.stdout == ""
    assert "tables: parquet and csv" in result.stderr
    assert "  2 activities\n" in result.stderr


@pytest.mark.parametrize(("format_", "suffix"), [("csv", "csv"), ("parquet", "parquet")])
def test_export_writes_one_format(build: Path, tmp_path: Path, format_: str, suffix: str) -> None:
    result = export(build, tmp_path / "tables", "--format", format_)
    assert result.exit_code == 0, result.output
    tables = sorted(f"{table.name}.{suffix}" for table in TABLES)
    assert sorted(["README.md", "manifest.json", *tables]) == names(tmp_path / "tables")


@pytest.mark.usefixtures("without_pyarrow")
def test_without_pyarrow_there_is_csv(build: Path, tmp_path: Path) -> None:
    result = export(build, tmp_path / "tables")
    assert result.exit_code == 0, result.output
    assert f"note: CSV only; Parquet needs: {HINT}" in result.stderr
    assert names(tmp_path / "tables") == CSV


@pytest.mark.usefixtures("without_pyarrow")
@pytest.mark.parametrize("format_", ["parquet", "both"])
def test_without_pyarrow_parquet_is_refused(build: Path, tmp_path: Path, format_: str) -> None:
    result = export(build, tmp_path / "tables", "--format", format_)
    assert result.exit_code == 2
    assert result.stderr == f"Parquet needs pyarrow: {HINT}\n"
    assert names(tmp_path) == []


def test_csv_is_written_without_importing_pyarrow(build: Path, tmp_path: Path) -> None:
    code = "import sys; from twingraph.cli import cli; sys.modules['pyarrow'] = None; cli()"
    options = ["--tables", "tables", "--build", str(build), "--format", "csv"]
    command = [sys.executable, "-c", code, "export", *options]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 0, result.stderr
    assert names(tmp_path / "tables") == CSV


def test_unknown_format_is_refused(build: Path, tmp_path: Path) -> None:
    with open_build(build) as opened, pytest.raises(FileError, match="no table format 'xlsx'"):
        write_tables(opened, tmp_path / "tables", ["csv", "xlsx"])
    with open_build(build) as opened, pytest.raises(FileError, match="expected parquet, csv"):
        write_tables(opened, tmp_path / "tables", [])


def test_errors_are_one_line_and_exit_2(build: Path, tmp_path: Path) -> None:
    result = export(tmp_path / "none", tmp_path / "tables")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'none'}: holds no build; run `twingraph build` first\n"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.odt").write_text("")
    result = export(build, tmp_path / "mine")
    assert result.exit_code == 2
    assert "holds 'thesis.odt', which is not of a former export of tables" in result.stderr
    result = CliRunner().invoke(cli, ["export"], prog_name="twingraph")
    assert result.exit_code == 2
    assert "--tables" in result.stderr


def test_no_contact_in_any_table(tmp_path: Path) -> None:
    contacts = open_folder(DATA, read_vocabulary()).contact_names
    assert contacts
    build_folder(DATA, tmp_path / "build")
    assert export(tmp_path / "build", tmp_path / "tables", "--format", "csv").exit_code == 0
    for name in CSV:
        text = (tmp_path / "tables" / name).read_text(encoding="utf-8")
        assert not [contact for contact in contacts if contact.split()[-1] in text], name


def test_drafts_are_marked(tmp_path: Path) -> None:
    files = {
        "sources/page/activities.yaml": """
activities:
  - {id: seen, label: {en: Seen}, years: 1999}
  - {id: drafted, label: {en: Drafted}, years: 2000, status: draft}
"""
    }
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build", drafts=True)
    assert export(tmp_path / "build", tmp_path / "tables").exit_code == 0
    rows = {row["name"]: row["is_draft"] for row in read_csv(tmp_path / "tables", "activities")}
    assert rows == {"Seen": "false", "Drafted": "true"}
    sources = {row["source"] for row in read_csv(tmp_path / "tables", "dates")}
    assert sources == {row["source"] for row in read_csv(tmp_path / "tables", "sources")}


def test_extra_and_manifest_agree_with_the_project(build: Path, tmp_path: Path) -> None:
    assert '\ntables = ["pyarrow' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    export(build, tmp_path / "tables", "--format", "csv")
    manifest = json.loads((tmp_path / "tables/manifest.json").read_text(encoding="utf-8"))
    assert manifest["twingraph"] == "tables"
    assert manifest["base"] == "https://w3id.org/twingraph/id/"
