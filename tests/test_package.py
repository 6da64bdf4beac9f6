"""`twingraph export --to`: what a package holds and must not, and how it comes to be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from example import DATA, ROOT, SMALL, write_folder
from packages import DATASET, OWN, make_package, read_parts
from twingraph import FileError, RecordErrors, build_folder, open_build
from twingraph.cli import cli, exporting
from twingraph.export.formats import FORMATS
from twingraph.export.package import Options, write_package
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from pathlib import Path

BASIS = {"dataset.yaml": DATASET + "legal_basis: {en: Their written consent}\n"}


def export(place: Path, *options: str) -> Result:
    arguments = ["export", "--build", str(place / "build"), "--data", str(place / "data"), *options]
    return CliRunner().invoke(cli, arguments, prog_name="twingraph")


def content(folder: Path) -> dict[str, bytes]:
    return dict(read_parts(folder))


def test_package_is_written_from_records_alone(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", OWN)
    result = export(tmp_path, "--to", str(tmp_path / "dist"))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "quality on data.europa.eu: 305 of 325 points" in result.stderr
    assert "missing: dct:spatial, a place: lat and long, or geonames (20 points)" in result.stderr
    names = {path.name for path in (tmp_path / "dist").iterdir()}
    assert {"README.md", "timeline.svg", "catalog.ttl", "dataset.jsonld", "void.ttl"} <= names
    assert [path.name for path in (tmp_path / "dist/ontology").iterdir()]


def test_choices_are_the_table_of_writers() -> None:
    assert tuple(FORMATS) == exporting._PACKAGE
    for name, format_ in FORMATS.items():
        assert format_.media_type.count("/") == 1, name
        assert format_.description.endswith(".")


def test_page_has_the_table_of_writers() -> None:
    page = (ROOT / "docs/package.md").read_text(encoding="utf-8")
    rows = [
        f"| `{name}` | `{each.path}` | {each.media_type} | {each.file_type} | {each.description} |"
        for name, each in FORMATS.items()
    ]
    assert "\n".join(rows) in page
    missing = "title", "description", "publisher", "published_at"
    assert f"(default) | {', '.join(f'`{key}`' for key in missing)} |" in page


def test_single_formats(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", OWN)
    options = ("--format", "turtle", "--format", "csv")
    assert export(tmp_path, "--to", str(tmp_path / "dist"), *options).exit_code == 0
    assert not (tmp_path / "dist/data.nq").exists()
    assert (tmp_path / "dist/data.ttl").exists()
    assert (tmp_path / "dist/tables/activities.csv").exists()
    result = export(tmp_path, "--to", str(tmp_path / "dist"), "--format", "parquet")
    assert (result.exit_code, "goes with --tables" in result.stderr) == (2, True)
    result = export(tmp_path, "--tables", str(tmp_path / "tables"), "--format", "turtle")
    assert (result.exit_code, "goes with --to" in result.stderr) == (2, True)
    result = export(tmp_path, "--tables", "t", "--to", "d")
    assert (result.exit_code, "expected one of" in result.stderr) == (2, True)


def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    first = content(make_package(tmp_path / "one"))
    (tmp_path / "two").mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    code = """
import sys
from twingraph import build_folder, open_build
from twingraph.export.package import write_package
build_folder(sys.argv[1], "build")
with open_build("build") as build:
    write_package(build, sys.argv[1], "dist")
"""
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "one/data")],
        cwd=tmp_path / "two",
        env=environment,
        check=True,
    )
    assert content(tmp_path / "two/dist") == first


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    first = content(make_package(tmp_path))
    with open_build(tmp_path / "build") as build:
        write_package(build, tmp_path / "data", tmp_path / "more", jobs=3)
    assert content(tmp_path / "more") == first


def test_killed_process_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """It has the work of two: the other process ends too."""
    make_package(tmp_path)
    code = """
import os, signal
from dataclasses import replace
from twingraph import FileError, open_build
from twingraph.export import making, package
die = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
making.FORMATS["gexf"] = replace(making.FORMATS["gexf"], write=die)
with open_build("build") as build:
    try:
        package.write_package(build, "data", "more", jobs=2)
    except FileError as error:
        print(error)
