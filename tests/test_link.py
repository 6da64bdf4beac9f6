"""Who is who in another dataset: offered with evidence, decided by a person, never silently."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from example import DATA, ROOT, write_folder, write_with_import
from twingraph.cli import cli
from twingraph.datasets import read_edges, wikidata_source, write_dataset
from twingraph.errors import FileError, RecordErrors
from twingraph.link import Matcher, Place, offer_links, places_of
from twingraph.names import deletions, forms, plain
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from pathlib import Path

SHARED = ROOT.parent / "shared" / "datasets"


def place(name: str, **known: object) -> Place:
    names = known.pop("names", (name,))
    identifier = str(known.pop("id", name))
    made = Place(identifier, Iri(f"urn:{identifier}"), name, names)  # type: ignore[arg-type]
    return replace(made, **known)  # type: ignore[arg-type]


def match(ones: list[Place], others: list[Place]) -> dict[str, str]:
    found = Matcher({each.id: each for each in others}).match({each.id: each for each in ones})
    return {name: candidate.other.id for name, candidate in found.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rehovot", "Reẖovot"),
        ("Rehovot", "Rechovot"),
        ("Großräschen", "Grossräschen"),
        ("Lüdenscheid", "Luedenscheid"),
        ("Calamba", "Calamba City"),
        ("Kumamoto", "Kumamoto-shi"),
        ("Kōchi", "Kochi"),
        ("Łódź", "Lodz"),
        ("Frankfurt am Main", "Frankfurt"),
        ("Sulzbach (Taunus)", "Sulzbach"),
        ("Simferopol", "Simferopol’"),
        ("熊本市", "熊本市"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    others = [place(other, country="xx"), place("Elsewhere", country="xx")]
    assert match([place(one, id="one", country="xx")], others) == {"one": other}


@pytest.mark.parametrize(
    ("one", "other"), [("Bonn", "Born"), ("Husum", "Hürup"), ("Paderborn", "Paternò")]
)
def test_other_names_are_no_match(one: str, other: str) -> None:
    assert match([place(one)], [place(other)]) == {}


def test_namesakes_are_told_apart_by_country_place_inhabitants_and_id() -> None:
    here = place("Cambridge", id="here", country="gb")
    others = [place("Cambridge", id="gb", country="gb"), place("Cambridge", id="us", country="us")]
    assert match([here], others) == {"here": "gb"}
    assert match([replace(here, country=None)], others) == {}  # nobody can tell
    near = replace(here, country=None, lat=42.37, long=-71.11)
    placed = [
        replace(others[0], country=None, lat=52.2, long=0.12),
        replace(others[1], country=None, lat=42.4, long=-71.1),
    ]
    assert match([near], placed) == {"here": "us"}
    sized = [replace(others[0], population=145_000), replace(others[1], population=118_000)]
    assert match([replace(here, country=None, population=118_400)], sized) == {"here": "us"}
    known = [replace(others[0], wikidata="Q350"), replace(others[1], wikidata="Q49111")]
    assert match([replace(here, country=None, wikidata="Q49111")], known) == {"here": "us"}


def test_shared_partners_tell_which_cambridge_it_is() -> None:
    """Heidelberg's is in the United Kingdom; the partner of that one is in the United States."""
    ours = [
        place("Heidelberg", id="hd", partners=("gb", "mo")),
        place("Montpellier", id="mo", partners=("hd",)),
        place("Cambridge", id="gb", partners=("hd", "us")),
        place("Cambridge", id="us", partners=("gb", "er")),
        place("Jerewan", id="er", names=("Jerewan", "Yerevan"), partners=("us",)),
    ]
    theirs = [
        place("Heidelberg", id="Q2966", partners=("Q350", "Q6441")),
        place("Montpellier", id="Q6441", partners=("Q2966",)),
        place("Cambridge", id="Q350", partners=("Q2966", "Q49111")),
        place("Cambridge", id="Q49111", partners=("Q350", "Q1953")),
        place("Yerevan", id="Q1953", partners=("Q49111",)),
    ]
    assert match(ours, theirs) == {
        "hd": "Q2966",
        "mo": "Q6441",
        "gb": "Q350",
        "us": "Q49111",
        "er": "Q1953",
    }


