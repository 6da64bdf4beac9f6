"""What the example answers: the facts of Heidelberg's page about Kumamoto."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import twingraph
from example import DATA
from twingraph.queries import Answer

KUMAMOTO = "https://w3id.org/twingraph/id/activity/heidelberg-kumamoto/"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[twingraph.Build]:
    path = tmp_path_factory.mktemp("example") / "build"
    twingraph.build_folder(DATA, path)
    with twingraph.open_build(path) as opened:
        yield opened


def kumamotos(answer: Answer) -> set[str]:
    found = (str(row["activity"]) for row in answer)
    return {iri.removeprefix(KUMAMOTO) for iri in found if iri.startswith(KUMAMOTO)}


def test_year_2000_has_the_week_of_encounters_and_its_parts(build: twingraph.Build) -> None:
    found = kumamotos(twingraph.ask(build, "activities-in-year", year=2000))
    week = {name for name in found if "week-of-encounters" in name}
    assert len(week) == 1
    parts = twingraph.query(
        build,
        "PREFIX tg: <https://w3id.org/twingraph/ns#> SELECT DISTINCT ?part "
        f"WHERE {{ ?part tg:partOf <{KUMAMOTO}{week.pop()}> }}",
    )
    assert len(parts) == 3
    assert {str(row["part"]).removeprefix(KUMAMOTO) for row in parts} <= found
    assert "youth-exchange" in found  # under way since 1993


def test_year_1980_has_a_heidelberg_week(build: twingraph.Build) -> None:
    found = kumamotos(twingraph.ask(build, "activities-in-year", year=1980))
    assert found == {"heidelberg-week/1980"}


def test_year_1985_has_nothing_of_kumamotos(build: twingraph.Build) -> None:
    assert kumamotos(twingraph.ask(build, "activities-in-year", year=1985)) == set()


def test_year_2008_has_the_olympic_training_camp_and_through_whom(build: twingraph.Build) -> None:
    rows = [
        row
        for row in twingraph.ask(build, "activities-in-year", year=2008)
        if "olympic" in str(row["activity"])
    ]
    assert ("Sportkreis Heidelberg", "supporter") in {
        (row["institutionName"], row["role"]) for row in rows
    }


def test_evidence_is_the_words_the_address_and_the_place(build: twingraph.Build) -> None:
    [row] = twingraph.ask(build, "evidence", activity="heidelberg-kumamoto/youth-exchange")
    page = (DATA / "sources/heidelberg-kumamoto/page.txt").read_text(encoding="utf-8")
    start, end = row["startPosition"], row["endPosition"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert row["quote"] == page[start:end]
    assert str(row["quote"]).startswith("Annual youth exchange organized by")
    assert str(row["url"]).startswith("https://heidelberg.de/site/Heidelberg2021/node/1124004/")


def test_every_activity_of_the_kumamoto_page_has_its_words(build: twingraph.Build) -> None:
    rows = list(twingraph.ask(build, "evidence"))
    page = [row for row in rows if str(row["source"]).endswith("source/heidelberg-kumamoto")]
    assert len({row["activity"] for row in page}) >= 20
    assert all(row["quote"] for row in page)


def test_undated_stays_undated(build: twingraph.Build) -> None:
    names = {
        str(row["institution"]).rpartition("/")[2]
        for row in twingraph.ask(build, "institutions-undated")
    }
    assert any("deaf" in name and "kumamoto" in name for name in names)


def test_medical_exchange_is_told_by_three_sources(build: twingraph.Build) -> None:
    sources = {
        str(row["source"]).rpartition("/")[2]
        for row in twingraph.ask(build, "evidence", activity="heidelberg-kumamoto/medical-exchange")
    }
    assert len(sources) >= 2
    assert not list(twingraph.ask(build, "disagreements"))


def test_rows_as_a_dataframe(build: twingraph.Build) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = twingraph.ask(build, "institutions-since", since=1999).to_dataframe()
    assert list(frame.columns) == ["institution", "name", "activities", "firstYear", "lastYear"]
    assert pandas.api.types.is_integer_dtype(frame["firstYear"])


def test_page_is_the_one_that_was_read() -> None:
    shared = Path(__file__).parents[2] / "shared/sources/heidelberg-kumamoto/page.txt"
    if not shared.exists():
        pytest.skip("the page as it was collected is not beside this checkout")
    ours = DATA / "sources/heidelberg-kumamoto/page.txt"
    assert ours.read_bytes() == shared.read_bytes()
