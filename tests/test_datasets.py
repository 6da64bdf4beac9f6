"""Other people's lists become records of their own; every row is imported or reported."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import twingraph
from example import ROOT, SMALL, write_folder
from twingraph.cli import cli
from twingraph.datasets import (
    read_edges,
    read_entities,
    read_mapping,
    read_table_dataset,
    wikidata_source,
    write_dataset,
)
from twingraph.datasets.dataset import (
    DEPRECATED,
    IMPORTED,
    REPEATED,
    REVERSED,
    SELF,
    UNREADABLE,
    Joiner,
    Report,
    Statement,
)
from twingraph.errors import FileError, RecordErrors, TwingraphError
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.datasets import Dataset

SHARED = ROOT.parent / "shared" / "datasets"
NEEDS_SHARED = pytest.mark.skipif(
    not SHARED.exists(), reason="the collected lists are not beside this clone"
)
DOCS = (ROOT / "docs/datasets.md").read_text(encoding="utf-8")
ID = "https://w3id.org/twingraph/id/"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def edges(
    folder: Path, text: str, names: str | None = None, retrieved: str | None = None
) -> Dataset:
    (folder / "relations.tsv").write_text(text, encoding="utf-8")
    if names is not None:
        (folder / "names.tsv").write_text(names, encoding="utf-8")
    return read_edges(
        folder / "relations.tsv",
        None if names is None else folder / "names.tsv",
        wikidata_source("wikidata", retrieved),
    )


def test_rows_of_a_pair_are_one_partnership(tmp_path: Path) -> None:
    text = "Q2\tQ10\nQ10\tQ2\nQ2\tQ10\nQ3\tQ3\nQ2\tcity\nQ5\tQ2\textra\nQ2\tQ5\n"
    found = edges(tmp_path, text, "Q2\tZwei\nQ10\tZehn\n")
    assert found.report.rows == {IMPORTED: 2, REVERSED: 1, REPEATED: 1, SELF: 1, UNREADABLE: 2}
    assert [each.id for each in found.partnerships] == ["wikidata/Q10_Q2", "wikidata/Q2_Q5"]
    assert [each.note for each in found.partnerships] == [None, "stated of Q2 alone"]
    told = dict(found.report.told)
    assert "expected 2 cells, two of them items" in told["relations.tsv:5"]
    assert told["relations.tsv:4"] == SELF
    labels = {each.id: each.label for each in found.municipalities}
    assert labels["wikidata/Q2"] == {"und": "Zwei"}
    assert labels["wikidata/Q5"] == {"und": "Q5"}  # nobody says its name


def test_times_of_a_table(tmp_path: Path) -> None:
    header = "subject\tobject\tP580\tprecision\tP582\trank\n"
    text = header + (
        "Q1\tQ2\t+1995-02-18T00:00:00Z\t11\t\tnormal\n"
        "Q1\tQ3\t+1953-00-00T00:00:00Z\t9\t+1990-00-00T00:00:00Z\tnormal\n"
        "Q1\tQ4\t+1900-00-00T00:00:00Z\t7\t\tnormal\n"
        "Q1\tQ5\t+1999-00-00T00:00:00Z\t9\t+1980-00-00T00:00:00Z\tnormal\n"
        "Q1\tQ6\t\t\t\tdeprecated\n"
        "Q2\tQ1\t+1996-00-00T00:00:00Z\t9\t\tnormal\n"
    )
    found = edges(tmp_path, text, retrieved="2016-05")
    stages = {p.id.partition("/")[2]: [s.years for s in p.stages] for p in found.partnerships}
    assert stages == {
        "Q1_Q2": ["1995-02-18/..", "1996/.."],  # the sides differ: both are kept
        "Q1_Q3": ["1953/1990"],
        "Q1_Q4": [],
        "Q1_Q5": [],
    }
    assert found.report.rows[DEPRECATED] == 1
    told = [what for _, what in found.report.told]
    assert any(what.startswith("a time that is too vague: +1900") for what in told)
    assert any(what.startswith("a time that is none: ") for what in told)
    assert found.source.as_of == 2016
    assert edges(tmp_path, text).partnerships[0].stages[0].years == "1995-02-18/"


def item(identifier: str, partners: list[Any], **more: Any) -> dict[str, Any]:
    return {"id": identifier, "claims": {"P190": partners, **more.pop("claims", {})}, **more}


def statement(partner: str, **more: Any) -> dict[str, Any]:
    snak = {"snaktype": "value", "datavalue": {"value": {"id": partner}}}
    return {"id": f"s-{partner}", "mainsnak": snak, "rank": "normal", **more}


def entities(folder: Path, content: object) -> Dataset:
    (folder / "entities.json").write_text(json.dumps(content), encoding="utf-8")
    return read_entities([folder / "entities.json"], wikidata_source("wikidata"))


def test_entity_with_its_names_place_and_references(tmp_path: Path) -> None:
    def value(content: object) -> dict[str, Any]:
        return {"snaktype": "value", "datavalue": {"value": content}}

    def stated(content: object, rank: str = "normal") -> dict[str, Any]:
        return {"mainsnak": value(content), "rank": rank}

    url = {"P854": [value("https://city.example/partners")], "P248": [value({"id": "Q36578"})]}
    bad = {"P854": [value("not an address")]}
    partners = [
        statement("Q2", references=[{"snaks": url}, {"snaks": bad}]),
        {"id": "s-none", "mainsnak": {"snaktype": "somevalue"}, "rank": "normal"},
    ]
    claims = {
        "P17": [stated({"id": "Q7318"}), stated({"id": "Q183"}, "preferred")],
        "P625": [stated({"latitude": 50.98, "longitude": 11.32})],
        "P1082": [stated({"amount": "+65228"})],
        "P1566": [stated("2812482")],
    }
    labels = {"de": {"value": "Weimar"}, "be-x-old": {"value": "Ваймар"}}
    aliases = {"de": [{"value": "Weimar an der Ilm"}]}
    content = item("Q1", partners, claims=claims, labels=labels, aliases=aliases)
    found = entities(tmp_path, {"entities": {"Q1": content}})
    assert found.report.rows == {IMPORTED: 1, UNREADABLE: 1}
    weimar = found.municipalities[0]
    assert weimar.label == {"de": "Weimar"}
    assert weimar.alt_labels == {"de": ("Weimar an der Ilm",)}
    assert (weimar.country, weimar.lat, weimar.population) == ("de", 50.98, 65228)
    assert weimar.geonames == "2812482"
    [partnership] = found.partnerships
    cited = {each.id: each.url for each in found.cited}
    assert partnership.source == ("wikidata", *partnership.source[1:])
    assert {cited[name] for name in partnership.source[1:]} == {
        "https://city.example/partners",
        "http://www.wikidata.org/entity/Q36578",
    }
    assert any("a reference that is none" in what for _, what in found.report.told)


def test_values_that_are_none_are_told_and_left_out(tmp_path: Path) -> None:
    wrong = {
        "P625": {"latitude": 91, "longitude": 0},
        "P1082": {"amount": "many"},
        "P1566": "../x",
        "P297": "DEU",
    }
    claims = {
        name: [{"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": "normal"}]
        for name, value in wrong.items()
    }
    found = entities(tmp_path, item("Q1", [statement("Q2")], claims=claims))
    place = found.municipalities[0]
    assert (place.lat, place.population, place.geonames, place.country) == (None,) * 4
    assert [what for _, what in found.report.told] == [
        "not of Wikidata's form: P625 is no place; expected a latitude and a longitude",
        "not of Wikidata's form: P1082 is no amount: 'many'",
        "not of Wikidata's form: P1566 is no GeoNames id: '../x'",
    ]


def test_entity_of_a_partner_tells_of_it_in_whatever_order(tmp_path: Path) -> None:
    one = item("Q1", [statement("Q2")], labels={"de": {"value": "Eins"}})
    two = {"id": "Q2", "claims": {}, "labels": {"de": {"value": "Zwei"}}}
    country = {"id": "Q3", "claims": {}, "labels": {"de": {"value": "Drei"}}}
    for content in ([one, two, country], [two, country, one]):
        found = entities(tmp_path, content)
        assert [each.label["de"] for each in found.municipalities] == ["Eins", "Zwei"]
        assert found.report.notes["municipalities without a name"] == 0


@pytest.mark.parametrize(
    "content", ["{", "[1]", '{"entities": {"Q1": {}}}', '"x"', '{"error": {"code": "x"}}']
)
def test_what_is_no_entity_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordErrors, match=r"x\.json: (is not JSON|holds what is no entity)"):
        read_entities([path], wikidata_source("wikidata"))


def malformed(**changed: Any) -> dict[str, Any]:
    """An entity with a partner since 1990, and something in it that is not as it should be."""
    time = {"time": "+1990-00-00T00:00:00Z", "precision": 9}
    start = {"P580": [{"snaktype": "value", "datavalue": {"value": time}}]}
    return item("Q1", [statement("Q2", qualifiers=start) | changed.pop("statement", {})], **changed)


def snak(content: object) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": content}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"labels": "Weimar"}, "labels is 'Weimar'; expected an object"),
        ({"labels": {"de": ["Weimar"]}}, "labels: de is a list; expected an object"),
        ({"labels": {"de": {"value": 7}}}, "labels: de is 7; expected a text"),
        ({"labels": {"de": {"value": "a\ud800"}}}, "labels: de has a character that no text may"),
        ({"aliases": {"de": "x"}}, "aliases: de is 'x'; expected a list"),
        ({"claims": {"P17": {"x": 1}}}, "P17 is an object; expected a list"),
        (
            {"claims": {"P625": [{"rank": "normal", "mainsnak": 3}]}},
            "P625: mainsnak is 3; expected",
        ),
        (
            {
                "claims": {
                    "P625": [{"rank": "normal", "mainsnak": snak({"value": {"latitude": 99}})}]
                }
            },
            "P625 is no place",
        ),
        (
            {
                "claims": {
                    "P1082": [{"rank": "normal", "mainsnak": snak({"value": {"amount": "x"}})}]
                }
            },
            "P1082 is no amount: 'x'",
        ),
        ({"claims": {"P1082": [{"rank": ["normal"], "mainsnak": snak("5")}]}}, None),
        ({"labels": [], "aliases": []}, None),
        ({"statement": {"qualifiers": []}}, None),
        ({"statement": {"qualifiers": [1]}}, "qualifiers is a list; expected an object"),
        ({"statement": {"references": {"snaks": 1}}}, "references is an object; expected a list"),
        (
            {"statement": {"qualifiers": {"P580": [snak({"value": {"time": "+1990-00-00T"}})]}}},
            "P580 is no time; expected `time` and a number as `precision`",
        ),
        (
            {"statement": {"qualifiers": {"P580": [snak({"value": "1990"})]}}},
            "P580 is '1990'; expected an object",
        ),
        ({"statement": {"qualifiers": {"P580": [snak("1990")]}}}, "P580: datavalue is '1990'"),
    ],
)
def test_what_is_not_of_the_form_is_told_and_the_rest_kept(
    tmp_path: Path, changed: dict[str, Any], told: str | None
) -> None:
    found = entities(tmp_path, {"entities": {"Q1": malformed(**changed)}})
    assert found.report.rows == {IMPORTED: 1}
    notes = [f"{row} {what}" for row, what in found.report.told if "Wikidata's form" in what]
    assert len(notes) == (told is not None)
    if told is not None:
        assert notes[0].startswith(f"{tmp_path}/entities.json: Q1")
        assert told in notes[0]
        assert found.report.notes["not of Wikidata's form"] == 1


@pytest.mark.parametrize(
    ("claims", "rows"),
    [
        ([], {}),
        ([1], {}),
        ({"P190": {}}, {}),
        ({"P190": "x"}, {}),
        ({"P190": [None, {}]}, {UNREADABLE: 2}),
        ({"P190": [{"rank": "normal"}]}, {UNREADABLE: 1}),
        ({"P190": [{"mainsnak": snak({"value": {"numeric-id": 2}})}]}, {IMPORTED: 1}),
    ],
)
def test_claims_of_every_shape(tmp_path: Path, claims: object, rows: dict[str, int]) -> None:
    assert entities(tmp_path, [{"id": "Q1", "claims": claims}]).report.rows == rows


def test_nesting_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"a":' * 200_000, encoding="utf-8")
    with pytest.raises(RecordErrors, match=r"deep\.json: is not JSON"):
        read_entities([path], wikidata_source("wikidata"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["value", "P580", "snaks", "id", "x"]), inner, max_size=2)
    ),
    max_leaves=6,
)


def places_in(node: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with each key in it."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    inner = [
        place
        for key in keys
        if isinstance(node[key], dict | list)
        for place in places_in(node[key])
    ]
    return [(node, key) for key in keys] + inner


@settings(max_examples=80)
@given(st.data())
def test_no_shape_of_an_entity_ends_the_reading(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any value in any place: it is read, or told with the file; what is read can be written."""
    quantity = [{"rank": "normal", "mainsnak": snak({"value": {"amount": "+1"}})}]
    place = [{"rank": "normal", "mainsnak": snak({"value": {"latitude": 1, "longitude": 2}})}]
    page = {"snaks": {"P854": [snak({"value": "https://city.example/"})]}}
    content: dict[str, Any] = malformed(
        labels={"de": {"value": "Weimar"}},
        aliases={"de": [{"value": "W"}]},
        claims={"P1082": quantity, "P625": place},
        statement={"references": [page]},
    )
    for _ in range(data.draw(st.integers(1, 3))):
        node, key = data.draw(st.sampled_from(places_in(content)))
        node[key] = data.draw(VALUES)
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        found = entities(folder, [content])
    except RecordErrors as errors:
        assert "entities.json" in str(errors)  # noqa: PT017 - either way is right
        return
    if found.partnerships:
        write_dataset(found, write_folder(folder / "data"))
        open_folder(folder / "data", read_vocabulary()).read_through()


