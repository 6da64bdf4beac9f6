"""What nobody has reviewed is built only on demand, and then apart and marked."""

from pathlib import Path

import pytest

from example import SMALL, write_folder
from twingraph import ask, build_folder, open_build, query
from twingraph.errors import RecordErrors

DRAFTED = """
activities:
  - id: youth-exchange
    label: {en: Youth exchange}
    form: YouthExchange
    years: 1993/..
    organizers: [youth-council]
    status: draft
  - id: concert
    label: {en: Concert}
    form: Performance
    years: 1999
    participants: [city-choir, youth-council]
    status: draft
    because: {form: concert (Performance)}
institutions:
  - id: city-choir
    label: {en: City Choir}
    kind: Ensemble
    status: draft
    because: {kind: choir (Ensemble)}
"""
REVIEWED = SMALL["sources/page/activities.yaml"]
GRAPHS = """
PREFIX tg: <https://w3id.org/twingraph/ns#>
SELECT DISTINCT ?resource ?graph WHERE { GRAPH ?graph { ?resource a tg:Draft } }
ORDER BY ?resource ?graph
"""
BASE = "https://w3id.org/twingraph/id/"


def folder(path: Path, activities: str = DRAFTED) -> Path:
    return write_folder(path, {"sources/page/activities.yaml": activities})


def test_drafts_are_left_out_and_counted(tmp_path: Path) -> None:
    summary = build_folder(folder(tmp_path / "data"), tmp_path / "build")
    assert summary.counts["activities"] == 0
    assert summary.counts["institutions"] == 1
    assert "2 drafts are left out: a person reviews them first" in summary.warnings


def test_drafts_on_demand_are_apart_and_marked(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    summary = build_folder(data, tmp_path / "build", drafts=True)
    assert summary.counts["activities"] == 2
    assert any("nobody has reviewed" in warning for warning in summary.warnings)
    with open_build(tmp_path / "build") as build:
        assert query(build, GRAPHS).rows() == [
            (f"{BASE}activity/heidelberg-kumamoto/concert", f"{BASE}source/page/drafts"),
            (f"{BASE}activity/heidelberg-kumamoto/youth-exchange", f"{BASE}source/page/drafts"),
            (f"{BASE}institution/city-choir", f"{BASE}graph/drafts"),
        ]
        # The page speaks for 2021, and so do drafts from it.
        rows = ask(build, "institutions-since", since=2021).rows()
        assert [row[0] for row in rows] == [f"{BASE}institution/youth-council"]


def test_a_build_with_drafts_is_another_build(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    assert build_folder(data, tmp_path / "build").is_new
    assert build_folder(data, tmp_path / "build", drafts=True).is_new
    assert not build_folder(data, tmp_path / "build", drafts=True).is_new
    assert build_folder(data, tmp_path / "build").is_new


def test_without_drafts_nothing_of_them_is_in_the_build(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    generation = build_folder(data, tmp_path / "build").generation
    content = "".join(path.read_text() for path in generation.rglob("*.nq"))
    assert "city-choir" not in content
    assert "/drafts" not in content


@pytest.mark.parametrize(
    ("records", "message"),
    [
        (
            DRAFTED.replace("city-choir, youth-council]\n    status: draft", "city-choir]"),
            "'city-choir' is only proposed: review it first",
        ),
        (
            REVIEWED.replace("    form: Visit\n", "    form: Visit\n    part_of: [concert]\n")
            + DRAFTED.partition("institutions:")[0].partition("status: draft\n")[2]
            + "institutions:"
            + DRAFTED.partition("institutions:")[2],
            "activity 'heidelberg-kumamoto/concert' is a draft: review it first",
        ),
        (
            DRAFTED.replace("kind: Ensemble\n    status: draft", "kind: Ensemble"),
            "expected status: draft",
        ),
        (DRAFTED.replace("kind: Ensemble", "kind: Ensembel"), "did you mean 'Ensemble'?"),
        (
            DRAFTED.replace("institutions:\n", "instituions:\n"),
            "unknown key; expected `activities:`",
        ),
        (DRAFTED.replace("years: 1999", "years: 2O19"), "'2O19' is not EDTF"),
    ],
)
def test_drafts_are_checked_whether_they_are_wanted_or_not(
    records: str, message: str, tmp_path: Path
) -> None:
    data = folder(tmp_path / "data", records)
    for drafts in (False, True):
        with pytest.raises(RecordErrors) as caught:
            build_folder(data, tmp_path / "build", drafts=drafts)
        assert message in str(caught.value)
        assert len(caught.value.findings) == len(set(caught.value.findings))
