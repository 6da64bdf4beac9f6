"""The installed package works anywhere: the wheel holds the ontology and the queries."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from example import ROOT, write_folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hatchling = pytest.importorskip("hatchling.build", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        return folder / str(hatchling.build_wheel(str(folder)))
    finally:
        os.chdir(here)


def test_wheel_ships_what_the_product_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "ontology/twingraph.ttl",
        "ontology/shapes.ttl",
        "queries/institutions-since.rq",
    ):
        assert f"twingraph/share/{name}" in names
    assert {"twingraph/py.typed", "twingraph/draw/outline/land.json"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "data/"))]


def test_installed_package_builds_and_answers_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    write_folder(tmp_path / "work/data")
    code = "import twingraph; print(twingraph.__file__); from twingraph.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "ask", "undated", "--format", "csv"],
        capture_output=True,
        text=True,
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
    )
    where, header, row = result.stdout.splitlines()
    assert where.startswith(str(site))
    assert header == "activity,name"
    assert row.endswith("heidelberg-kumamoto/visits,Visits of citizens")
