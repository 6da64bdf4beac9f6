"""Pictures of a build show what its questions answer."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from lxml import etree

from example import DATA, ROOT, write_folder
from twingraph.cli import cli
from twingraph.cli.plotting import PICTURES
from twingraph.plot import PICTURES as DRAWN
from twingraph.plot import plot
from twingraph.plot.asking import read_scope
from twingraph.plot.decades import count_decades
from twingraph.plot.network import plot_network
from twingraph.plot.topics import count_topics
from twingraph.queries import ask
from twingraph.store import Build, open_build
from twingraph.store.pipeline import build_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KUMAMOTO = "heidelberg-kumamoto"
SVG = "{http://www.w3.org/2000/svg}"
OF_ALL_KINDS = """
activities:
  - {id: vague, label: {en: Vague}, form: Visit, years: 198X, quote: Visits of citizens}
  - {id: about, label: {en: About}, form: Visit, years: 1990~, quote: Visits of citizens}
  - {id: until, label: {en: Until}, form: Visit, years: ../1992, quote: Visits of citizens}
  - {id: from, label: {en: From}, form: Visit, years: 1995/, quote: Visits of citizens}
  - {id: open, label: {en: Open}, form: Visit, years: 1993/.., quote: Visits of citizens}
  - {id: plan, label: {en: Plan}, form: Visit, years: 2030, quote: Visits of citizens}
  - {id: never, label: {en: Never}, form: Visit, quote: Visits of citizens}
  - {id: sets, label: {en: Sets}, form: Visit, years: "{1980,2002}", quote: Visits of citizens}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plot") / "build"
    build_folder(DATA, folder)
    return folder


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    with open_build(folder) as opened:
        yield opened


def parse(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parse(svg).iter(f"{SVG}text")]


def test_commands_are_the_pictures() -> None:
    assert set(PICTURES) == set(DRAWN)


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"partnership": KUMAMOTO},
        {"municipality": "de/heidelberg", "lang": "de"},
        {"institution": "sportkreis-heidelberg"},
        {"topic": "culture"},
    ],
)
def test_pictures_name_their_sources(build: Build, picture: str, values: dict[str, str]) -> None:
    svg = plot(build, picture, **values)
    assert svg == plot(build, picture, **values)
    assert any(text.startswith(("Sources: ", "Quellen: ")) for text in texts(svg))
    assert not any("none named" in text for text in texts(svg))


def test_timeline_has_each_activity_of_the_question_once(build: Build) -> None:
    shown = parse(plot(build, "timeline", partnership=KUMAMOTO)).xpath("//@data-iri")
    asked = {str(row["activity"]) for row in ask(build, "timeline", partnership=KUMAMOTO)}
    assert len(shown) == len(asked)
    assert set(shown) == asked


def test_timeline_of_an_institution_and_of_a_topic_has_their_activities(build: Build) -> None:
    shown = parse(plot(build, "timeline", institution="sportkreis-heidelberg")).xpath("//@data-iri")
    names = ["sports-symposia", "olympic-training-camp"]
    assert {iri.rpartition("/")[2] for iri in shown} == set(names)
    shown = parse(plot(build, "timeline", topic="environment")).xpath("//@data-iri")
    assert set(shown) == {
        str(row["activity"]) for row in ask(build, "activities-by-topic", topic="environment")
    }


def test_pages_of_a_timeline_have_each_dated_activity_once(build: Build) -> None:
    whole = parse(plot(build, "timeline", partnership=KUMAMOTO)).xpath("//*[@data-iri]")
    dated = [each.get("data-iri") for each in whole if each.find(f"{SVG}circle") is None]
    pages = [
        iri
        for number in (1, 2, 3, 4)
        for iri in parse(plot(build, "timeline", partnership=KUMAMOTO, page=number, most=5)).xpath(
            "//@data-iri"
        )
    ]
    assert sorted(pages) == sorted(dated)