SIDES = st.sampled_from("abcd")
YEARS = st.sampled_from([None, "1990/..", "1991"])


@given(st.lists(st.tuples(SIDES, SIDES, YEARS)))
def test_every_row_is_counted_once_and_every_pair_kept(
    rows: list[tuple[str, str, str | None]],
) -> None:
    report = Report()
    joiner = Joiner("x", report)
    for number, (one, other, years) in enumerate(rows):
        joiner.add(Statement(str(number), one, other, years))
    found = joiner.partnerships()
    assert report.read == len(rows)
    assert report.rows[IMPORTED] == len(found)
    assert len(report.told) == len(rows) - len(found)
    pairs = {frozenset((f"x/{one}", f"x/{other}")) for one, other, _ in rows if one != other}
    assert {frozenset(each.municipalities) for each in found} == pairs
    dated = {(frozenset(row[:2]), row[2]) for row in rows if row[2] and row[0] != row[1]}
    kept = {
        (frozenset(m[2:] for m in each.municipalities), stage.years)
        for each in found
        for stage in each.stages
    }
    assert kept == dated


@pytest.mark.parametrize("number", [0, 1])
def test_worked_examples_of_the_manual(tmp_path: Path, number: int) -> None:
    name, text = (("partner.csv", blocks("csv")[0]), ("sisters.tsv", blocks("tsv")[0]))[number]
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    (tmp_path / "mapping.yaml").write_text(blocks("yaml")[number], encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.yaml")
    found = read_table_dataset(tmp_path / name, mapping, tmp_path / "mapping.yaml")
    ids = [each.id.partition("/")[2] for each in found.municipalities]
    if number == 0:
        assert ids == ["de-beispielheim", "de-musterstadt", "fr-beispielville", "pl-vorbildow"]
        by_id = {each.id.partition("/")[2]: each for each in found.partnerships}
        assert by_id["de-beispielheim_fr-beispielville"].kind == "contact"
        [stage] = by_id["de-musterstadt_pl-vorbildow"].stages
        assert (stage.kind, stage.years) == ("friendship", "1991/..")
    else:
        assert ids == ["de-schwesterstadt", "es-hermana", "gb-twinford"]
        assert found.report.rows == {IMPORTED: 2, REVERSED: 1}
    data = write_folder(tmp_path / "data")
    write_dataset(found, data)
    open_folder(data, read_vocabulary()).read_through()


def mapped(folder: Path, table: str, mapping: str, name: str = "t.csv") -> Dataset:
    (folder / name).write_text(table, encoding="utf-8")
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    known = read_mapping(folder / "m.yaml")
    return read_table_dataset(folder / name, known, folder / "m.yaml")


PLAIN = """dataset: {id: list, title: List}
columns: {city: a, partner: b, country: land, lat: y, long: x, year: since}
"""


def test_namesakes_are_apart_where_their_places_are(tmp_path: Path) -> None:
    table = (
        "a,land,y,x,b,since\n"
        "Neustadt,Germany,49.35,8.14,Lincoln,1980\n"
        "Neustadt,Germany,53.37,13.20,Lincoln,1981\n"
        "Neustadt,Deutschland,49.36,8.15,Macon,19x0\n"
        "Neustadt,Prussia,,,Macon,\n"
        ",Germany,,,Macon,\n"
        "熊本,Japan,,,Macon,1\n"
        "Neustadt,Germany,49.35,8.14,Lincoln,1980,more\n"
    )
    found = mapped(tmp_path, table, PLAIN)
    ids = [each.id.partition("/")[2] for each in found.municipalities]
    [kumamoto] = [each for each in found.municipalities if each.country == "jp"]
    assert re.fullmatch("list/jp-x[0-9a-f]{8}", kumamoto.id)
    ids.remove(kumamoto.id.partition("/")[2])
    assert ids == ["de-neustadt", "de-neustadt-2", "xx-lincoln", "xx-macon", "xx-neustadt"]
    assert found.report.rows == {IMPORTED: 5, UNREADABLE: 2}
    assert found.municipalities[-1].note == "country in the table: Prussia"
    told = [f"{row}: {what}" for row, what in found.report.told]
    assert "t.csv:5: a country that is not known: 'Prussia', of Neustadt" in told
    assert "t.csv:6: unreadable: names no city" in told
    assert "t.csv:8: unreadable: 7 cells; the header has 6" in told
    assert any(line.startswith("t.csv:4: a time that is none: ") for line in told)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (PLAIN.replace("city: a", "city: c"), "columns: city: 'c' is no column of"),
        (PLAIN.replace("city: a, ", ""), r"m\.yaml:2: city: is missing"),
        (PLAIN.replace("lat: y", "lon: y"), r"m\.yaml:2: lon: unknown key \(did you mean 'long'"),
        (PLAIN + "kinds: {Freund: amity}\n", r"m\.yaml:3: kinds: 'amity' is none of"),
        (PLAIN + "countries: {X: deu}\n", r"m\.yaml:3: countries: 'deu' is not of the form"),
        ("dataset: [", r"m\.yaml:1: is not YAML"),
    ],
)
def test_mapping_that_is_wrong_is_told(tmp_path: Path, mapping: str, message: str) -> None:
    with pytest.raises(RecordErrors, match=message):
        mapped(tmp_path, "a,land,y,x,b,since\nA,de,1,1,B,\n", mapping)