"""
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "was killed" in result.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "data", "dist"]


def test_no_contact_in_any_file(tmp_path: Path) -> None:
    contacts = open_folder(DATA, read_vocabulary()).contact_names
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as build:
        write_package(build, DATA, tmp_path / "dist", Options(quotes="full"))
    parts = list(read_parts(tmp_path / "dist"))
    assert len(parts) > 60
    for name, data in parts:
        for contact in contacts:
            assert contact.split()[-1].encode() not in data, (name, contact)


NAMED = {
    "sources/page/page.txt": "Youth exchange with Erika Mustermann since 1993. Write to her.\n",
    "sources/page/activities.yaml": """
activities:
  - id: exchange
    label: {en: Exchange led by Erika Mustermann}
    years: 1993/..
    venue: Mustermann, Erika
    quote: Youth exchange with Erika Mustermann since 1993. Write to her.
""",
}


@pytest.mark.parametrize("with_contacts", [False, True])
def test_contact_named_in_a_page_is_masked(tmp_path: Path, *, with_contacts: bool) -> None:
    options = Options(quotes="full", with_contacts=with_contacts)
    parts = content(make_package(tmp_path, {**NAMED, **BASIS}, options))
    named = {name for name, data in parts.items() if b"Mustermann" in data}
    shipped = {"tables/contacts.csv", "tables.xlsx/xl/worksheets/sheet21.xml"}
    assert named == (shipped if with_contacts else set())
    assert "████".encode() in parts["data.nq"]
    consent = {name for name, data in parts.items() if b"Their written consent" in data}
    assert consent == ({"README.md", "catalog.ttl", "catalog.jsonld"} if with_contacts else set())


def test_contacts_without_a_legal_basis_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordErrors, match="legal_basis: is missing; wanted by --with-contacts"):
        make_package(tmp_path, {}, Options(with_contacts=True))
    assert not (tmp_path / "dist").exists()


def test_what_is_removed_is_gone_from_every_file(tmp_path: Path) -> None:
    before = content(make_package(tmp_path))
    gone = (b"Visits of citizens", b"Main focus", b"example.org/page")
    for word in gone:
        assert any(word in data for data in before.values())
    removed = "id: page\ntitle: Main focus\nurl: https://example.org/page\nremoved: on request\n"
    after = content(make_package(tmp_path, {"sources/page/source.yaml": removed}))
    for name, data in after.items():
        assert not [word for word in gone if word in data], name


@pytest.mark.parametrize(("quotes", "there"), [("full", 2), ("short", 1), ("none", 0)])
def test_quotes(tmp_path: Path, quotes: str, there: int) -> None:
    page = "The first sentence of it. The second sentence of it.\n"
    told = """
activities:
  - id: exchange
    label: {en: Exchange}
    quote: The first sentence of it. The second sentence of it.
