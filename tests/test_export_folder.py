"""An export is there whole or not at all, and takes the place of nothing but an export."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from example import write_folder
from tables import FILES
from twingraph import Build, FileError, build_folder, open_build
from twingraph.export import folder as folders
from twingraph.export import write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    place = tmp_path_factory.mktemp("folder")
    build_folder(write_folder(place / "data"), place / "build")
    with open_build(place / "build") as opened:
        yield opened


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_former_export_is_replaced(build: Build, tmp_path: Path) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    write_tables(build, tmp_path / "tables")
    assert sorted(content(tmp_path / "tables")) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_empty_folder_and_folders_above_are_no_obstacle(build: Build, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_tables(build, tmp_path / "empty", ["csv"])
    write_tables(build, tmp_path / "new/below", ["csv"])
    assert content(tmp_path / "empty") == content(tmp_path / "new/below")


def test_link_stays_a_link(build: Build, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_tables(build, tmp_path / "link", ["csv"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/manifest.json").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        *(None, "no JSON", "[" * 10**5, "[]", '{"files": ["thesis.odt"]}'),
        *('{"twingraph": "other"}', '{"twingraph": "tables", "files": 5}'),
        '{"twingraph": "tables", "files": [["thesis.odt"]]}',
    ],
)
def test_folder_with_anything_else_is_refused(
    build: Build, tmp_path: Path, manifest: str | None
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "thesis.odt").write_text("years of work")
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    before = content(folder)
    with pytest.raises(FileError, match=r"work: holds '[\w.]+', which is not of a former export"):
        write_tables(build, folder)
    assert content(folder) == before


def test_former_export_with_a_file_of_ones_own_is_refused(build: Build, tmp_path: Path) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    (tmp_path / "tables/notes.txt").write_text("mine")
    with pytest.raises(FileError, match=r"holds 'notes\.txt'"):
        write_tables(build, tmp_path / "tables", ["csv"])
    assert (tmp_path / "tables/notes.txt").read_text() == "mine"


def test_file_of_ones_own_that_comes_meanwhile_is_kept(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])

    def meanwhile(step: str, done: int) -> None:
        (tmp_path / "tables/notes.txt").write_text(f"{step} {done}")

    monkeypatch.setattr("twingraph.export.subjects._TICK", 1)
    with pytest.raises(FileError, match=r"holds 'notes\.txt'"):
        write_tables(build, tmp_path / "tables", ["csv"], meanwhile)
    assert (tmp_path / "tables/notes.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_file_in_the_place_is_refused(build: Build, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("a file")
    with pytest.raises(FileError, match="tables: is a file; expected a folder of tables"):
        write_tables(build, tmp_path / "tables")


@pytest.mark.parametrize(
    "place",
    [
        "twingraph.export.subjects._write_run",
        "twingraph.export.tables.write_parquet",
        "twingraph.export.tables.write_readme",
        "twingraph.export.folder.sync_file",
    ],
)
def test_full_disk_leaves_the_former_export(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    before = content(tmp_path / "tables")

    def fail(*arguments: Any) -> None:
        raise OSError(28, "No space left on device", str(arguments[-1]))

    monkeypatch.setattr(place, fail)
    with pytest.raises(FileError, match=r"tables: cannot be written: .*No space left"):
        write_tables(build, tmp_path / "tables")
    assert content(tmp_path / "tables") == before
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_place_that_cannot_be_taken_keeps_the_former_export(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of the two renames fails: the first is undone."""
    write_tables(build, tmp_path / "tables", ["csv"])
    before = content(tmp_path / "tables")
    rename = type(tmp_path).rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(type(tmp_path), "rename", fail)
    with pytest.raises(FileError, match="Input/output error"):
        write_tables(build, tmp_path / "tables")
    assert content(tmp_path / "tables") == before


def test_killed_export_leaves_the_former_one_and_its_remains_go(
    build: Build, tmp_path: Path
) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    before = content(tmp_path / "tables")
    code = f"""
import os, signal
from twingraph import open_build
from twingraph.export import subjects, write_tables
subjects._TICK = 1
def die(step, done):
    os.kill(os.getpid(), signal.SIGKILL)
with open_build({str(build.path)!r}) as build:
    write_tables(build, {str(tmp_path / "tables")!r}, ["csv"], die)
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content(tmp_path / "tables") == before
    assert len(list(tmp_path.iterdir())) == 2
    write_tables(build, tmp_path / "tables", ["csv"])
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_former_export_is_put_back_after_a_kill_between_the_renames(
    build: Build, tmp_path: Path
) -> None:
    write_tables(build, tmp_path / "tables", ["csv"])
    before = content(tmp_path / "tables")
    (tmp_path / ".tables.1.part").mkdir()
    (tmp_path / "tables").rename(tmp_path / ".tables.1.part/former")
    with pytest.raises(KeyboardInterrupt), folders.replace_folder(tmp_path / "tables", "tables"):
        raise KeyboardInterrupt
    assert content(tmp_path / "tables") == before
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_export_that_runs_keeps_its_folder(build: Build, tmp_path: Path) -> None:
    """Another export to the same place does not take it for what a killed one left."""
    with folders.replace_folder(tmp_path / "tables", "tables") as new:
        work = new.parent
        aside = work.rename(work.with_name(f".tables.{os.getpid() + 1}.part"))
        write_tables(build, tmp_path / "tables", ["csv"])
        assert aside.is_dir()
        aside.rename(work)
        folders.write_manifest(new, "tables", {})
    assert list(content(tmp_path / "tables")) == ["manifest.json"]