@pytest.mark.parametrize("table", ["", "\n;;\n"])
def test_table_without_a_line_is_told(tmp_path: Path, table: str) -> None:
    with pytest.raises(RecordErrors) as caught:
        mapped(tmp_path, table, PLAIN)
    assert str(caught.value) == f"{tmp_path / 't.csv'}: is empty; expected a line of column names"


def test_spreadsheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["a", "land", "y", "x", "b", "since"])
    book.active.append(["Aa", "fr", 48.5, 2, "Bb", 1963])
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "m.yaml").write_text(PLAIN, encoding="utf-8")
    known = read_mapping(tmp_path / "m.yaml")
    found = read_table_dataset(tmp_path / "t.xlsx", known, tmp_path / "m.yaml")
    assert found.partnerships[0].stages[0].years == "1963/"
    (tmp_path / "bad.xlsx").write_text("no book", encoding="utf-8")
    with pytest.raises(RecordErrors, match="is not XLSX"):
        read_table_dataset(tmp_path / "bad.xlsx", known, tmp_path / "m.yaml")


def test_import_is_whole_or_not_at_all(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    first = edges(tmp_path, "Q1\tQ2\n")
    folder = write_dataset(first, data)
    with pytest.raises(FileError, match="is there already; --replace"):
        write_dataset(edges(tmp_path, "Q1\tQ3\n"), data)
    assert "Q1_Q2" in (folder / "partnerships.jsonl").read_text(encoding="utf-8")
    write_dataset(edges(tmp_path, "Q1\tQ3\n"), data, replace=True)
    assert "Q1_Q2" not in (folder / "partnerships.jsonl").read_text(encoding="utf-8")
    assert sorted(path.name for path in data.iterdir()) == sorted(
        {name.partition("/")[0] for name in SMALL} | {"sources"}
    )
    taken = read_edges(tmp_path / "relations.tsv", None, wikidata_source("page"))
    with pytest.raises(FileError, match=r"holds what no import wrote, activities\.yaml, page\.txt"):
        write_dataset(taken, data, replace=True)


def test_dataset_stands_in_its_own_graph_and_changes_nothing_of_ours(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    twingraph.build_folder(data, tmp_path / "before")
    with twingraph.open_build(tmp_path / "before") as build:
        # whose partners are asked for without a municipality, every list tells
        names = [name for name in twingraph.read_catalogue() if name != "partner-network"]
        ours = [twingraph.ask(build, name).rows() for name in names]
        partnerships = set(map(tuple, statements(build)))
    text = "subject\tobject\tP580\tprecision\nQ1\tQ2\t+1990-00-00T00:00:00Z\t9\n"
    write_dataset(edges(tmp_path, text, "Q1\tHeidelberg\n", retrieved="2020"), data)
    twingraph.build_folder(data, tmp_path / "after")
    with twingraph.open_build(tmp_path / "after") as build:
        assert [twingraph.ask(build, name).rows() for name in names] == ours
        new = set(map(tuple, statements(build))) - partnerships
    graph = f"{ID}source/wikidata"
    assert (graph, f"{ID}partnership/wikidata/Q1_Q2", f"{ID}municipality/wikidata/Q1") in new
    assert {row[0] for row in new} == {graph}


def statements(build: twingraph.Build) -> list[list[str]]:
    text = """PREFIX tg: <https://w3id.org/twingraph/ns#>
        SELECT DISTINCT ?g ?p ?m WHERE { GRAPH ?g { ?p tg:partner ?m } } ORDER BY ?g ?p ?m"""
    return [[str(cell) for cell in row] for row in twingraph.query(build, text).rows()]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("municipalities", "wikidata/Q1", "de/q1", "expected an id below 'wikidata/'"),
        ("partnerships", "wikidata/Q2", "de/heidelberg", "unknown municipality 'de/heidelberg'"),
        ("partnerships", '["wikidata"]', '["page"]', "unknown source 'page'"),
    ],
)
def test_dataset_names_what_is_its_own_alone(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    data = write_folder(tmp_path / "data")
    folder = write_dataset(edges(tmp_path, "Q1\tQ2\n"), data)
    path = folder / f"{name}.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TwingraphError, match=re.escape(message)):
        open_folder(data, read_vocabulary()).read_through()


@pytest.mark.parametrize("taken", ["de", "geonames"])
def test_dataset_whose_id_is_taken_is_told_once(tmp_path: Path, taken: str) -> None:
    data = write_folder(tmp_path / "data")
    folder = write_dataset(edges(tmp_path, "Q1\tQ2\n", "Q1\tHeidelberg\n"), data)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("wikidata", taken)
        path.write_text(text, encoding="utf-8")
    folder.rename(folder.with_name(taken))
    [finding] = open_folder(data, read_vocabulary()).findings
    assert finding.path == str(data / "sources" / taken / "source.yaml")
    assert finding.message.startswith(f"{taken!r} is not the id of a dataset; expected")


def test_command(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    (tmp_path / "r.tsv").write_text("Q1\tQ2\nQ2\tQ1\n", encoding="utf-8")
    given = ["import", "wikidata", "--edges", str(tmp_path / "r.tsv"), "--data", str(data)]
    done = CliRunner().invoke(cli, [*given, "--report", "-"])
    assert done.exit_code == 0
    assert done.stdout == "row\twhat\nr.tsv:2\tthe other direction of a partnership\n"
    assert "2 rows\n  1 imported\n  1 the other direction of a partnership\n" in done.stderr
    again = CliRunner().invoke(cli, given)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    neither = CliRunner().invoke(cli, ["import", "wikidata", "--data", str(data)])
    assert neither.exit_code == 2
    assert "expected --entities or --edges" in neither.stderr
    bad = CliRunner().invoke(cli, [*given, "--replace", "--retrieved", "1990/2000"])
    assert bad.exit_code == 2
    assert "--retrieved: '1990/2000' is not a date" in bad.stderr
    outside = CliRunner().invoke(cli, [*given, "--as", "../page"])
    assert outside.exit_code == 2
    assert "'../page' is not the id of a dataset" in outside.stderr
    for option in ("--language", "--contact"):
        alone = CliRunner().invoke(cli, [*given, option, "de"])
        assert alone.exit_code == 2
        assert "--language and --contact stand beside --endpoint" in alone.stderr
    for taken in ("nl", "EU", "geonames"):
        refused = CliRunner().invoke(cli, [*given, "--as", taken])
        assert refused.exit_code == 2
        assert f"{taken!r} is not the id of a dataset" in refused.stderr
        assert not (data / "sources" / taken).exists()
    absent = CliRunner().invoke(cli, [*given[:3], str(tmp_path / "none.tsv"), "--data", str(data)])
    assert absent.exit_code == 2
    assert "none.tsv: no such file" in absent.stderr


def test_list_of_which_nothing_can_be_read_is_no_import(tmp_path: Path) -> None:
    """Names in the place of relations, for instance; the former import stays."""
    data = write_folder(tmp_path / "data")
    former = write_dataset(edges(tmp_path, "Q1\tQ2\n"), data)
    kept = {path.name: path.read_bytes() for path in former.iterdir()}
    (tmp_path / "names.tsv").write_text("Q1\tHeidelberg\nQ2\tKumamoto\n", encoding="utf-8")
    given = ["--edges", str(tmp_path / "names.tsv"), "--data", str(data), "--replace"]
    done = CliRunner().invoke(cli, ["import", "wikidata", *given, "--report", "-"])
    assert done.exit_code == 2
    assert "wikidata: no partnership could be read in 2 rows; nothing is written" in done.stderr
    assert done.stdout.count("unreadable") == 2
    assert {path.name: path.read_bytes() for path in former.iterdir()} == kept


@NEEDS_SHARED
def test_collected_lists_are_imported_to_the_row(tmp_path: Path) -> None:
    folder = SHARED / "wikidata-p190-2016"
    source = wikidata_source("wikidata")
    found = read_edges(folder / "relations.tsv", folder / "names.tsv", source)
    assert found.report.rows == {IMPORTED: 17401, REVERSED: 16777, REPEATED: 4}
    assert found.report.read == 34182
    assert found.report.notes["partnerships stated from one side alone"] == 624
    assert len(found.municipalities) == 10055
    entity = read_entities([SHARED / "wikidata-entities/Q3955-weimar.json"], source)
    assert entity.report.rows == {IMPORTED: 5}
    assert sum(bool(each.stages) for each in entity.partnerships) == 5
    bielefeld = SHARED / "wikidata-entities/Q2112-bielefeld-P190.tsv"
    assert read_edges(bielefeld, None, source).report.rows == {IMPORTED: 8}
    mapping = tmp_path / "eu.yaml"
    mapping.write_text(
        "dataset: {id: eu, title: EU}\ncolumns: {city: origincityLabel, country: origincountry, "
        "lat: originlat, long: originlong, population: originpopulation, partner: sistercityLabel, "
        "partner_country: destination_countryLabel, partner_lat: destinationlat, "
        "partner_long: destinationlong, partner_population: destinationpopulation}\n",
        encoding="utf-8",
    )
    known = read_mapping(mapping)
    for name, rows in (("sistercities.tsv", 13081), ("germany.tsv", 5681)):
        path = SHARED / "eu-sister-cities" / name
        table = read_table_dataset(path, known, mapping)
        assert table.report.read == rows
        assert table.report.rows.keys() == {IMPORTED, REVERSED, REPEATED}
        assert table.report.rows[IMPORTED] == len(table.partnerships)