def test_two_that_would_be_one_are_left_to_nobody() -> None:
    ones = [place("Neustadt", id="a"), place("Neustadt", id="b")]
    assert match(ones, [place("Neustadt", id="x")]) == {}


NAMES = st.text(alphabet="abcdeäß ()-熊", min_size=1, max_size=12)


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6))
def test_any_names(ones: list[str], others: list[str]) -> None:
    theirs = [place(name, id=f"o{number}") for number, name in enumerate(others)]
    found = match([place(name, id=f"n{number}") for number, name in enumerate(ones)], theirs)
    assert len(set(found.values())) == len(found)
    assert found == match(
        [place(name, id=f"n{number}") for number, name in enumerate(ones)], theirs[::-1]
    )


@given(NAMES)
def test_forms_are_plain_and_near_forms_meet(name: str) -> None:
    found = forms(name)
    assert list(found) == list(dict.fromkeys(found))
    assert all(plain(form) == form for form in found)
    for form in found:
        assert {form, *deletions(form)} & {form[:-1], *deletions(form[:-1])}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Our records, and beside them an imported dataset of two."""
    return write_with_import(tmp_path)


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.startswith("municipality:")]


def decide(path: Path, number: int, *, modifier: str = "") -> None:
    """Decide on a row as a person would, in the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = [n for n, line in enumerate(lines) if line.startswith("municipality:")][number]
    cells = lines[at].split("\t")
    cells[3], cells[6], cells[9] = modifier, "semapv:ManualMappingCuration", "Ada"
    lines[at] = "\t".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_offered_decided_and_not_offered_again(data: Path) -> None:
    first = offer_links(data, "wikidata")
    assert (first.new, first.pending, first.accepted, first.rejected) == (2, 2, 0, 0)
    assert [row[4] for row in rows(first.path)] == [
        "municipality:wikidata/Q2966",
        "municipality:wikidata/Q199889",
    ]
    assert re.fullmatch(
        r"score \+\S+: prior -2\.0; names \S+; partners \S+; "
        r"of municipality:de/heidelberg and municipality:wikidata/Q2966",
        rows(first.path)[0][11],
    )
    decide(first.path, 0)
    decide(first.path, 1, modifier="Not")
    decided = first.path.read_bytes()
    again = offer_links(data, "wikidata")
    assert (again.new, again.pending, again.accepted, again.rejected) == (0, 0, 1, 1)
    assert first.path.read_bytes() == decided
    assert len(open_folder(data, read_vocabulary()).links.accepted) == 1