"""
    files = {"sources/page/page.txt": page, "sources/page/activities.yaml": told}
    parts = content(make_package(tmp_path, files, Options(quotes=quotes)))
    words = (b"The first sentence of it.", b"The second sentence of it.")
    for word, number in zip(words, (1, 2), strict=True):
        found = {name for name, data in parts.items() if word in data}
        holding = {"data.nq", "data.nq.gz", "data.trig", "data.ttl", "data.rdf", "data.jsonld"}
        assert (holding | {"tables/passages.csv"} <= found) == (there >= number)
        assert bool(found) == (there >= number)
    said = {
        "full": b"Quoted words of pages are whole.",
        "short": b"Of each quotation the first sentence is shipped.",
        "none": b"No words of pages are shipped.",
    }
    assert {"README.md", "catalog.ttl"} <= {n for n, data in parts.items() if said[quotes] in data}


def test_hostile_metadata_are_no_markup(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    files = {
        "dataset.yaml": DATASET.replace("Twin towns", f"'{evil}'", 1),
        "sources/page/source.yaml": SMALL["sources/page/source.yaml"].replace("Main focus", evil),
    }
    parts = content(make_package(tmp_path, files))
    for name in ("README.md", "timeline.svg", "dataset.jsonld"):
        assert b"<script" not in parts[name], name
        assert b"</script" not in parts[name], name
    assert json.loads(parts["dataset.jsonld"])["name"][0]["@value"] == evil


def test_iris_that_are_not_ones_own_are_refused(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", {"dataset.yaml": DATASET})
    result = export(tmp_path, "--to", str(tmp_path / "dist"))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(
        f"{data}/twingraph.toml: the base https://w3id"
    )
    assert not (tmp_path / "dist").exists()
    result = export(tmp_path, "--to", str(tmp_path / "dist"), "--allow-default-base")
    assert result.exit_code == 0, result.stderr


def test_build_that_is_older_than_its_data_is_refused(tmp_path: Path) -> None:
    make_package(tmp_path)
    before = content(tmp_path / "dist")
    (tmp_path / "data/sources/page/activities.yaml").write_text("activities: []\n")
    result = export(tmp_path, "--to", str(tmp_path / "dist"))
    assert result.exit_code == 2
    assert "is older than" in result.stderr
    assert content(tmp_path / "dist") == before


def test_drafts_are_refused(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", OWN)
    build_folder(data, tmp_path / "build", drafts=True)
    result = export(tmp_path, "--to", str(tmp_path / "dist"))
    assert (result.exit_code, "holds drafts" in result.stderr) == (2, True)


def test_without_the_library_there_is_no_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twingraph.export.spreadsheet.find_spec", lambda _: None)
    write_folder(tmp_path / "data", OWN)
    result = export(tmp_path, "--to", str(tmp_path / "dist"))
    assert result.exit_code == 0, result.output
    assert "note: without the workbook; XLSX needs XlsxWriter" in result.stderr
    assert not (tmp_path / "dist/tables.xlsx").exists()
    result = export(tmp_path, "--to", str(tmp_path / "dist"), "--format", "xlsx")
    assert (result.exit_code, "pip install 'twingraph[package]'" in result.stderr) == (2, True)


def test_text_that_no_cell_holds_is_an_error(tmp_path: Path) -> None:
    """A record's text is never so long; the words of a page may be, white space and all."""
    page = "Long" + " " * 40_000 + "words\n"
    told = "activities:\n  - {id: x, label: {en: X}, quote: Long words}\n"
    files = {"sources/page/page.txt": page, "sources/page/activities.yaml": told}
    with pytest.raises(FileError, match=r"passages, row 1, quote: 40,009 characters are more"):
        make_package(tmp_path, files, Options(quotes="full"))
    assert make_package(tmp_path, files).exists()


def test_folder_with_anything_else_is_refused(tmp_path: Path) -> None:
    package = make_package(tmp_path)
    (package / "ontology/notes.txt").write_text("mine")
    with pytest.raises(FileError, match=r"holds 'ontology/notes\.txt'"):
        make_package(tmp_path)
    assert (package / "ontology/notes.txt").read_text() == "mine"


@pytest.mark.parametrize("step", ["write_quads", "describe_catalogue", "write_manifest"])
def test_killed_export_leaves_the_former_package(tmp_path: Path, step: str) -> None:
    package = make_package(tmp_path)
    before = content(package)
    code = f"""
import os, signal
from twingraph import open_build
from twingraph.export import package
def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
package.{step} = die
with open_build("build") as build:
    package.write_package(build, "data", "dist", package.Options(quotes="none"))
"""
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert result.returncode == -signal.SIGKILL
    assert content(package) == before
    make_package(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "data", "dist"]


def test_manifest_says_what_it_is_of(tmp_path: Path) -> None:
    manifest = json.loads((make_package(tmp_path) / "manifest.json").read_text())
    assert manifest["twingraph"] == "package"
    assert manifest["rows"]["activities"] == 2
    assert manifest["profile"] == "dcat-ap"
    assert set(manifest["files"]) == {*manifest["sha256"], "manifest.json"}


def test_timeline_of_many_activities_has_a_row_a_partnership(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twingraph.export.timeline._MOST", 3)
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as build:
        write_package(build, DATA, tmp_path / "dist", Options(formats=("turtle",)))
    picture = (tmp_path / "dist" / "timeline.svg").read_text(encoding="utf-8")
    assert ">Heidelberg – Kumamoto (17)</text>" in picture
    assert picture.count("data-iri=") == 3
