"""What is derived for the headline questions gives the rows of the plain query that scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.generate import generate

import twingraph
from example import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCANS = sorted((ROOT / "benchmarks/scans").glob("*.rq"))
SINCE = {"institutions-since", "institutions-started-since"}


@pytest.fixture(scope="module", params=["example", 1, 2, 3])
def build(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[twingraph.Build]:
    folder = tmp_path_factory.mktemp("scans")
    data = DATA
    if isinstance(request.param, int):
        data = folder / "data"
        generate(800, data, seed=request.param)
    twingraph.build_folder(data, folder / "build")
    with twingraph.open_build(folder / "build") as opened:
        yield opened


def test_every_headline_question_has_a_scan() -> None:
    names = {path.stem for path in SCANS}
    assert names == SINCE | {"activities-by-decade", "institution-pairs"}


@pytest.mark.parametrize("path", SCANS, ids=lambda path: path.stem)
def test_question_gives_the_rows_of_its_scan(path: Path, build: twingraph.Build) -> None:
    text = path.read_text(encoding="utf-8")
    for year in (1900, 1985, 1999, 2015) if path.stem in SINCE else (1999,):
        values = {"since": year} if path.stem in SINCE else {}
        scanned = twingraph.query(build, text.replace("{ 1999 }", f"{{ {year} }}"))
        found = twingraph.ask(build, path.stem, **values)
        assert found.columns == scanned.columns
        assert found.rows() == scanned.rows()
        assert found.rows() or year == 2015
