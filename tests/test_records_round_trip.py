"""Records are written and read back equal, in each format; and come back out of the graph."""

import io
import json
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from example import DATA, write_folder
from generated import Records, folders
from twingraph.errors import Finding, TwingraphError
from twingraph.facts import Activity, Institution, Municipality, Record
from twingraph.graph import build_asserted
from twingraph.ontology import read_vocabulary
from twingraph.quads import write_line
from twingraph.records import json_schema, open_folder, read_table, write_records
from twingraph.vocab import RECURRENCES

TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda text: text == text.strip() and bool(text.strip()))
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
LISTS = st.lists(IDS, max_size=3).map(tuple)
ACTIVITIES = st.builds(
    Activity,
    id=IDS,
    label=st.dictionaries(st.sampled_from(["en", "de", "ja"]), TEXT, min_size=1),
    form=st.none() | st.just("Visit"),
    topics=LISTS,
    years=st.sampled_from([None, "1993/..", "{1980,2002}", "[1980,1982]", "1990~", "../2014"]),
    recurrence=st.sampled_from([None, *RECURRENCES]),
    organizers=LISTS,
    venue=st.none() | TEXT,
    quote=st.lists(TEXT, max_size=3).map(tuple),
    line=st.lists(st.integers(1, 99), max_size=2).map(tuple),
    note=st.none() | TEXT,
    status=st.sampled_from(["draft", "reviewed"]),
)


def read_back(text: str, suffix: str, record_type: type[Record]) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"activities{suffix}"
        path.write_text(text, encoding="utf-8", newline="")
        findings: list[Finding] = []
        records = [found.record for found in read_table(path, record_type, "activities", findings)]
        assert not findings, (findings, text)
        return records


@pytest.mark.parametrize("format_", ["yaml", "jsonl", "csv"])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(ACTIVITIES, min_size=1, max_size=3))
def test_written_records_are_read_back(format_: str, records: list[Activity]) -> None:
    file = io.StringIO()
    write_records(records, "activities", format_, file)
    assert read_back(file.getvalue(), f".{format_}", Activity) == records


def test_yaml_is_as_a_person_writes_it() -> None:
    record = Activity(
        id="youth-exchange",
        label={"en": "Annual youth exchange", "de": "Jährlicher Jugendaustausch"},
        topics=("youth",),
        years="{1980,2002}",
        quote=("Annual youth exchange: since 1993 #1",),
    )
    file = io.StringIO()
    write_records([record], "activities", "yaml", file)
    assert file.getvalue() == (
        "activities:\n"
        "  - id: youth-exchange\n"
        "    label: {en: Annual youth exchange, de: Jährlicher Jugendaustausch}\n"
        "    topics: [youth]\n"
        '    years: "{1980,2002}"\n'
        "    quote: |-\n"
        "      Annual youth exchange: since 1993 #1\n"
    )


def test_csv_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(TwingraphError, match=r"parts a list with '\|'"):
        write_records(
            [Activity(id="x", label={"en": "X"}, topics=("a|b",))], "", "csv", io.StringIO()
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_a_spreadsheet(delimiter: str) -> None:
    rows = [
        ["id", "label.en", "label.de", "topics", "quote", "quote.2", "line"],
        ["x", "X", "Ix", "youth|sport", "one", "two", "3|4"],
        ["", "", "", "", "", "", ""],
        ["y", "Y", "", "music", "", "", ""],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read_back(text, ".csv", Activity) == [
        Activity(
            id="x",
            label={"en": "X", "de": "Ix"},
            topics=("youth", "sport"),
            quote=("one", "two"),
            line=(3, 4),
        ),
        Activity(id="y", label={"en": "Y"}, topics=("music",)),
    ]


def test_line_numbers_hold_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "activities.csv"
    path.write_text('id,label.en,note\nx,X,"one\ntwo"\ny,,\n')
    findings: list[Finding] = []
    list(read_table(path, Activity, "activities", findings))
    assert [finding.line for finding in findings] == [4]


def test_tables_of_every_format_are_read(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    (data / "institutions.csv").write_text("id,label.en,kind\nchoir,Choir,Ensemble\n")
    (data / "institutions.jsonl").write_text('{"id": "club", "label": {"en": "Club"}}\n')
    opened = open_folder(data, read_vocabulary())
    assert list(opened.institutions) == ["choir", "club", "youth-council"]
    assert isinstance(opened.institutions["choir"], Institution)
    assert isinstance(opened.municipalities["jp/kumamoto"], Municipality)


def test_schema_accepts_the_example_and_refuses_a_wrong_key() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    validator = jsonschema.Draft202012Validator(json_schema())
    good = {"activities": [{"id": "x", "label": {"en": "X"}, "topics": "youth", "years": "1999"}]}
    assert validator.is_valid(good)
    good["activities"][0]["yeers"] = "1999"
    assert not validator.is_valid(good)
    assert validator.is_valid({"id": "page", "title": "Page", "as_of": 2021})
    # As an editor reads YAML: 2008 is a number to it.
    paths = list(DATA.rglob("*.yaml"))
    for path in paths:
        content = json.dumps(YAML(typ="safe").load(path), default=str)  # a date is a text to it
        assert validator.is_valid(json.loads(content)), path
    assert len(paths) > 10
    assert not validator.is_valid({"id": "page"})


# The way back: every field of an activity, asked of the graph of the source that tells it.
FIELDS = {
    "form": "a",
    "topics": "tg:topic",
    "years": "dcterms:date",
    "organizers": "tg:organizer",
    "participants": "tg:participant",
    "hosts": "tg:host",
    "supporters": "tg:supporter",
    "held_in": "tg:heldIn",
    "within": "tg:within",
    "part_of": "tg:partOf",
    "edition_of": "tg:editionOf",
}
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX tg: <https://w3id.org/twingraph/ns#>
"""
SPACES = ("activity/", "institution/", "municipality/", "partnership/")


def local_name(term: ox.NamedNode | ox.Literal) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    name = term.value.removeprefix("https://w3id.org/twingraph/id/")
    for space in SPACES:
        if name.startswith(space):
            return name.removeprefix(space)
    return name.rpartition("#")[2].rpartition("/")[2]


def read_graph(store: ox.Store, source: str, key: str) -> dict[str, set[str]]:
    """The fields of an activity by what one source's graph says of it."""
    base = "https://w3id.org/twingraph/id/"
    found = {}
    for field, predicate in FIELDS.items():
        query = (
            f"{PREFIXES} SELECT DISTINCT ?o WHERE {{ GRAPH <{base}source/{source}> "
            f"{{ <{base}activity/{key}> {predicate} ?o }} }}"
        )
        rows = store.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        found[field] = {local_name(row[0]) for row in rows}
    return found


def expected_fields(activity: Activity) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for field in FIELDS:
        value = getattr(activity, field)
        values[field] = set(value) if isinstance(value, tuple) else {value} - {None}
    values["form"] = values["form"] or {"Activity"}
    return values


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_nothing_told_is_lost_in_the_graph(records: Records) -> None:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_folder(records.write(Path(folder)), read_vocabulary())
        quads = list(build_asserted(opened, read_vocabulary()))
        opened.finish()
    assert len(quads) == len(set(quads))
    store = ox.Store()
    store.load("".join(map(write_line, quads)).encode(), format=ox.RdfFormat.N_QUADS)
    for source, told in records.activities.items():
        for activity in told:
            assert read_graph(store, source, activity.id) == expected_fields(activity)