def test_timeline_of_all_kinds_of_time(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", {"sources/page/activities.yaml": OF_ALL_KINDS})
    build_folder(data, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        svg = plot(opened, "timeline")
    rows = {
        row.get("data-iri").rpartition("heidelberg-kumamoto/")[2]: [
            each.get("fill")
            for each in row.iter(f"{SVG}rect", f"{SVG}path")
            if each.get("fill-opacity") != "0"
        ]
        for row in parse(svg).xpath("//*[@data-iri]")
    }
    blue, possible = "#0072b2", "url(#timeline-possible)"
    assert rows == {
        "vague": [possible],
        "about": [possible],
        "until": ["url(#timeline-past)", blue],
        "from": [blue, "url(#timeline-future)"],
        "open": [blue, blue],
        "plan": ["#fff"],
        "never": [],
        "sets/1980": [blue],
        "sets/2002": [blue],
    }
    assert {"1980s", "c. 1990", "?–1992", "1995–?", "1993–", "2030"} <= set(texts(svg))
    assert {"Planned", "No year is stated"} <= set(texts(svg))


def test_times_that_differ_are_both_told_and_marked(tmp_path: Path) -> None:
    source = "id: other\ntitle: Other\nurl: https://example.org/other\nlanguage: en\n"
    source += "partnership: heidelberg-kumamoto\nas_of: 2021\nas_of_reason: its date\n"
    activity = "{id: youth-exchange, label: {en: Youth exchange}, form: Visit, years: 1995/..}"
    files = {"source": source, "activities": f"activities:\n  - {activity}\n"}
    data = write_folder(
        tmp_path / "data", {f"sources/other/{name}.yaml": text for name, text in files.items()}
    )
    build_folder(data, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        svg = plot(opened, "timeline")
    assert {"1993– / 1995–", "sources disagree"} <= set(texts(svg))
    [row] = parse(svg).xpath("//*[contains(@data-iri, 'youth-exchange')]")
    assert [each.get("stroke") for each in row.iter(f"{SVG}path")] == [None, "#d55e00"]


def test_what_is_left_out_is_said(build: Build) -> None:
    svg = plot(build, "timeline", partnership=KUMAMOTO, most=3)
    assert len(parse(svg).xpath("//@data-iri")) == 6
    assert "Shown: the 3 longest of the 17 dated." in texts(svg)
    assert "Annual youth exchange" in texts(svg)
    network = texts(plot(build, "network", most=4))
    assert any(text.startswith("Shown: of ") for text in network)


def test_pages_of_the_timeline_of_all_are_told_apart(build: Build) -> None:
    """Of which each shows some activities, though what all have is asked without naming them."""
    pages = [plot(build, "timeline", page=str(number), most="20") for number in (1, 2)]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of the " in page
    assert pages[0] != pages[1]


def test_decades_are_those_of_the_question(build: Build) -> None:
    decades, undated = count_decades(read_scope(build, {}))
    asked = {row["decade"]: row["activities"] for row in ask(build, "activities-by-decade")}
    assert {each.first_year: each.certain for each in decades if each.certain} == asked
    assert undated == len(ask(build, "undated"))


def test_topics_are_those_of_the_question(build: Build) -> None:
    topics = count_topics(read_scope(build, {"partnership": KUMAMOTO}))
    lowest: dict[str, int] = {}
    for topic in topics:
        lowest |= {bar.name: bar.activities for bar in (*topic.narrower, topic)}
    asked = {
        str(row["topicName"]).capitalize(): row["activities"]
        for row in ask(build, "topics-of-partnership", partnership=KUMAMOTO)
    }
    broad = {topic.name for topic in topics if topic.narrower}
    assert {name: n for name, n in lowest.items() if name not in broad} == {
        name: n for name, n in asked.items() if name not in broad
    }


def test_exchanges_are_those_of_the_question(build: Build) -> None:
    root = parse(plot_network(read_scope(build, {"most": 1000})))
    drawn = {
        line.findtext(f"{SVG}title")
        for line in root.iter(f"{SVG}path")
        if line.get("stroke") == "#d55e00" and line.find(f"{SVG}title") is not None
    }
    pairs = [
        (row["name"], row["otherName"], row["activities"])
        for row in ask(build, "institution-pairs")
    ]
    assert len(drawn) == len(pairs)
    for one, other, number in pairs:
        assert drawn & {f"{one} – {other}: {number}", f"{other} – {one}: {number}"}


def test_map_names_what_it_cannot_place(build: Build) -> None:
    svg = plot(build, "map", municipality="de/heidelberg", lang="de")
    shown = texts(svg)
    assert "Nicht auf der Karte, da ohne Koordinaten (2): Calamba, Mostar." in shown
    assert {"Rechovot", "Kumamoto", "Partnerstädte: Heidelberg"} <= set(shown)
    assert len(svg) < 150_000


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["plot", *map(str, arguments)], prog_name="twingraph")
    return result.exit_code, result.stdout, result.stderr


def test_command_writes_the_file_or_standard_output(folder: Path, tmp_path: Path) -> None:
    picture = ("timeline", f"partnership={KUMAMOTO}", "--build", folder)
    assert run(*picture, "-o", tmp_path / "a.svg") == (0, "", "")
    assert run(*picture, "-o", "-")[1] == (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_command_writes_png(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    assert run("map", "--build", folder, "-o", tmp_path / "a.png")[0] == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_png_without_its_library_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    code, _, message = run("map", "--build", folder, "-o", tmp_path / "a.png")
    assert code == 2
    assert "pip install 'twingraph[pictures]'" in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("timeline", "partnership=heidelberg-kumamot"), "did you mean <https://"),
        (("timeline", "partnershp=x"), "did you mean 'partnership'?"),
        (("timeline", "partnership=a", "municipality=b"), "exclude each other"),
        (("timeline", "most=0"), "expected a number from 1"),
        (("timeline", "most=many"), "is not a whole number"),
        (("timeline", "lang=Deutsch!"), "is not a language tag"),
        (("timelines",), "'timelines' is not one of"),
    ],
)
def test_bad_usage_is_told(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, _, told = run(*arguments, "--build", folder, "-o", tmp_path / "a.svg")
    assert code == 2
    assert message in told
    assert list(tmp_path.iterdir()) == []


def test_other_forms_are_refused(folder: Path, tmp_path: Path) -> None:
    code, _, told = run("map", "--build", folder, "-o", tmp_path / "a.pdf")
    assert code == 2
    assert "ends in .svg or .png" in told


def test_a_folder_that_is_not_there_is_told(folder: Path, tmp_path: Path) -> None:
    code, _, told = run("map", "--build", folder, "-o", tmp_path / "no/a.svg")
    assert code == 2
    assert told == f"{tmp_path}/no/a.svg: there is no folder {tmp_path}/no\n"


def test_same_bytes_whatever_the_hash_seed(folder: Path) -> None:
    command = [sys.executable, "-m", "twingraph", "plot", "-o", "-", "--build", str(folder)]
    for picture in ("network", "map"):
        written = {
            subprocess.run(
                [*command, picture], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2")
        }
        assert len(written) == 1


def test_pictures_of_the_page_are_those_of_its_commands(build: Build) -> None:
    page = (ROOT / "docs/pictures.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    twingraph plot (\w+) (.*) -o (\S+)$", page, re.MULTILINE)
    assert len(commands) == 2
    for picture, given, file in commands:
        values = dict(parameter.split("=") for parameter in given.split())
        kept = (ROOT / "docs/pictures" / file).read_text(encoding="utf-8")
        assert kept == plot(build, picture, **values)
