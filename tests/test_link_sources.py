"""The same institution and the same exchange, told by two pages or in another list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import twingraph
from example import write_folder, write_with_import
from twingraph.errors import RecordErrors
from twingraph.facts import Institution, Municipality
from twingraph.link import offer_links
from twingraph.link.institutions import BodyMatcher, bodies_of
from twingraph.link.places import records_as_places

if TYPE_CHECKING:
    from pathlib import Path

Records = list[dict[str, object]]
ID = "https://w3id.org/twingraph/id/"
VISITS: Records = [{"id": "visits", "label": {"en": "Visits of citizens"}, "form": "Visit"}]
INSTITUTIONS: Records = [
    {"id": "stadtjugendring", "label": {"de": "Stadtjugendring Heidelberg e. V."}},
    {"id": "youth-ring", "label": {"en": "Youth Ring Heidelberg", "de": "Stadtjugendring"}},
    {"id": "youth-federation", "label": {"en": "Kumamoto Youth Federation"}, "in": "jp/kumamoto"},
    {"id": "swimmers", "label": {"de": "Schwimmverein Nikar Heidelberg"}, "kind": "SportsBody"},
    {"id": "rowers", "label": {"en": "Heidelberg Rowing Club"}, "kind": "SportsBody"},
]
OURS: Records = [
    {
        "id": "youth-exchange",
        "label": {"en": "Annual youth exchange"},
        "form": "YouthExchange",
        "topics": ["youth"],
        "years": "1993/2004",
        "organizers": ["stadtjugendring"],
        "held_in": ["de/heidelberg", "jp/kumamoto"],
    },
    {
        "id": "swimming-camp",
        "label": {"en": "Training camp for young swimmers"},
        "form": "YouthExchange",
        "topics": ["youth"],
        "years": "1994/2003",
        "organizers": ["swimmers"],
    },
]
THEIRS: Records = [
    {
        "id": "kumamoto-youth",
        "label": {"en": "Young people of both cities visit each other"},
        "form": "Exchange",
        "topics": ["youth"],
        "years": "1994/2004",
        "organizers": ["youth-ring"],
        "participants": ["youth-federation"],
    },
    {
        "id": "rowing",
        "label": {"en": "Exchange of young rowers"},
        "form": "YouthExchange",
        "topics": ["youth"],
        "years": "1994/2003",
        "organizers": ["rowers"],
    },
]


def as_yaml(name: str, records: Records) -> str:
    return json.dumps({name: records}, ensure_ascii=False)


def source(name: str) -> str:
    return (
        f"id: {name}\ntitle: {name}\npartnership: heidelberg-kumamoto\nas_of: 2021\n"
        "as_of_reason: the page's own date\n"
    )


def write_pages(
    folder: Path,
    ours: Records | None = None,
    theirs: Records | None = None,
) -> Path:
    """A folder in which the pages of two cities tell of one partnership."""
    made = []
    for each in INSTITUTIONS:
        record: dict[str, object] = {"kind": "Association", "based_in": "de/heidelberg", **each}
        record["based_in"] = record.pop("in", record["based_in"])
        made.append(record)
    council: dict[str, object] = {
        "id": "youth-council",
        "label": {"en": "Youth Council"},
        "kind": "Association",
    }
    return write_folder(
        folder,
        {
            "institutions.yaml": as_yaml("institutions", [*made, council]),
            "sources/page/activities.yaml": as_yaml("activities", VISITS),
            "sources/heidelberg/source.yaml": source("heidelberg"),
            "sources/heidelberg/activities.yaml": as_yaml("activities", ours or OURS),
            "sources/kumamoto/source.yaml": source("kumamoto"),
            "sources/kumamoto/activities.yaml": as_yaml("activities", theirs or THEIRS),
        },
    )


def offered(path: Path) -> dict[str, str]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    return {row.split("\t")[0]: row.split("\t")[4] for row in lines[1:]}


def accept(path: Path, subject: str, modifier: str = "") -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    [at] = [n for n, line in enumerate(lines) if line.startswith(f"{subject}\t")]
    cells = lines[at].split("\t")
    cells[3], cells[6], cells[9] = modifier, "semapv:ManualMappingCuration", "Ada"
    lines[at] = "\t".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


BODY = "institution:stadtjugendring"
EXCHANGE = "activity:heidelberg-kumamoto/youth-exchange"


def test_same_exchange_told_by_two_pages(tmp_path: Path) -> None:
    """Their years differ and overlap; of like activities with other institutions none is it."""
    found = offer_links(write_pages(tmp_path), "kumamoto")
    assert offered(found.path) == {
        BODY: "institution:youth-ring",
        EXCHANGE: "activity:heidelberg-kumamoto/kumamoto-youth",
    }
    [row] = [x for x in found.path.read_text("utf-8").splitlines() if x.startswith(EXCHANGE)]
    score, *parts = row.split("\t")[11].split("; ")
    assert score.startswith("score +")
    assert [part.split(" ")[0] for part in parts] == [
        "form",
        "topics",
        "institutions",
        "years",
        "names",
        "of",
    ]
    assert found.unmatched["activities"] == 2  # rather no match than a wrong one


@pytest.mark.parametrize(
    ("changed", "is_offered"),
    [
        ({}, True),
        ({"form": "Exhibition"}, False),
        ({"years": "2010/2012"}, False),
        ({"years": "1998"}, False),  # one year within many: a part of it, not the same
        ({"years": "1993/.."}, True),
        ({"topics": ["health"], "years": "1990/2004"}, False),
        ({"organizers": ["rowers"], "participants": []}, False),
        ({"organizers": ["youth-federation"], "participants": [], "years": "1993/2004"}, True),
        ({"held_in": ["jp/kumamoto"]}, True),
        ({"part_of": ["heidelberg-kumamoto/youth-exchange"]}, False),
    ],
)
def test_each_part_counts(tmp_path: Path, changed: dict[str, object], is_offered: bool) -> None:  # noqa: FBT001
    found = offer_links(write_pages(tmp_path, theirs=[THEIRS[0] | changed]), "kumamoto")
    assert (EXCHANGE in offered(found.path)) is is_offered


def test_what_one_source_tells_twice_or_both_tell_is_not_offered(tmp_path: Path) -> None:
    twice = [OURS[0], OURS[0] | {"id": "youth-exchange-again"}]
    found = offer_links(write_pages(tmp_path, ours=twice, theirs=[OURS[0]]), "kumamoto")
    assert not any(name.startswith("activity:") for name in offered(found.path))


def test_decided_activities_and_institutions(tmp_path: Path) -> None:
    """Accepted ones are built and survive; rejected ones are not offered the other way either."""
    data, build = write_pages(tmp_path / "data"), tmp_path / "build"
    path = offer_links(data, "kumamoto").path
    accept(path, EXCHANGE)
    accept(path, BODY, "Not")
    again = offer_links(data, "kumamoto")
    assert (again.new, again.accepted, again.rejected) == (0, 1, 1)
    assert offered(offer_links(data, "heidelberg").path) == {}
    link = (
        f"<{ID}activity/heidelberg-kumamoto/youth-exchange> "
        "<http://www.w3.org/2004/02/skos/core#exactMatch> "
        f"<{ID}activity/heidelberg-kumamoto/kumamoto-youth> <{ID}graph/links> ."
    )
    for forced in (False, True):
        twingraph.build_folder(data, build, force=forced)
        assert (build / "current/links.nq").read_text("utf-8").splitlines() == [link]


def test_deleted_activity_takes_its_link_with_it(tmp_path: Path) -> None:
    data, build = write_pages(tmp_path / "data"), tmp_path / "build"
    path = offer_links(data, "kumamoto").path
    accept(path, EXCHANGE)
    accept(path, BODY)
    write_pages(data, theirs=THEIRS[1:])
    summary = twingraph.build_folder(data, build)
    [warning] = summary.dangling
    assert "there is no record 'activity:heidelberg-kumamoto/kumamoto-youth' any more" in warning
    left = (build / "current/links.nq").read_text("utf-8").splitlines()
    assert len(left) == 1
    assert "institution/youth-ring" in left[0]
    assert offer_links(data, "kumamoto").dropped == (warning,)
    assert twingraph.build_folder(data, build).dangling == ()


def test_new_activity_alone_is_offered_after_review(tmp_path: Path) -> None:
    data = write_pages(tmp_path)
    path = offer_links(data, "kumamoto").path
    accept(path, EXCHANGE)
    more = THEIRS[1] | {"id": "swimming", "organizers": ["swimmers"], "years": "1995/2003"}
    write_pages(data, theirs=[*THEIRS, more])
    again = offer_links(data, "kumamoto")
    assert (again.new, again.accepted) == (1, 1)
    subject = "activity:heidelberg-kumamoto/swimming-camp"
    assert offered(path)[subject] == "activity:heidelberg-kumamoto/swimming"


def test_file_that_lacks_a_prefix_or_gives_it_another_meaning(tmp_path: Path) -> None:
    data = write_pages(tmp_path)
    path = offer_links(data, "kumamoto").path
    whole = path.read_text(encoding="utf-8")
    head = [line for line in whole.splitlines(keepends=True) if line.startswith(("#", "subject"))]
    path.write_text("".join(x for x in head if "activity" not in x), encoding="utf-8")
    assert offer_links(data, "kumamoto").new == 2
    assert offer_links(data, "kumamoto").new == 0
    other = "".join(x.replace(f"{ID}activity/", "https://other.example/") for x in head)
    path.write_text(other, encoding="utf-8")
    with pytest.raises(RecordErrors, match=r"curie_map: activity: is https://other\.example/"):
        offer_links(data, "kumamoto")
    assert path.read_text(encoding="utf-8") == other


def test_institutions_of_an_imported_dataset(tmp_path: Path) -> None:
    """Where they are based is the same municipality only as far as the municipalities match."""
    data = write_with_import(tmp_path)
    bodies = [
        ("council", "Jugendrat", "wikidata/Q2966"),
        ("elsewhere", "Jugendrat", "wikidata/Q199889"),
    ]
    rows = [
        {"id": f"wikidata/{i}", "label": {"de": n}, "kind": "Association", "based_in": c}
        for i, n, c in bodies
    ]
    table = data / "sources/wikidata/institutions.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = offer_links(data, "wikidata")
    assert found.unmatched == {"municipalities": 0, "institutions": 0}
    assert offered(found.path)["institution:youth-council"] == "institution:wikidata/council"
    accept(found.path, "institution:youth-council")
    twingraph.build_folder(data, tmp_path / "build")
    links = (tmp_path / "build/current/links.nq").read_text("utf-8")
    assert f"<{ID}institution/wikidata/council>" in links


CITIES = [
    Municipality(id="de/heidelberg", label={"en": "Heidelberg"}, country="de"),
    Municipality(id="de/mannheim", label={"de": "Mannheim"}, country="de"),
]
IDENTICAL = {city.id: {city.id: 1.0} for city in CITIES}
HD, MA = (city.id for city in CITIES)


def match_bodies(one: dict[str, object], other: dict[str, object]) -> bool:
    places = records_as_places(CITIES, ())
    ones, others = (
        bodies_of([Institution(id=name, **record)], places, {})  # type: ignore[arg-type]
        for name, record in (("one", one), ("other", other))
    )
    return bool(BodyMatcher(others, IDENTICAL).match(ones, {}, 0.5))


def body(name: str, city: str | None = None, **more: object) -> dict[str, object]:
    return {"label": {"de": name}, "based_in": city, **more}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (body("Volkshochschule", HD), body("Volkshochschule", HD), True),
        (body("Volkshochschule", HD), body("Volkshochschule", MA), False),
        (body("Volkshochschule", HD), body("Volkshochschule"), False),
        (body("Volkshochschule"), body("Volkshochschule"), False),
        (body("Rotary Club"), body("Rotary Club", HD), False),
        (body("Rotary Club Heidelberg"), body("Rotary Club", HD), True),
        (body("Rotary Club Heidelberg"), body("Rotary Club Mannheim"), False),
        (body("Stadtverwaltung Heidelberg"), body("Stadtverwaltung Mannheim"), False),
        (body("Universität Heidelberg", HD), body("Heidelberger Universität"), True),
        (
            body("Stadt Heidelberg", HD, kind="CityAdministration"),
            body("City Hall", HD, kind="CityAdministration"),
            True,
        ),
        (body("Bunsen-Gymnasium", HD), body("Hölderlin-Gymnasium", HD), False),
        (body("Medizinische Klinik", HD), body("Neurochirurgische Klinik", HD), False),
        (body("EMBL", kind="ResearchBody"), body("EMBL", kind="ResearchBody"), True),
        (body("EMBL", kind="ResearchBody"), body("EMBO", kind="ResearchBody"), False),
        (body("Schwimmverein Nikar e. V.", HD), body("Schwimmverein Nikar", HD), True),
        (
            body("DAI", HD, homepage="https://www.dai-heidelberg.de/"),
            body("Deutsch-Amerikanisches Institut", HD, homepage="http://dai-heidelberg.de"),
            True,
        ),
        (body("Uni", HD, wikidata="Q151510"), body("Ruperto Carola", wikidata="Q151510"), True),
        (body("Theater", HD, wikidata="Q1"), body("Theater", HD, wikidata="Q2"), False),
    ],
)
def test_institutions(one: dict[str, object], other: dict[str, object], is_same: bool) -> None:  # noqa: FBT001
    assert match_bodies(one, other) is is_same
    assert match_bodies(other, one) is is_same
