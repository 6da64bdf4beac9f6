"""`twingraph export --check`: what was cut off, changed, lost or added later is told."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from packages import make_package
from twingraph import FileError
from twingraph.cli import cli
from twingraph.export.verify import check_package

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("made"))


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "dist")


def check(package: Path) -> Result:
    return CliRunner().invoke(cli, ["export", "--check", str(package)], prog_name="twingraph")


def note(package: Path, name: str) -> None:
    """Note a file's SHA-256 in the manifest as it is now."""
    manifest = json.loads((package / "manifest.json").read_text())
    manifest["sha256"][name] = hashlib.sha256((package / name).read_bytes()).hexdigest()
    (package / "manifest.json").write_text(json.dumps(manifest))


def test_package_that_is_whole(package: Path) -> None:
    result = check(package)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "every file is whole" in result.stderr


def names(package: Path) -> list[str]:
    return sorted(json.loads((package / "manifest.json").read_text())["sha256"])


def test_every_file_that_is_cut_off_is_told(package: Path) -> None:
    """Each loses its last bytes, and whoever cut it noted its new SHA-256."""
    for name in names(package):
        path = package / name
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) - 3])
        note(package, name)
        assert f"{path}: is cut off" in check_package(package), name
        path.write_bytes(whole)
        note(package, name)
    assert check_package(package) == []


def test_every_file_that_has_changed_is_told(package: Path) -> None:
    for name in names(package):
        path = package / name
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        assert any(str(path) in finding for finding in check_package(package)), name
        path.write_bytes(whole)


def test_lost_and_added_files_are_told(package: Path) -> None:
    (package / "data.nq").unlink()
    (package / "tables/notes.csv").write_text("a\r\n")
    result = check(package)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{package}/tables/notes.csv: is not of the package",
        f"{package}/data.nq: is missing",
    ]


def test_rows_that_are_lost_are_told(package: Path) -> None:
    for name in ("tables/activities.csv", "data.nq"):
        lines = (package / name).read_bytes().splitlines(keepends=True)
        (package / name).write_bytes(b"".join(lines[:-1]))
        note(package, name)
    found = check_package(package)
    assert f"{package}/tables/activities.csv: has 1 rows; expected 2" in found
    assert [each for each in found if each.startswith(f"{package}/data.nq: has ")]


def test_catalogue_that_a_portal_would_refuse_is_told(package: Path) -> None:
    path = package / "catalog.ttl"
    path.write_text(path.read_text().replace("dcat:accessURL", "dcat:landingPage"))
    note(package, "catalog.ttl")
    assert any("an accessURL is missing" in finding for finding in check_package(package))
    path.write_text("no Turtle .\n")
    note(package, "catalog.ttl")
    assert any("is not Turtle" in finding for finding in check_package(package))


def test_folder_that_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"manifest\.json: cannot be read"):
        check_package(tmp_path)
    (tmp_path / "manifest.json").write_text('{"twingraph": "tables"}')
    result = check(tmp_path)
    assert (result.exit_code, "is no package" in result.stderr) == (2, True)


@pytest.mark.parametrize("content", ['{"twingraph": "package"}', "[]", "{", '"\\ud800"'])
def test_manifest_that_is_damaged(package: Path, content: str) -> None:
    (package / "manifest.json").write_text(content)
    result = check(package)
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(package) in result.stderr


@pytest.mark.parametrize("key", ["sha256", "rows", "quads"])
def test_manifest_with_a_part_that_is_damaged(package: Path, key: str) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    (package / "manifest.json").write_text(json.dumps({**manifest, key: "x"}))
    result = check(package)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"manifest.json: {key} is damaged or missing" in result.stderr


def test_folder_in_the_place_of_a_file(package: Path) -> None:
    (package / "data.nq").unlink()
    (package / "data.nq").mkdir()
    assert check_package(package) == [f"{package / 'data.nq'}: is missing"]