def test_file_that_a_spreadsheet_has_saved_is_read(data: Path) -> None:
    """A spreadsheet fills every line up with tabs, and quotes a cell that has a quotation mark."""
    path = offer_links(data, "wikidata").path
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    filled = [row + [""] * (len(rows[-1]) - len(row)) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(filled)
    saved = path.read_bytes()
    assert saved.startswith(b"#curie_map:\t")
    again = offer_links(data, "wikidata")
    assert (again.new, again.pending, path.read_bytes()) == (0, 2, saved)
    path.write_bytes(b"".join(saved.splitlines(keepends=True)[:-1]))
    assert offer_links(data, "wikidata").new == 1


def test_new_record_is_offered_beside_what_was_decided(data: Path) -> None:
    municipalities = data / "municipalities.yaml"
    whole = municipalities.read_text(encoding="utf-8")
    path = offer_links(data, "wikidata").path
    decide(path, 0)
    partner = data / "sources/wikidata/municipalities.jsonl"
    more = '{"id": "wikidata/Q6441", "label": {"und": "Montpellier"}, "wikidata": "Q6441"}\n'
    partner.write_text(partner.read_text(encoding="utf-8") + more, encoding="utf-8")
    added = "  - {id: fr/montpellier, label: {en: Montpellier}, country: fr}\n"
    municipalities.write_text(whole + added, encoding="utf-8")
    assert offer_links(data, "wikidata").new == 1
    municipalities.write_text(whole, encoding="utf-8")
    gone = offer_links(data, "wikidata")
    assert (gone.accepted, gone.pending) == (1, 1)
    [dropped] = gone.dropped
    assert "there is no record 'municipality:fr/montpellier' any more" in dropped


def test_wrong_file_or_dataset_is_told_and_nothing_changed(data: Path) -> None:
    path = offer_links(data, "wikidata").path
    broken = path.read_bytes().replace(b"skos:exactMatch", b"skos:exactlyMatch", 1)
    path.write_bytes(broken)
    with pytest.raises(RecordErrors, match="'skos:exactlyMatch' is none of"):
        offer_links(data, "wikidata")
    assert path.read_bytes() == broken
    path.unlink()
    with pytest.raises(
        FileError, match="no dataset or source 'wikipedia' is there; there are: page, wikidata"
    ):
        offer_links(data, "wikipedia")


def test_threshold_is_kept_both_ways(data: Path) -> None:
    weak = [place("Neustadt", id=name, country="de", partners=("p",)) for name in ("x", "y", "z")]
    ones = {"one": place("Neustad", id="one", partners=("p",))}
    others = {"x": weak[0]}
    [candidate] = Matcher(others).candidates(ones)["one"]
    least = candidate.confidence
    assert Matcher(others).match(ones, least - 0.01)
    assert not Matcher(others).match(ones, least + 0.01)
    assert offer_links(data, "wikidata", 1.0).new == 0


def test_command(data: Path) -> None:
    done = CliRunner().invoke(cli, ["link", "--to", "wikidata", "--data", str(data)])
    assert done.exit_code == 0
    assert "wikidata.sssom.tsv: 2 new, 2 to be reviewed, 0 accepted, 0 rejected" in done.stderr
    bad = CliRunner().invoke(cli, ["link", "--to", "nobody", "--data", str(data)])
    assert bad.exit_code == 2


# https://github.com/mapping-commons/sssom-py uses what pandas 4 will not have.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_mappings_are_valid_for_the_library_of_the_standard(data: Path) -> None:
    parsers = pytest.importorskip("sssom.parsers")
    from sssom.constants import SchemaValidationType
    from sssom.validators import validate

    path = offer_links(data, "wikidata").path
    decide(path, 0)
    decide(path, 1, modifier="Not")
    table = parsers.parse_sssom_table(path)
    assert len(table.df) == 2
    kinds = [
        SchemaValidationType.JsonSchema,
        SchemaValidationType.PrefixMapCompleteness,
        SchemaValidationType.StrictCurieFormat,
    ]
    found = validate(table, kinds, fail_on_error=False)
    assert {kind: len(report.results) for kind, report in found.items()} == dict.fromkeys(kinds, 0)


@pytest.mark.skipif(not SHARED.exists(), reason="the collected lists are not beside this clone")
@pytest.mark.parametrize("with_ids", [True, False])
def test_partners_of_heidelberg_in_wikidata(tmp_path: Path, with_ids: bool) -> None:  # noqa: FBT001
    lists = SHARED / "wikidata-p190-2016"
    source = wikidata_source("wikidata")
    found = read_edges(lists / "relations.tsv", lists / "names.tsv", source)
    write_dataset(found, write_folder(tmp_path / "theirs"))
    theirs = places_of(open_folder(tmp_path / "theirs", read_vocabulary()), "wikidata")
    ours = places_of(open_folder(DATA, read_vocabulary()))
    if not with_ids:
        ours = {name: replace(each, wikidata=None) for name, each in ours.items()}
    matched = Matcher(theirs).match(ours)
    items = {name: each.other.id.partition("/")[2] for name, each in matched.items()}
    assert {
        "de/heidelberg": "Q2966",
        "fr/montpellier": "Q6441",
        "de/bautzen": "Q14835",
        "il/rehovot": "Q207350",
        "ph/calamba": "Q75978",
        "gb/cambridge": "Q350",
        "ba/mostar": "Q93347",
        "ua/simferopol": "Q19566",
        "jp/kumamoto": "Q199889",
    }.items() <= items.items()
